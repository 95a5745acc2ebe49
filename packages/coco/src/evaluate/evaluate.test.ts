import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../coco-error.ts';
import type { CocoDataset, CocoResult } from '../types.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluationOptions } from './params.ts';
import { arbitraryBox, arbitraryScene, groundTruthOf } from './testing/arbitrary-scene.ts';
import { differenceFrom, type RecordedCase } from './testing/recorded-case.ts';

const recordedCases: RecordedCase[] = JSON.parse(
  readFileSync(new URL('./fixtures/recorded.json', import.meta.url), 'utf8'),
);

for (const recorded of recordedCases) {
  test(`every number is that of pycocotools, ${recorded.name}`, () => {
    const { greatest, count } = differenceFrom(recorded);
    assert.ok(greatest < 1e-9, `they differ by ${greatest}`);
    assert.ok(count > 0);
  });
}

const boxes: EvaluationOptions = { iouType: 'bbox' };
const tablesOf = (groundTruth: CocoDataset, results: CocoResult[], options = boxes) => {
  const { precision, recall, scores, stats } = evaluate(groundTruth, results, options);
  return { precision, recall, scores, stats };
};

test('the order of results does not matter where scores differ', () => {
  const shuffled = arbitraryScene({ tiedScores: false }).chain(({ groundTruth, results }) =>
    fc.record({
      groundTruth: fc.constant(groundTruth),
      results: fc.constant(results),
      permuted: fc.shuffledSubarray(results, { minLength: results.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ groundTruth, results, permuted }) => {
      assert.deepEqual(tablesOf(groundTruth, permuted), tablesOf(groundTruth, results));
    }),
  );
});

test('the order of pictures and categories in the file does not matter', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const reversed = {
        ...groundTruth,
        images: groundTruth.images.toReversed(),
        categories: groundTruth.categories.toReversed(),
      };
      assert.deepEqual(tablesOf(reversed, results), tablesOf(groundTruth, results));
    }),
  );
});

test('results that repeat the truth reach AP and AR 1 wherever there are truths', () => {
  fc.assert(
    fc.property(arbitraryScene({ crowds: false }), ({ groundTruth }) => {
      const results = groundTruth.annotations.map(({ image_id, category_id, bbox }, index) => ({
        image_id,
        category_id,
        bbox,
        score: 1 - index / 100,
      }));
      const { precision, recall, shape } = evaluate(groundTruth, results, boxes);
      const { M } = shape;
      // 1 / (1 + 2⁻⁵²) is a hair below 1, as in pycocotools; recall at one detection a picture may be less.
      assert.ok(
        precision.every((p, cell) => cell % M < M - 1 || p === -1 || Math.abs(p - 1) < 1e-15),
      );
      assert.ok(recall.every((r, cell) => cell % M < M - 1 || r === -1 || r === 1));
    }),
  );
});

test('a detection of nothing never raises precision or changes recall', () => {
  const score = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(arbitraryScene(), score, ({ groundTruth, results }, lowScore) => {
      const nothing: CocoResult = {
        image_id: 3,
        category_id: 1,
        score: lowScore,
        bbox: [5000, 5000, 50, 50],
      };
      const options = { ...boxes, maxDetections: [100] };
      const before = evaluate(groundTruth, results, options);
      const after = evaluate(groundTruth, [...results, nothing], options);
      assert.deepEqual(after.recall, before.recall);
      assert.ok(after.precision.every((p, cell) => p <= before.precision[cell]));
    }),
  );
});

test('scaling pictures and area ranges together changes nothing', () => {
  const doubled = <Shaped extends { bbox?: number[]; area?: number }>(object: Shaped): Shaped => ({
    ...object,
    bbox: object.bbox?.map((value) => 2 * value),
    ...(object.area !== undefined && { area: 4 * object.area }),
  });
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const areaRanges = [{ label: 'all', min: 400, max: 6000 }];
      const larger = {
        ...groundTruth,
        annotations: groundTruth.annotations.map(doubled),
      };
      const largerRanges = [{ label: 'all', min: 1600, max: 24000 }];
      assert.deepEqual(
        tablesOf(larger, results.map(doubled), { ...boxes, areaRanges: largerRanges }),
        tablesOf(groundTruth, results, { ...boxes, areaRanges }),
      );
    }),
  );
});

test('evaluating some pictures is evaluating a file of those pictures', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const imageIds = [3, 7];
      const isAmongThem = ({ image_id }: { image_id: number }) => imageIds.includes(image_id);
      const smaller = {
        ...groundTruth,
        images: groundTruth.images.filter(({ id }) => imageIds.includes(id)),
        annotations: groundTruth.annotations.filter(isAmongThem),
      };
      assert.deepEqual(
        tablesOf(groundTruth, results, { ...boxes, imageIds }),
        tablesOf(smaller, results.filter(isAmongThem)),
      );
    }),
  );
});

