import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish, phrase } from '../phrase.ts';
import { DatasetBuilder } from './dataset-builder.ts';
import { badInput } from './text-file.ts';

const size = { width: 10, height: 10 };

function failing(where: string): () => never {
  return () => {
    throw badInput(where, phrase`a line`, 'none');
  };
}

test('fills in what a shape implies, and nothing for a label of the whole picture', () => {
  const builder = new DatasetBuilder();
  const image = builder.addImage({ file_name: 'a.jpg', ...size }, 'images/a.jpg');
  const category_id = builder.categories.named('cat').id;
  const add = (shape: object) => builder.addAnnotation(image, { category_id, ...shape });
  assert.deepEqual(add({ segmentation: [[0, 0, 4, 0, 4, 4]] }), {
    id: 1,
    image_id: 1,
    category_id,
    segmentation: [[0, 0, 4, 0, 4, 4]],
    bbox: [0, 0, 4, 4],
    area: 8,
    iscrowd: 0,
  });
  const mask = { size: [10, 10] as [number, number], counts: [0, 5, 95] };
  assert.deepEqual(
    [add({ segmentation: mask }).bbox, add({ segmentation: mask }).area],
    [[0, 0, 1, 5], 5],
  );
  assert.equal(add({ bbox: [1, 1, 2, 3] }).area, 6);
  assert.equal(add({ keypoints: [1, 1, 2, 0, 0, 0] }).num_keypoints, 1);
  assert.deepEqual(add({}), { id: 6, image_id: 1, category_id });
});

test('refuses numbers that are no shape, two pictures of one name, unsafe names and empty pictures', () => {
  const builder = new DatasetBuilder();
  const image = builder.addImage({ file_name: 'a.jpg', ...size });
  const refused: [object, RegExp][] = [
    [{ bbox: [1, 2, Number.NaN, 4] }, /line 7: expected a shape, found bbox/],
    [{ bbox: [1, 2, -3, 4] }, /bbox/],
    [{ segmentation: [[1, 2, 3, 4, 5]] }, /polygon/],
    [
      { segmentation: { size: [9, 9], counts: [81] } },
      /the mask has 9 × 9 pixels, its picture 10 × 10/,
    ],
    [{ segmentation: { size: [10, 10], counts: [1, 2] } }, /runs that add up to 100/],
    [{ keypoints: [1, 2] }, /keypoints/],
    [{ score: Number.POSITIVE_INFINITY }, /score/],
  ];
  for (const [shape, message] of refused) {
    assert.throws(
      () => builder.addAnnotation(image, { category_id: 1, ...shape }, 'line 7'),
      message,
    );
  }
  assert.throws(() => builder.addImage({ file_name: './a.jpg', ...size }), /a\.jpg twice/);
  assert.throws(() => builder.addImage({ file_name: '../b.jpg', ...size }), {
    code: 'unsafe-path',
  });
  assert.throws(() => builder.addImage({ file_name: 'b.jpg', width: 0, height: 1 }), /0 × 1/);
});

test('goes on after a bad record, and tells the first ten', () => {
  const builder = new DatasetBuilder();
  const image = builder.addImage({ file_name: 'a.jpg', ...size });
  for (let line = 1; line <= 12; line++) builder.attempt(failing(`a.txt:${line}`));
  builder.addAnnotation(image, { category_id: 1 });
  const { losses } = builder.finish();
  assert.equal(losses[0].count, 12);
  assert.equal(losses[0].examples.length, 10);
  assert.match(inEnglish(losses[0].examples[9]), /^a\.txt:10: expected a line, found none/);
  const bug = new TypeError('a bug');
  assert.throws(
    () =>
      builder.attempt(() => {
        throw bug;
      }),
    bug,
  );
});

test('where nothing could be used, the first fault is thrown, but not for one picture among many', async () => {
  const builder = new DatasetBuilder();
  builder.addImage({ file_name: 'a.jpg', ...size });
  await builder.attemptAsync(async () => failing('a.txt:1')());
  assert.throws(() => builder.finish(), /^CocoError: a\.txt:1/);
  builder.addImage({ file_name: 'b.jpg', ...size });
  assert.equal(builder.finish().dataset.images.length, 2);
});
