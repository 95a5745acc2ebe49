import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DoubtedObject, doubtOf, pictureDoubts } from './picture-doubt.ts';
import { usualCountOf } from './usual-counts.ts';

const proposal = (fields: Partial<DoubtedObject> = {}): DoubtedObject => ({
  categoryId: 1,
  bbox: [0, 0, 10, 10],
  score: 1,
  origin: 'model cells@1',
  state: 'proposed',
  ...fields,
});
const label = (fields: Partial<DoubtedObject> = {}): DoubtedObject =>
  proposal({ state: 'accepted', origin: 'human', score: null, ...fields });
const reasonsOf = (...objects: DoubtedObject[]) =>
  pictureDoubts(objects, []).map(({ reason, strength }) => [reason, Math.round(100 * strength)]);

test('a sure proposal alone raises no doubt, a low score does, and labels that are decided on do not', () => {
  assert.deepEqual(reasonsOf(proposal()), []);
  assert.deepEqual(reasonsOf(proposal({ score: 0.6 }), proposal({ bbox: [50, 0, 9, 9] })), [
    ['unsure', 40],
  ]);
  assert.deepEqual(reasonsOf(label({ score: 0.1 }), label()), []);
});

test('one object under two names by one model is a low margin, the lower the nearer their scores are', () => {
  const at = (score: number) => proposal({ categoryId: 2, score, bbox: [1, 0, 10, 10] });
  assert.deepEqual(reasonsOf(proposal({ score: 0.9 }), at(0.9))[0], ['rival', 100]);
  assert.deepEqual(reasonsOf(proposal(), at(0.9))[0], ['rival', 90]);
  assert.deepEqual(reasonsOf(proposal(), proposal({ categoryId: 2, bbox: [8, 0, 10, 10] })), []);
});

test('one object twice under one name is a near-duplicate, also beside a label', () => {
  const beside = { bbox: [1, 0, 10, 10] };
  assert.deepEqual(reasonsOf(proposal(), proposal(beside)), [['duplicate', 82]]);
  assert.deepEqual(reasonsOf(label(), proposal(beside)), [['duplicate', 82]]);
  assert.deepEqual(reasonsOf(label(), label(beside), proposal({ bbox: [90, 0, 5, 5] })), []);
});

test('models disagree where one finds what the other does not, or calls it otherwise; versions of one do not', () => {
  const other = (fields: Partial<DoubtedObject> = {}) =>
    proposal({ origin: 'model other@1', ...fields });
  assert.deepEqual(reasonsOf(proposal(), other()), []);
  assert.deepEqual(reasonsOf(proposal(), other(), proposal({ bbox: [50, 0, 9, 9], score: 0.8 })), [
    ['disagreement', 80],
    ['unsure', 20],
  ]);
  assert.deepEqual(reasonsOf(proposal(), other({ categoryId: 2 })), [['disagreement', 100]]);
  assert.deepEqual(reasonsOf(label({ categoryId: 2 }), proposal()), [['disagreement', 100]]);
  const newer = proposal({ origin: 'model cells@2', bbox: [50, 0, 9, 9] });
  assert.deepEqual(reasonsOf(proposal(), newer), []);
});

test('two categories of a whole picture are no two boxes of one object', () => {
  const whole = { bbox: null };
  assert.deepEqual(reasonsOf(proposal(whole), proposal({ ...whole, categoryId: 2 })), []);
});

test('an odd number of objects is one that is far from what is usual, however a few others stray', () => {
  const histogram = [
    { count: 9, pictures: 5 },
    { count: 10, pictures: 20 },
    { count: 12, pictures: 5 },
    { count: 400, pictures: 2 },
  ];
  const usual = usualCountOf(1, histogram)!;
  assert.equal(usual.median, 10);
  const counted = (count: number) =>
    pictureDoubts(
      Array.from({ length: count }, (_, i) => proposal({ bbox: [20 * i, 0, 9, 9] })),
      [usual],
    );
  assert.deepEqual(counted(9), []);
  const [doubt] = counted(40);
  assert.deepEqual(doubt, { reason: 'count', categoryId: 1, count: 40, usual: 10, strength: 1 });
  assert.equal(usualCountOf(1, histogram.slice(0, 1)), null, 'five pictures tell nothing');
});

test('reasons add up, and never past 1', () => {
  const objects = [proposal({ score: 0.5 }), proposal({ score: 0.5, categoryId: 2 })];
  const doubt = doubtOf(pictureDoubts(objects, []));
  assert.equal(doubt, 1);
  assert.equal(doubtOf([]), 0);
  const both = doubtOf(
    pictureDoubts([proposal({ score: 0.5 }), proposal({ bbox: [1, 0, 10, 10] })], []),
  );
  assert.ok(both > 0.82 && both < 1);
});