test('masks of boxes are compared as boxes are', () => {
  const whole = fc.array(fc.tuple(arbitraryBox, arbitraryBox), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(whole, (pairs) => {
      const groundTruth = groundTruthOf(
        pairs.map(([bbox]) => ({ image_id: 3, category_id: 1, bbox })),
      );
      for (const annotation of groundTruth.annotations) {
        const [x, y, width, height] = annotation.bbox!;
        const [right, bottom] = [x + width, y + height];
        annotation.segmentation = [[x, y, x, bottom, right, bottom, right, y]];
      }
      const results = pairs.map(([, bbox], i) => ({
        image_id: 3,
        category_id: 1,
        bbox,
        score: 1 - i / 10,
      }));
      assert.deepEqual(
        tablesOf(groundTruth, results, { iouType: 'segm' }),
        tablesOf(groundTruth, results),
      );
    }),
  );
});

const truth = {
  image_id: 3,
  category_id: 1,
  bbox: [10, 10, 50, 50] as [number, number, number, number],
};
const hit: CocoResult = { ...truth, score: 0.9 };

test('precision 1 is a hair below 1, by the 2 to the -52 that keeps it from dividing by 0', () => {
  const { precision } = evaluate(groundTruthOf([truth]), [hit], boxes);
  assert.equal(precision[0], 1 / (1 + 2 ** -52));
});

test('no results at all score 0, and -1 where there are no truths either', () => {
  const { stats } = evaluate(groundTruthOf([truth]), [], boxes);
  assert.deepEqual(stats, [0, 0, 0, -1, 0, -1, 0, 0, 0, -1, 0, -1]);
  assert.deepEqual(evaluate(groundTruthOf([]), [], boxes).stats, Array(12).fill(-1));
});

test('summary numbers have names, and limits of our own show in them', () => {
  const nameList = (options: EvaluationOptions) =>
    evaluate(groundTruthOf([]), [], options).statNames.join(' ');
  assert.equal(
    nameList(boxes),
    'AP AP50 AP75 APsmall APmedium APlarge AR1 AR10 AR100 ARsmall ARmedium ARlarge',
  );
  assert.equal(
    nameList({ ...boxes, maxDetections: [5, 1] }),
    'AP AP50 AP75 APsmall APmedium APlarge AR1 AR5 AR- ARsmall ARmedium ARlarge',
  );
  assert.equal(
    nameList({ iouType: 'keypoints' }),
    'AP AP50 AP75 APmedium APlarge AR AR50 AR75 ARmedium ARlarge',
  );
});

test('a missing iscrowd is 0, and a missing area is that of the mask or the box', () => {
  const groundTruth = groundTruthOf([truth]);
  const [annotation] = groundTruth.annotations;
  const whole = tablesOf(groundTruth, [hit]);
  annotation.iscrowd = undefined;
  annotation.area = undefined;
  assert.deepEqual(tablesOf(groundTruth, [hit]), whole);
  annotation.segmentation = [[10, 10, 20, 10, 20, 20, 10, 20]];
  const { truthCounts } = evaluate(groundTruth, [hit], boxes);
  assert.deepEqual([...truthCounts.subarray(0, 4)], [1, 1, 0, 0]);
});

test('a missing num_keypoints is counted', () => {
  const groundTruth = groundTruthOf([truth, truth]);
  groundTruth.annotations[0].keypoints = [20, 20, 2];
  groundTruth.annotations[1].keypoints = [0, 0, 0];
  const results = [{ ...hit, bbox: undefined, keypoints: [20, 20, 1] }];
  const options: EvaluationOptions = { iouType: 'keypoints', keypointSigmas: [0.1] };
  const { truthCounts, recall } = evaluate(groundTruth, results, options);
  assert.equal(truthCounts[0], 1);
  assert.equal(recall[0], 1);
});

test('masks among the results may be polygons', () => {
  const groundTruth = groundTruthOf([truth]);
  const segmentation = [[10, 10, 10, 60, 60, 60, 60, 10]];
  groundTruth.annotations[0].segmentation = segmentation;
  const results = [{ image_id: 3, category_id: 1, score: 1, segmentation }];
  const { stats } = evaluate(groundTruth, results, { iouType: 'segm' });
  assert.ok(Math.abs(stats[0] - 1) < 1e-15);
});

