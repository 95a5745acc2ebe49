import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../phrase.ts';
import { wholeText } from '../memory-tree.ts';
import { labelStudio } from './label-studio.ts';
import { exportOf, read, result, size, treeOf } from './testing/label-studio-files.ts';

test('reads boxes, polygons and masks with their labels', async () => {
  const { dataset, annotations, losses } = await read([
    result('a', 'rectanglelabels', {
      x: 10,
      y: 25,
      width: 50,
      height: 12.5,
      rotation: 0,
      rectanglelabels: ['猫'],
    }),
    result('b', 'polygonlabels', {
      points: [
        [0, 0],
        [50, 0],
        [50, 50],
      ],
      closed: true,
      polygonlabels: ['dog'],
    }),
    // Geometry and label by two control tags.
    result('c', 'rectangle', { x: 0, y: 0, width: 10, height: 10, rotation: 0 }),
    result('c', 'labels', { x: 0, y: 0, width: 10, height: 10, rotation: 0, labels: ['dog'] }),
    result('d', 'rectangle', { x: 0, y: 0, width: 10, height: 10 }),
  ]);
  assert.deepEqual(losses, []);
  assert.deepEqual(dataset.images, [{ id: 1, file_name: 'a.jpg', ...size }]);
  assert.deepEqual(annotations, [
    { category_id: 1, bbox: [64, 120, 320, 60], area: 19200, iscrowd: 0 },
    {
      category_id: 2,
      segmentation: [[0, 0, 320, 0, 320, 240]],
      bbox: [0, 0, 320, 240],
      area: 38400,
      iscrowd: 0,
    },
    { category_id: 2, bbox: [0, 0, 64, 48], area: 3072, iscrowd: 0 },
    { category_id: 3, bbox: [0, 0, 64, 48], area: 3072, iscrowd: 0 },
  ]);
  assert.deepEqual(
    dataset.categories.map(({ name }) => name),
    ['猫', 'dog', 'object'],
  );
});

test('reads brush masks', async () => {
  // The ring of the tests of the brush format.
  const rle = [
    0, 0, 0, 120, 57, 27, 254, 27, 255, 190, 1, 63, 252, 96, 17, 255, 206, 1, 63, 253, 240, 12, 55,
    254,
  ];
  const { dataset, annotations, losses } = await read([
    result(
      'e',
      'brushlabels',
      { format: 'rle', rle, brushlabels: ['cat'] },
      { original_width: 6, original_height: 5 },
    ),
  ]);
  assert.deepEqual(losses, []);
  assert.deepEqual([dataset.images[0].width, dataset.images[0].height], [6, 5]);
  assert.deepEqual([annotations[0].bbox, annotations[0].area], [[0, 0, 6, 5], 19]);
});

test('a turned box stays one on the way through COCO', async () => {
  const value = { x: 25, y: 25, width: 25, height: 10, rotation: 30, rectanglelabels: ['ship'] };
  const { dataset, annotations, losses } = await read([result('a', 'rectanglelabels', value)]);
  assert.deepEqual(
    losses.map(({ feature }) => feature),
    ['rotation'],
  );
  const [annotation] = annotations;
  // Turned about its top left corner, in pixels: the picture is not square.
  assert.deepEqual(annotation.segmentation, [
    [160, 120, 298.564065, 200, 274.564065, 241.569219, 136, 161.569219],
  ]);
  assert.deepEqual(annotation.attributes, { rotation: 30 });
  const files = [...labelStudio.write(dataset).files];
  const tasks = files.find(({ path }) => path === 'tasks.json');
  assert.ok(tasks !== undefined && 'text' in tasks);
  const [task] = JSON.parse(await wholeText(tasks.text));
  assert.deepEqual(task.annotations[0].result[0].value, value);
});

test('key points belong to the region that is their parent, or are objects themselves', async () => {
  const point = (x: number, label: string) => ({ x, y: 50, width: 0.5, keypointlabels: [label] });
  const { dataset, losses } = await read([
    result('p1', 'keypointlabels', point(25, 'left eye'), { parentID: 'face' }),
    result('face', 'rectanglelabels', {
      x: 0,
      y: 0,
      width: 50,
      height: 100,
      rectanglelabels: ['face'],
    }),
    result('p2', 'keypointlabels', point(50, 'nose'), { parentID: 'face' }),
    result('p3', 'keypointlabels', point(75, 'cell')),
    result('p4', 'keypointlabels', point(75, 'nose'), { parentID: 'face' }),
  ]);
  assert.deepEqual(losses, [
    { feature: 'keypoints', count: 1, examples: ['export.json [0].annotations[0].result[4]'] },
  ]);
  assert.deepEqual(dataset.categories, [
    { id: 1, name: 'face', keypoints: ['left eye', 'nose'] },
    { id: 2, name: 'cell', keypoints: ['cell'] },
  ]);
  assert.deepEqual(
    dataset.annotations.map(({ keypoints }) => keypoints),
    [
      [160, 240, 2, 320, 240, 2],
      [480, 240, 2],
    ],
  );
});

