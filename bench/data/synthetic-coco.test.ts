import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type CocoAnnotation,
  type CocoDataset,
  type CocoResult,
  readCoco,
  validateCoco,
} from '../../packages/coco/src/index.ts';
import { type SyntheticOptions, syntheticAnnotations, syntheticImage } from './synthetic-coco.ts';
import { writeSyntheticCoco } from './write-synthetic-coco.ts';

const options: SyntheticOptions = { images: 120, seed: 7 };

async function written(): Promise<Record<string, Uint8Array>> {
  const folder = mkdtempSync(join(tmpdir(), 'synthetic-coco-'));
  try {
    await writeSyntheticCoco(folder, options);
    const names = ['gt', 'gt_keypoints', 'dt_bbox', 'dt_segm', 'dt_keypoints'];
    return Object.fromEntries(
      names.map((name) => [name, readFileSync(join(folder, `${name}.json`))]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const files = await written();
const parsed = <Content>(name: string) =>
  JSON.parse(Buffer.from(files[name]).toString('utf8')) as Content;

test('the same seed gives the same files, and any picture can be made without the others', async () => {
  assert.deepEqual(await written(), files);
  const { images, annotations } = parsed<CocoDataset>('gt');
  const image = syntheticImage(options, 50);
  assert.deepEqual(image, images[50]);
  assert.deepEqual(
    JSON.parse(JSON.stringify(syntheticAnnotations(options, image))),
    annotations.filter(({ image_id }) => image_id === image.id),
  );
});

test('ground truth and results are sound COCO files', async () => {
  const truth = await readCoco(files.gt);
  assert.ok(truth.kind === 'keypoints');
  for (const [name, content] of Object.entries(files)) {
    const { problems } = validateCoco(await readCoco(content), truth.dataset);
    assert.deepEqual(problems.filter(({ severity }) => severity === 'error').slice(0, 3), [], name);
  }
});

test('every hard case of the ground truth occurs', () => {
  const { images, annotations, categories } = parsed<CocoDataset>('gt');
  const some = (is: (annotation: CocoAnnotation) => unknown) => annotations.some(is);
  const masks = annotations.map(({ segmentation }) => segmentation!);
  assert.ok(
    masks.some((mask) => Array.isArray(mask) && mask.length > 1),
    'several parts',
  );
  assert.ok(
    masks.some((mask) => !Array.isArray(mask) && typeof mask.counts === 'string'),
    'text',
  );
  assert.ok(
    some(({ iscrowd, segmentation }) => iscrowd === 1 && 'counts' in segmentation!),
    'crowd',
  );
  assert.ok(
    some(({ num_keypoints }) => num_keypoints === 0),
    'a person without keypoints',
  );
  const visibilities = annotations.flatMap(({ keypoints }) =>
    (keypoints ?? []).filter((_, index) => index % 3 === 2),
  );
  assert.deepEqual(new Set(visibilities), new Set([0, 1, 2]));
  const usedImages = new Set(annotations.map(({ image_id }) => image_id));
  assert.ok(usedImages.size < images.length, 'empty pictures');
  const usedCategories = new Set(annotations.map(({ category_id }) => category_id));
  assert.ok(usedCategories.size < categories.length, 'categories that never occur');
});

test('every hard case of the results occurs', () => {
  const results = parsed<CocoResult[]>('dt_bbox');
  const texts = results.map((result) => JSON.stringify(result));
  assert.ok(new Set(texts).size < texts.length, 'doubled results with tied scores');
  const counts = Object.values(
    Object.groupBy(results, ({ image_id, category_id }) => `${image_id} ${category_id}`),
  );
  assert.ok(
    counts.some((group) => group!.length > 100),
    'more of a category than counted',
  );
  assert.equal(parsed<CocoResult[]>('dt_segm').length, results.length);
  assert.ok(parsed<CocoResult[]>('dt_keypoints').length > 0);
});
