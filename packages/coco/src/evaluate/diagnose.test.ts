import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Bbox, CocoResult } from '../types.ts';
import { diagnose } from './diagnose.ts';
import { outcome, outcomeAt, slotMatcher } from './outcomes.ts';
import { resolveParams } from './params.ts';
import { prepare } from './prepare.ts';
import { similarityFor } from './similarity.ts';
import { arbitraryScene, groundTruthOf, type Scene } from './testing/arbitrary-scene.ts';

const object = (category_id: number, bbox: Bbox, image_id = 3) => ({ image_id, category_id, bbox });

/** The tale of the detections in the order of the results: outcome or reason, then the truth's id. */
function tell(truths: ReturnType<typeof object>[], results: CocoResult[], changes = {}) {
  const groundTruth = groundTruthOf(truths);
  Object.assign(groundTruth.annotations[0], changes);
  const { detections } = diagnose(groundTruth, results, { iouType: 'bbox' });
  return detections
    .toSorted((a, b) => a.detectionId - b.detectionId)
    .map(({ outcome: what, reason, truthId }) => `${reason ?? what} ${truthId ?? '-'}`);
}

const square: Bbox = [0, 0, 100, 100];
const right: Bbox = [0, 0, 100, 90];
const near: Bbox = [60, 0, 100, 100];
const far: Bbox = [200, 200, 50, 50];

test('each reason has its detection', () => {
  assert.deepEqual(
    tell(
      [object(1, square)],
      [
        { ...object(1, right), score: 0.9 },
        { ...object(1, square), score: 0.8 },
        { ...object(2, square), score: 0.7 },
        { ...object(1, near), score: 0.6 },
        { ...object(1, far), score: 0.5 },
        { ...object(2, near), score: 0.4 },
        { ...object(1, square, 5), score: 0.3 },
      ],
    ),
    [
      'true positive 1',
      'duplicate 1',
      'wrong class 1',
      'badly placed 1',
      'background -',
      'background -',
      'background -',
    ],
  );
});

test('of several reasons the first in the table stands', () => {
  const truths = [object(1, square), object(2, right), object(2, near)];
  assert.deepEqual(
    tell(truths, [
      { ...object(1, square), score: 0.9 },
      { ...object(1, right), score: 0.8 },
    ]),
    ['true positive 1', 'duplicate 1'],
  );
  // Near a truth of its own category, and on one of another.
  assert.deepEqual(tell(truths, [{ ...object(1, near), score: 0.9 }]), ['wrong class 3']);
});

test('what falls on a crowd is ignored, and a crowd explains nothing', () => {
  const results = [
    { ...object(1, right), score: 0.9 },
    { ...object(2, right), score: 0.8 },
  ];
  assert.deepEqual(tell([object(1, square)], results, { iscrowd: 1 }), [
    'ignored 1',
    'background -',
  ]);
});

test('a match with annotation 0 is told as pycocotools counts it', () => {
  const groundTruth = groundTruthOf([object(1, square)]);
  groundTruth.annotations[0].id = 0;
  const { detections, truths } = diagnose(groundTruth, [{ ...object(1, square), score: 1 }], {
    iouType: 'bbox',
  });
  assert.equal(detections[0].reason, 'annotation id 0');
  assert.deepEqual(truths[0], {
    truthId: 0,
    imageId: 3,
    categoryId: 1,
    outcome: 'missed',
    detectionId: 1,
    iou: 1,
  });
});

test('a detection too large for every area range is ignored', () => {
  const results = [{ ...object(1, [0, 0, 2e5, 2e5]), score: 1 }];
  assert.deepEqual(tell([object(1, far)], results), ['ignored -']);
});