test('what is said of the picture are labels and captions, what is said of a region are attributes', async () => {
  const rectangle = { x: 0, y: 0, width: 50, height: 50, rectanglelabels: ['cat'] };
  const { dataset, annotations, losses } = await read(
    [
      result('a', 'rectanglelabels', rectangle),
      result('a', 'choices', { choices: ['true'] }, { from_name: 'asleep' }),
      result('a', 'choices', { choices: ['x', 'y'] }, { from_name: 'tags' }),
      result('a', 'textarea', { text: ['Tama'] }, { from_name: 'name' }),
      result('a', 'number', { number: 3 }, { from_name: 'age' }),
      result('q', 'choices', { choices: ['night', 'rain'] }),
      result('t', 'textarea', { text: ['a cat', 'une chatte'] }),
      result('r', 'rating', { rating: 4 }),
      { type: 'relation', from_id: 'a', to_id: 'b', direction: 'right' },
    ],
    {
      data: { image: 'https://example.com/x/a.jpg?size=1', camera: 'roof', id: 5 },
      meta: { batch: 3 },
    },
  );
  assert.deepEqual(dataset.images, [{ id: 1, file_name: 'x/a.jpg', ...size, camera: 'roof' }]);
  assert.deepEqual(
    annotations.map(({ category_id, attributes }) => [category_id, attributes]),
    [
      [1, undefined],
      [2, undefined],
      [3, { asleep: true, tags: ['x', 'y'], name: 'Tama', age: 3 }],
    ],
  );
  assert.deepEqual(dataset.captions, [
    { id: 1, image_id: 1, caption: 'a cat' },
    { id: 2, image_id: 1, caption: 'une chatte' },
  ]);
  assert.deepEqual(
    losses.map(({ feature, count }) => [feature, count]),
    [
      ['image-details', 3],
      ['attributes', 1],
    ],
  );
});

test('one annotation of a task counts, predictions where there is none', async () => {
  const boxOf = (label: string, others?: object) => {
    return result(
      'a',
      'rectanglelabels',
      { x: 0, y: 0, width: 50, height: 50, rectanglelabels: [label] },
      others,
    );
  };
  const labelsOf = async (task: object) => {
    const { dataset, losses } = await read([], task);
    const names = dataset.annotations.map(
      ({ category_id }) => dataset.categories[category_id - 1].name,
    );
    const left = losses.find(({ feature }) => feature === 'annotation-versions');
    return [names, left?.count ?? 0, dataset.annotations[0]?.score];
  };
  const early = { result: [boxOf('early')], updated_at: '2026-01-01' };
  const late = { result: [boxOf('late')], updated_at: '2026-02-01' };
  const cancelled = { result: [boxOf('cancelled')], was_cancelled: true, updated_at: '2026-03-01' };
  const predictions = [
    { score: 0.25, result: [boxOf('model', {}), boxOf('sure', { score: 0.9 })] },
  ];
  assert.deepEqual(await labelsOf({ annotations: [late, early], predictions }), [
    ['late'],
    2,
    undefined,
  ]);
  const truth = { ...early, ground_truth: true };
  assert.deepEqual(await labelsOf({ annotations: [truth, late] }), [['early'], 1, undefined]);
  assert.deepEqual(await labelsOf({ annotations: [cancelled], predictions }), [
    ['model', 'sure'],
    1,
    0.25,
  ]);
  // Somebody looked and found nothing.
  assert.deepEqual(await labelsOf({ annotations: [{ result: [] }], predictions }), [
    [],
    1,
    undefined,
  ]);
  // Exports without predictions list their ids.
  assert.deepEqual(await labelsOf({ annotations: [late], predictions: [17] }), [
    ['late'],
    0,
    undefined,
  ]);
});

test('finds pictures by every kind of URL', async () => {
  const names: [string, string][] = [
    ['/data/upload/3/1a2b3c4d-cat.jpg', '1a2b3c4d-cat.jpg'],
    ['/data/upload/1a2b3c4d-a.jpg', 'a.jpg'],
    ['/data/local-files/?d=x/%E5%86%99%E7%9C%9F%201.jpg', 'x/写真 1.jpg'],
    ['http://localhost:8080/data/local-files/?d=x/b.jpg', 'x/b.jpg'],
    ['s3://bucket/train/cat.jpg', 'train/cat.jpg'],
    ['https://example.com/100%.jpg#top', '100%.jpg'],
    ['plain name #1?.jpg', 'plain name #1?.jpg'],
  ];
  for (const [image, fileName] of names) {
    const { dataset } = await read([], { data: { image, width: 9, height: 9 } });
    assert.equal(dataset.images[0].file_name, fileName, image);
  }
  const { dataset } = await read([], {
    data: { text: 'a description', photo: 'b.png', width: 9, height: 9 },
  });
  assert.equal(dataset.images[0].file_name, 'b.png');
});

