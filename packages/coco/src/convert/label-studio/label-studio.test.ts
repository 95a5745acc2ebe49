import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoDataset } from '../../types.ts';
import type { LossFeature } from '../loss.ts';
import { wholeText } from '../memory-tree.ts';
import {
  box,
  oneAnnotation,
  square,
  squareAndTriangle,
  withAnother,
} from '../testing/one-annotation.ts';
import { anyDataset, inReadingOrder, plainDataset } from '../testing/random-dataset.ts';
import {
  holdsLossesComplete,
  holdsLossless,
  holdsUnderDamage,
  lossesOfRoundTrip,
} from '../testing/round-trip.ts';
import { labelStudio } from './label-studio.ts';

test('writes tasks and the labelling interface that shows them', async () => {
  const dataset = oneAnnotation({ ...box, attributes: { asleep: true } });
  dataset.images[0] = { ...dataset.images[0], split: 'train' };
  const [config, tasks, picture] = labelStudio.write(dataset).files;
  assert.ok('text' in config && 'text' in tasks);
  assert.equal(
    await wholeText(config.text),
    `<View>
  <Image name="image" value="$image"/>
  <RectangleLabels name="rectangle" toName="image">
    <Label value="cat"/>
  </RectangleLabels>
  <PolygonLabels name="polygon" toName="image">
    <Label value="cat"/>
  </PolygonLabels>
  <BrushLabels name="brush" toName="image">
    <Label value="cat"/>
  </BrushLabels>
  <KeyPointLabels name="keypoint" toName="image">
    <Label value="cat"/>
  </KeyPointLabels>
  <Choices name="label" toName="image" choice="multiple">
    <Choice value="cat"/>
  </Choices>
  <TextArea name="caption" toName="image" maxSubmissions="10"/>
  <Choices name="asleep" toName="image" perRegion="true">
    <Choice value="true"/>
    <Choice value="false"/>
  </Choices>
</View>
`,
  );
  const common = { to_name: 'image', original_width: 100, original_height: 50, image_rotation: 0 };
  assert.deepEqual(JSON.parse(await wholeText(tasks.text)), [
    {
      id: 1,
      data: { width: 100, height: 50, split: 'train', image: '/data/local-files/?d=a.jpg' },
      annotations: [
        {
          result: [
            {
              id: 'region-1',
              type: 'rectanglelabels',
              from_name: 'rectangle',
              value: { x: 10, y: 20, width: 20, height: 40, rotation: 0, rectanglelabels: ['cat'] },
              ...common,
            },
            {
              id: 'region-1',
              from_name: 'asleep',
              type: 'choices',
              value: { choices: ['true'] },
              ...common,
            },
          ],
        },
      ],
      predictions: [],
    },
  ]);
  assert.deepEqual(picture, { path: 'a.jpg', imageFileName: 'a.jpg' });
});

test('everything that a region and a task have a place for comes back without loss', async () => {
  const datasets = plainDataset({
    boxes: true,
    polygons: true,
    masks: true,
    keypoints: true,
    scores: true,
    attributes: true,
    pictureLabels: true,
    captions: true,
    splits: true,
    outside: true,
    emptyPictures: true,
    oddNames: true,
    imageDetails: true,
  }).map((dataset) => {
    const images = dataset.images.filter(({ file_name }) => !file_name.includes('\\'));
    const ids = new Set(images.map(({ id }) => id));
    const annotations = dataset.annotations
      .filter(({ image_id, keypoints }) => {
        const hasPoint = keypoints === undefined || keypoints.some((value) => value > 0);
        return ids.has(image_id) && hasPoint;
      })
      .map((annotation) => {
        const isLabel = annotation.bbox === undefined;
        if (!isLabel) return annotation;
        // Labels of the picture have no attributes, and come by score.
        const { attributes: _, score: __, ...label } = annotation;
        return label;
      });
    const labelsFirst = annotations.toSorted((a, b) => Number('bbox' in a) - Number('bbox' in b));
    const used = new Set(annotations.map(({ category_id }) => category_id));
    const categories = dataset.categories.filter(({ id }) => used.has(id));
    const captions = ((dataset.captions ?? []) as { image_id: number }[]).filter(({ image_id }) =>
      ids.has(image_id),
    );
    const { captions: _, ...rest } = dataset;
    const whole: CocoDataset = { ...rest, images, annotations: labelsFirst, categories };
    if (captions.length > 0) whole.captions = captions;
    // Tasks keep the dataset's own order.
    return inReadingOrder(whole, 'first use', (image) => String(image.id).padStart(3, '0'));
  });
  await holdsLossless(labelStudio, datasets);
});

