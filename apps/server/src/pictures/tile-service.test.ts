import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openFolderBlobs } from '@migaki/store';
import sharp from 'sharp';
import { mountSmallDisk } from '../testing/small-disk.ts';
import { createTileService, tileSide } from './tile-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'migaki-tiles-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const blobs = await openFolderBlobs(folder);
const tiles = createTileService(blobs);
after(() => tiles.stop());

const [width, height] = [1300, 700];
/** Red grows to the right, green downwards. */
const gradient = Buffer.from(
  Array.from({ length: width * height }, (_, at) => [
    ((at % width) / width) * 255,
    (Math.floor(at / width) / height) * 255,
    60,
  ]).flat(),
);
const picture = sharp(gradient, { raw: { width, height, channels: 3 } });
const { sha256 } = await blobs.put(await picture.png().toBuffer());

async function pixelsOf(level: number, column: number, row: number) {
  const { bytes, mediaType } = await tiles.tile(sha256, { level, column, row });
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray(3 * (y * info.width + x)).subarray(0, 3)];
  return { at, mediaType, width: info.width, height: info.height };
}

test('a picture is cut into tiles of which each lies where it belongs', async () => {
  const asked = await tiles.pyramid(sha256);
  assert.deepEqual(asked, { width, height, tileSide, levelCount: 3, state: 'making' });
  const last = await pixelsOf(0, 2, 1);
  assert.deepEqual(
    [last.width, last.height, last.mediaType],
    [width - 1024, height - 512, 'image/jpeg'],
  );
  const [red, green] = last.at(100, 50);
  assert.ok(Math.abs(red - ((1024 + 100) / width) * 255) < 6, `red is ${red}`);
  assert.ok(Math.abs(green - ((512 + 50) / height) * 255) < 6, `green is ${green}`);
  const whole = await pixelsOf(2, 0, 0);
  assert.deepEqual([whole.width, whole.height], [Math.ceil(width / 4), Math.ceil(height / 4)]);
  const middle = await pixelsOf(1, 1, 0);
  assert.equal(middle.width, Math.ceil(width / 2) - 512);
  assert.equal((await tiles.pyramid(sha256)).state, 'ready');
});

test('what is no tile of the picture is told so', async () => {
  for (const place of [
    { level: 0, column: 3, row: 0 },
    { level: 3, column: 0, row: 0 },
  ]) {
    await assert.rejects(tiles.tile(sha256, place), { code: 'tile-not-found' });
  }
  const unknown = '0'.repeat(64);
  await assert.rejects(tiles.pyramid(unknown), { code: 'blob-not-found' });
});

test('tiles are made once, however many ask, and found again by the next server', async () => {
  const other = await blobs.put(await picture.clone().negate().jpeg().toBuffer());
  const place = { level: 0, column: 0, row: 0 };
  const all = await Promise.all([1, 2, 3].map(() => tiles.tile(other.sha256, place)));
  assert.ok(all.every(({ bytes }) => bytes.equals(all[0].bytes)));
  const later = createTileService(blobs);
  assert.equal((await later.pyramid(other.sha256)).state, 'ready');
  assert.ok((await later.tile(other.sha256, place)).bytes.equals(all[0].bytes));
  await later.stop();
});

test('pictures that are turned or see-through keep being so', async () => {
  const turned = await sharp(gradient, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer();
  const { sha256: turnedHash } = await blobs.put(turned);
  assert.deepEqual(await tiles.pyramid(turnedHash).then((p) => [p.width, p.height]), [
    height,
    width,
  ]);
  const first = await sharp((await tiles.tile(turnedHash, { level: 0, column: 0, row: 0 })).bytes)
    .raw()
    .toBuffer();
  // What was at the lower left is at the upper left now: much green, little red.
  assert.ok(first[0] < 20 && first[1] > 235, `${first.subarray(0, 3)}`);
  const clear = await picture.clone().ensureAlpha(0.5).png().toBuffer();
  const { sha256: clearHash } = await blobs.put(clear);
  const tile = await tiles.tile(clearHash, { level: 0, column: 0, row: 0 });
  assert.equal(tile.mediaType, 'image/webp');
  assert.ok((await sharp(tile.bytes).metadata()).hasAlpha);
});

test('a damaged picture and a full disk are told, and asked for again later', async (t) => {
  const whole = await picture.clone().jpeg().toBuffer();
  const { sha256: brokenHash } = await blobs.put(whole.subarray(0, whole.length / 2));
  await assert.rejects(tiles.tile(brokenHash, { level: 0, column: 0, row: 0 }), {
    code: 'damaged-picture',
  });
  await assert.rejects(tiles.pyramid(brokenHash), { code: 'damaged-picture' });

  const disk = mountSmallDisk(8);
  if (disk === null) return t.skip('no right to mount a small disk');
  try {
    const few = await openFolderBlobs(disk.folder);
    const put = await few.put(whole);
    const service = createTileService(few);
    await disk.fillBut(8192);
    await assert.rejects(service.tile(put.sha256, { level: 0, column: 0, row: 0 }), {
      code: 'disk-full',
    });
    await assert.rejects(service.pyramid(put.sha256), { code: 'disk-full' });
    await disk.free();
    await service.tile(put.sha256, { level: 0, column: 0, row: 0 });
    await service.stop();
  } finally {
    disk.unmount();
  }
});