test('reads one task or annotation a file, as storages keep them', async () => {
  const [task] = exportOf([]);
  const { annotations: _, ...bare } = task;
  const annotation = { id: 1, result: [result('l', 'choices', { choices: ['cat'] })], task: bare };
  const tree = treeOf({
    '1.json': annotation,
    '2.json': { ...task, data: { image: 'b.jpg' } },
    'a.jpg': '',
    'b.jpg': '',
  });
  assert.equal(await labelStudio.recognises(tree), true);
  const { dataset } = await labelStudio.read(tree);
  assert.deepEqual([dataset.images.length, dataset.annotations.length], [2, 1]);
});

test('a bad result or task is reported by its place, and the others are read', async () => {
  const good = result('ok', 'rectanglelabels', {
    x: 0,
    y: 0,
    width: 50,
    height: 50,
    rectanglelabels: ['cat'],
  });
  const bad = [
    result('1', 'rectanglelabels', {
      x: 'NaN',
      y: 0,
      width: 50,
      height: 50,
      rectanglelabels: ['cat'],
    }),
    result('2', 'rectanglelabels', {
      x: 0,
      y: 0,
      width: -50,
      height: 50,
      rectanglelabels: ['cat'],
    }),
    result('3', 'polygonlabels', {
      points: [
        [0, 0],
        [1, 1],
      ],
      polygonlabels: ['cat'],
    }),
    result('4', 'polygonlabels', { points: [[0, 0], [1, 1], [1]], polygonlabels: ['cat'] }),
    result('5', 'brushlabels', { format: 'rle', rle: [1, 2, 3], brushlabels: ['cat'] }),
    result('6', 'ellipselabels', { x: 1, y: 1, radiusX: 0, radiusY: 1, ellipselabels: ['cat'] }),
    { ...good, image_rotation: 90 },
    { id: 'x' },
    null,
  ];
  const tree = treeOf({
    'export.json': [
      ...exportOf([...bad, good]),
      { data: { image: '../../x.jpg' } },
      { data: {} },
      7,
    ],
    'broken.json': '[{"data":',
    'a.jpg': '',
  });
  const { dataset, losses } = await labelStudio.read(tree);
  assert.equal(dataset.annotations.length, 1);
  const unusable = losses.find(({ feature }) => feature === 'unusable-records')!;
  assert.equal(unusable.count, bad.length + 4);
  const expected = [
    /^broken\.json, \[0\], byte 9: expected a value/,
    // Results are all opened before the first shape is read.
    /result\[6\]: expected a picture that was not turned/,
    /result\[7\]: expected a result with type and value/,
    /result\[8\]: .* found null/,
    /^export\.json \[0\]\.annotations\[0\]\.result\[0\]\.value\.x: expected a number, found "NaN"/,
    /result\[1\]\.value: expected a box of a size/,
    /result\[2\]\.value\.points: expected three points or more/,
    /result\[3\]\.value\.points\[2\]: expected a point/,
    /result\[4\]\.value\.rle: expected a whole mask/,
    /result\[5\]\.value: expected an ellipse of a size/,
  ];
  expected.forEach((message, index) => {
    assert.match(inEnglish(unusable.examples[index]), message);
  });
  await assert.rejects(
    labelStudio.read(treeOf({ 'a.json': '{"a":1}' })),
    /a\.json: expected tasks/,
  );
  await assert.rejects(
    labelStudio.read(treeOf({ 'a.jpg': '' })),
    /expected an export of Label Studio/,
  );
});

test('what COCO has no shape for is reported', async () => {
  const { annotations, losses } = await read([
    result('1', 'ellipselabels', {
      x: 50,
      y: 50,
      radiusX: 10,
      radiusY: 10,
      rotation: 30,
      ellipselabels: ['cat'],
    }),
    result('2', 'vectorlabels', { vertices: [], vectorlabels: ['cat'] }),
    result('3', 'bitmask', { imageDataURL: 'data:image/png;base64,AAAA' }),
    result('4', 'rectanglelabels', {
      x: 0,
      y: 0,
      width: 9,
      height: 9,
      rectanglelabels: ['cat', 'dog'],
    }),
    result('4', 'datetime', { datetime: '2026-01-01' }),
  ]);
  assert.ok(Math.abs(annotations[0].area! / (Math.PI * 64 * 48) - 1) < 0.0005);
  assert.deepEqual(
    losses.map(({ feature, count }) => [feature, count]),
    [
      ['shapes', 2],
      ['masks', 1],
      ['several-labels', 1],
      ['attributes', 1],
    ],
  );
});