test('what takes no part is counted', () => {
  const groundTruth = groundTruthOf([truth, { ...truth, category_id: 9 }]);
  const results = [hit, hit, hit, { ...hit, category_id: 9 }];
  const { leftOut } = evaluate(groundTruth, results, { ...boxes, maxDetections: [2] });
  assert.deepEqual(leftOut, { truths: 1, detections: 1, detectionsPastLimit: 1 });
});

test('a broken mask is found only where it is compared', () => {
  const groundTruth = groundTruthOf([truth, { ...truth, image_id: 5 }]);
  const segmentation = { size: [300, 300] as [number, number], counts: '52203' };
  groundTruth.annotations[0].segmentation = segmentation;
  groundTruth.annotations[1].segmentation = { ...segmentation, counts: '\n' };
  const results = [{ image_id: 3, category_id: 1, score: 1, segmentation }];
  assert.ok(evaluate(groundTruth, results, { iouType: 'segm' }).truthCounts[0] > 0);
  const meeting = [{ ...results[0], image_id: 5 }];
  assert.throws(
    () => evaluate(groundTruth, meeting, { iouType: 'segm' }),
    (error) =>
      error instanceof CocoError && error.message.includes('$.annotations[1].segmentation'),
  );
});

const mistakes: [what: string, where: string, call: () => unknown][] = [
  [
    'a result of an unknown picture',
    'results[1].image_id',
    () => run([hit, { ...hit, image_id: 4 }]),
  ],
  ['a result without a score', 'results[0].score', () => run([{ ...truth } as CocoResult])],
  ['a result that is null', 'results[0]', () => run([null as unknown as CocoResult])],
  ['results that are no list', 'results', () => run({ results: [] } as unknown as CocoResult[])],
  ['a result without any shape', 'results[0]', () => run([{ ...hit, bbox: undefined }])],
  [
    'a box of three numbers',
    'results[1].bbox',
    () => run([hit, { ...hit, bbox: [1, 2, 3] as never }]),
  ],
  [
    'a truth without a mask',
    '$.annotations[0].segmentation',
    () => run([hit], { iouType: 'segm' }),
  ],
  [
    'a result without keypoints',
    'results[0].keypoints',
    () => run([hit], { iouType: 'keypoints' }, { keypoints: Array(51).fill(2) }),
  ],
  [
    'keypoints that are not as many as the sigmas',
    'results[0].keypoints',
    () =>
      run(
        [{ ...hit, keypoints: [1, 1, 1] }],
        { iouType: 'keypoints' },
        { keypoints: Array(51).fill(2) },
      ),
  ],
  ['a truth without an id', '$.annotations[0].id', () => run([hit], boxes, { id: undefined })],
  ['a truth without a box', '$.annotations[0].bbox', () => run([hit], boxes, { bbox: undefined })],
  ['an unknown kind of evaluation', 'iouType', () => run([hit], { iouType: 'box' as never })],
  ['a limit below 0', 'maxDetections', () => run([hit], { ...boxes, maxDetections: [-1] })],
  ['no limit at all', 'maxDetections', () => run([hit], { ...boxes, maxDetections: [] })],
  [
    'a threshold that is NaN',
    'iouThresholds',
    () => run([hit], { ...boxes, iouThresholds: [NaN] }),
  ],
  [
    'a picture without an id',
    '$.images[1].id',
    () => evaluate({ ...groundTruthOf([]), images: [{ id: 1 }, {}] } as CocoDataset, [], boxes),
  ],
  [
    'a ground truth without categories',
    '$.categories',
    () => evaluate({ images: [], annotations: [] } as unknown as CocoDataset, [], boxes),
  ],
];

test('an evaluation tells how far it is, from the first detection on and never past the last', () => {
  const categories = [1, 2].map((id) => ({ id, name: `${id}` }));
  const dataset = { ...groundTruthOf([truth]), categories };
  const results = [2, 1, 1].map((category_id) => ({ ...hit, category_id }));
  const told: [number, number][] = [];
  const { stats } = evaluate(dataset, results, boxes, (done, count) => told.push([done, count]));
  assert.deepEqual(told, [
    [0, 3],
    [2, 3],
  ]);
  assert.deepEqual(stats, evaluate(dataset, results, boxes).stats);
});

function run(results: CocoResult[], options = boxes, ofTruth: Record<string, unknown> = {}) {
  const groundTruth = groundTruthOf([truth]);
  Object.assign(groundTruth.annotations[0], ofTruth);
  return evaluate(groundTruth, results, options);
}

for (const [what, where, call] of mistakes) {
  test(`${what} is refused, and named`, () => {
    assert.throws(call, (error) => {
      assert.ok(error instanceof CocoError, String(error));
      assert.equal(error.code, 'bad-evaluation-input');
      assert.equal(error.details.where, where);
      return true;
    });
  });
}