test('everything else that COCO can say is reported', async () => {
  await holdsLossesComplete(labelStudio, anyDataset());
});

test('each thing that cannot be carried is reported by its own name', async () => {
  const noPixels = compressedFromRle(rleFromBitmap(new Uint8Array(5000), 50, 100));
  const points = { category: { keypoints: ['a', 'b'] } };
  const turned = { segmentation: [[30, 10, 40, 20, 20, 40, 10, 30]], attributes: { rotation: 45 } };
  const label = { bbox: undefined, area: undefined, iscrowd: undefined };
  const cases: [LossFeature[], CocoDataset][] = [
    [[], oneAnnotation(square)],
    [['rotation'], oneAnnotation(turned)],
    [[], oneAnnotation({ ...turned, attributes: { rotation: 44 } })],
    [['crowds'], oneAnnotation({ ...box, iscrowd: 1 })],
    [['mask-pixels'], oneAnnotation({ ...squareAndTriangle, area: undefined })],
    [['areas', 'mask-pixels'], oneAnnotation({ ...squareAndTriangle, area: 7 })],
    [['masks'], oneAnnotation({ ...box, segmentation: noPixels })],
    [['boxes'], oneAnnotation({ ...square, bbox: [0, 0, 9, 9] })],
    [['areas'], oneAnnotation({ ...box, area: 3 })],
    [['precision'], oneAnnotation({ bbox: [1.5, 2, 3.123456789, 4] })],
    [['precision'], oneAnnotation({ segmentation: [[1.123456789, 2, 3, 4, 5, 0]] })],
    [['precision'], oneAnnotation({ ...box, keypoints: [1.123456789, 2, 2, 3, 4, 2] }, points)],
    [['keypoint-visibility'], oneAnnotation({ ...box, keypoints: [1, 2, 1, 3, 4, 2] }, points)],
    [['keypoints'], oneAnnotation({ ...box, keypoints: [0, 0, 0, 0, 0, 0] }, points)],
    [['annotation-ids', 'keypoints'], withAnother({ bbox: undefined, keypoints: [0, 0, 0] })],
    [['attributes'], oneAnnotation({ attributes: { a: null } })],
    [['attributes'], oneAnnotation({ attributes: 'x' as never })],
    [['attributes'], withAnother({ ...label, attributes: { a: 1 } })],
    [['image-details'], oneAnnotation({}, { image: { keypoint_names: 1 } })],
    [['image-details'], oneAnnotation({}, { image: { image: 'x' } })],
  ];
  for (const [features, dataset] of cases) {
    const sound = JSON.parse(JSON.stringify(dataset)) as CocoDataset;
    assert.deepEqual(
      await lossesOfRoundTrip(labelStudio, sound),
      features,
      JSON.stringify(dataset),
    );
  }
});

test('damaged files are read or refused', async () => {
  const dataset = oneAnnotation({
    ...square,
    keypoints: [1, 2, 2],
    score: 0.5,
    attributes: { a: 'x', b: 2, c: true },
  });
  dataset.annotations.push(
    { id: 2, image_id: 1, category_id: 1, score: 0.25 },
    { id: 3, image_id: 1, category_id: 1, ...squareAndTriangle, score: 0.25 },
    { id: 4, image_id: 1, category_id: 1, ...box, score: 1 },
  );
  dataset.captions = [{ id: 1, image_id: 1, caption: 'words' }];
  const files = [...labelStudio.write(dataset).files];
  const tasks = files.find(({ path }) => path === 'tasks.json');
  assert.ok(tasks !== undefined && 'text' in tasks);
  const texts = new Map([
    ['tasks.json', await wholeText(tasks.text)],
    ['a.jpg', ''],
  ]);
  await holdsUnderDamage(labelStudio, texts, new Map([['a.jpg', { width: 100, height: 50 }]]));
});
