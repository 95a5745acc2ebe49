import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCoco } from './read-coco.ts';
import { writeCoco } from './write-coco.ts';

const image = { id: 1, file_name: '写真/一.jpg', width: 640, height: 480 };
const box = { id: 1, image_id: 1, category_id: 3, bbox: [1, 2, 3, 4], iscrowd: 0, area: 12 };
const category = { id: 3, name: '赤血球' };

const textOf = async (root: Parameters<typeof writeCoco>[0]): Promise<string> =>
  (await Array.fromAsync(writeCoco(root))).join('');
const kindOf = async (root: unknown): Promise<string> =>
  (await readCoco(JSON.stringify(root))).kind;

test('tells the five kinds of COCO file apart', async () => {
  const images = [image];
  const keypoints = { ...category, keypoints: ['nose'], skeleton: [] };
  const segments = { image_id: 1, file_name: '1.png', segments_info: [] };
  const caption = { id: 1, image_id: 1, caption: 'a bowl' };
  assert.equal(await kindOf({ images, annotations: [box], categories: [category] }), 'instances');
  assert.equal(await kindOf({ images, annotations: [], categories: [keypoints] }), 'keypoints');
  assert.equal(await kindOf({ images, annotations: [caption] }), 'captions');
  assert.equal(
    await kindOf({ images, annotations: [segments], categories: [category] }),
    'panoptic',
  );
  assert.equal(await kindOf([{ image_id: 1, category_id: 3, score: 0.5 }]), 'results');
  assert.equal(await kindOf([]), 'results');
  // A box with a caption is an object that someone described, not a captions file.
  assert.equal(await kindOf({ images, annotations: [{ ...box, caption: 'x' }] }), 'instances');
});

test('sections may come in any order, and what is unknown is kept', async () => {
  const sections = {
    annotations: [box],
    videos: [{ id: 9 }],
    categories: [category],
    info: { year: 2026 },
    images: [image],
  };
  const file = await readCoco(JSON.stringify(sections));
  assert.ok(file.kind === 'instances');
  assert.deepEqual(file.dataset, sections);
  assert.deepEqual(Object.keys(file.dataset), Object.keys(sections));
});

test('a JSON file that is no COCO file is refused with what it holds instead', async () => {
  await assert.rejects(
    readCoco('{"shapes":[],"version":"5.0"}'),
    /expected the sections images, .* found the keys shapes, version/,
  );
  await assert.rejects(readCoco('{}'), /found an empty object/);
  await assert.rejects(
    readCoco('{"images":{"1":{}},"annotations":[]}'),
    /\$\.images: expected an array of records, found an object/,
  );
});

test('progress tells the bytes read and ends at the length of the text', async () => {
  const text = JSON.stringify({ images: Array.from({ length: 9000 }, () => image) });
  const seen: number[] = [];
  await readCoco(text, { onProgress: (bytes) => seen.push(bytes) });
  assert.ok(seen.length > 1);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.ok(text.length - seen.at(-1)! < 10);
});

test('what is written reads back equal, unknown fields, numbers and order included', async () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue());
  const dataset = fc.record({
    info: record,
    images: fc.array(record),
    annotations: fc.array(record),
    categories: fc.array(record),
    extra: fc.jsonValue(),
  });
  await fc.assert(
    fc.asyncProperty(dataset, async (sections) => {
      // JSON itself has no -0.
      const expected = JSON.parse(JSON.stringify(sections));
      const text = await textOf(sections);
      assert.deepEqual(JSON.parse(text), expected);
      const file = await readCoco(text);
      assert.ok(file.kind !== 'results');
      assert.equal(JSON.stringify(file.dataset), JSON.stringify(sections));
    }),
    { numRuns: 300 },
  );
});

test('sections that are streams are written as they come, in pieces', async () => {
  async function* annotations(): AsyncGenerator<unknown> {
    for (let id = 1; id <= 20_000; id++) yield { ...box, id };
  }
  const pieces = await Array.fromAsync(
    writeCoco({ images: [image], annotations: annotations(), categories: [] }),
  );
  assert.ok(pieces.length > 3);
  assert.ok(pieces.every((piece) => piece.length < 300_000));
  const { annotations: read } = JSON.parse(pieces.join(''));
  assert.equal(read.length, 20_000);
  assert.equal(read.at(-1).id, 20_000);
});

test('results are written as a plain array', async () => {
  assert.deepEqual(JSON.parse(await textOf([{ image_id: 1, score: 0.5 }])), [
    { image_id: 1, score: 0.5 },
  ]);
  assert.deepEqual(JSON.parse(await textOf([])), []);
});

test('NaN and infinities go out as Python writes them and come back', async () => {
  const annotation = {
    ...box,
    bbox: [Number.NaN, 2, Number.NEGATIVE_INFINITY, 4],
    note: null,
    'a"b': undefined,
  };
  const text = await textOf({ images: [], annotations: [annotation], categories: [] });
  assert.match(text, /"bbox":\[NaN,2,-Infinity,4\],.*"note":null\}/);
  const file = await readCoco(text);
  assert.ok(file.kind === 'instances');
  assert.deepEqual(file.dataset.annotations[0].bbox, annotation.bbox);
  assert.equal(file.oddities.length, 2);
});
