import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { openPixelCache } from '../pictures/pixel-cache.ts';
import type { LabelledPicture } from '../samples/training-set.ts';
import type { LoaderSettings } from './batch.ts';
import { makeBatch } from './make-batch.ts';

const side = 32;

test('pictures of two datasets that share an id keep their own pixels', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migaki-make-batch-'));
  try {
    const pictureOf = async (name: string, red: number): Promise<LabelledPicture> => {
      const path = join(folder, name);
      const background = { r: red, g: 0, b: 0 };
      await sharp({ create: { width: side, height: side, channels: 3, background } })
        .png()
        .toFile(path);
      const size = { width: side, height: side };
      const nothing = { objects: [], labels: [], value: 1, split: '' };
      return { imageId: 1, fileName: 'a.png', path, ...size, ...nothing };
    };
    const cache = await openPixelCache(join(folder, 'cache'), 1e6);
    const settings: LoaderSettings = {
      plan: { task: 'regress', mean: 0, deviation: 1 },
      input: { width: side, height: side },
      classes: [],
      seed: 0,
      cache: { folder: join(folder, 'cache'), mostBytes: 1e6 },
      batchFolder: folder,
    };
    const redOf = async (picture: LabelledPicture) => {
      const items = [{ key: 0, pictures: [picture] }];
      const { tensors } = await makeBatch(settings, cache, { id: 0, items, recipe: null });
      return tensors.pictures.data[0];
    };
    const [learned, validating] = [await pictureOf('a.png', 200), await pictureOf('b.png', 50)];
    assert.equal(await redOf(learned), 200);
    assert.equal(await redOf(validating), 50);
    assert.equal(await redOf(learned), 200);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