test('a missed truth names the detection that is most like it, of whatever category', () => {
  const groundTruth = groundTruthOf([object(1, square), object(1, far), object(2, far)]);
  const { truths } = diagnose(
    groundTruth,
    [
      { ...object(1, near), score: 0.9 },
      { ...object(2, right), score: 0.8 },
      { ...object(2, far), score: 0.7 },
    ],
    { iouType: 'bbox' },
  );
  assert.deepEqual(
    truths.map(({ truthId, outcome: what, detectionId, iou }) => [truthId, what, detectionId, iou]),
    [
      [1, 'missed', 2, 0.9],
      [2, 'missed', 3, 1],
      [3, 'matched', 3, 1],
    ],
  );
});

test('detections below the score threshold find nothing, and those past the limit neither', () => {
  const groundTruth = groundTruthOf([object(1, square), object(1, far)]);
  const results = [
    { ...object(1, square), score: 0.3 },
    { ...object(1, far), score: 0.9 },
    { ...object(1, far), score: 0.8 },
    { ...object(9, far), score: 0.8 },
  ];
  const { truths, leftOut } = diagnose(groundTruth, results, {
    iouType: 'bbox',
    scoreThreshold: 0.5,
    maxDetections: 1,
  });
  assert.deepEqual(
    truths.map(({ outcome: what }) => what),
    ['missed', 'matched'],
  );
  assert.deepEqual(leftOut, { belowScore: 1, pastLimit: 1, otherImageOrCategory: 1 });
});

/** How many detections are right, wrong and ignored, as `evaluate` has it. */
function evaluatedCounts({ groundTruth, results }: Scene, threshold: number, limit: number) {
  const params = resolveParams(groundTruth, {
    iouType: 'bbox',
    iouThresholds: [threshold],
    maxDetections: [limit],
  });
  const prepared = prepare(groundTruth, results, params, 'category');
  const matchSlot = slotMatcher(prepared, similarityFor(prepared));
  return params.categoryIds.map((_, category) => {
    const slot = matchSlot(category);
    const counts = [0, 0, 0];
    for (let place = 0; place < slot.count; place++) {
      if (slot.ranks[place] < limit) counts[outcomeAt(slot, place, 0, 0)]++;
    }
    return counts;
  });
}

test('right, wrong and ignored detections are as many as evaluate finds', () => {
  const threshold = fc.constantFrom(0.3, 0.5, 0.75, 1);
  const limit = fc.constantFrom(1, 2, 100);
  const whichIds = fc.constantFrom('from 1', 'from 0', 'shared');
  fc.assert(
    fc.property(arbitraryScene(), threshold, limit, whichIds, (scene, iouThreshold, max, ids) => {
      const { groundTruth, results } = scene;
      for (const [index, annotation] of groundTruth.annotations.entries()) {
        if (ids === 'from 0') annotation.id = index;
        if (ids === 'shared') annotation.id = index % 4;
      }
      const { categories } = diagnose(groundTruth, results, {
        iouType: 'bbox',
        iouThreshold,
        maxDetections: max,
      });
      assert.deepEqual(
        categories.map(({ detections, falsePositives }) => {
          const explained = Object.values(falsePositives).reduce((a, b) => a + b, 0);
          assert.equal(explained, detections['false positive']);
          return [detections.ignored, detections['true positive'], detections['false positive']];
        }),
        evaluatedCounts(scene, iouThreshold, max).map((counts) => [
          counts[outcome.ignored],
          counts[outcome.truePositive],
          counts[outcome.falsePositive],
        ]),
      );
    }),
  );
});

test('every matched truth and every true positive name each other', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const { detections, truths } = diagnose(groundTruth, results, { iouType: 'bbox' });
      const hits = detections
        .filter(({ outcome: what }) => what === 'true positive')
        .map(({ detectionId, truthId, iou }) => `${detectionId} ${truthId} ${iou}`);
      const matched = truths
        .filter(({ outcome: what }) => what === 'matched')
        .map(({ detectionId, truthId, iou }) => `${detectionId} ${truthId} ${iou}`);
      assert.deepEqual(hits.sort(), matched.sort());
    }),
  );
});
