import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Category, SampleObject, TrainTask } from '@migaki/api';
import { likenessFor } from './likeness.ts';
import { countVerdicts, judge } from './match-objects.ts';

type Box = [number, number, number, number];

const object = (
  categoryName: string,
  bbox: Box,
  shape: Partial<SampleObject> = {},
): SampleObject => ({
  categoryId: 1,
  categoryName,
  bbox,
  score: null,
  segmentation: null,
  keypoints: null,
  iscrowd: 0,
  ...shape,
});

const picture = { width: 100, height: 100 };
const verdicts = (
  truth: SampleObject[],
  predicted: SampleObject[],
  {
    task = 'detect',
    leastScore = 0,
    keypoints = [],
  }: { task?: TrainTask; leastScore?: number; keypoints?: string[] } = {},
) => {
  const categories = new Map([[1, { id: 1, name: 'person', keypoints } as unknown as Category]]);
  const judged = judge(truth, predicted, leastScore, likenessFor(task, { picture, categories }));
  return { ...countVerdicts(judged), surest: judged.at(-1)?.object.score };
};

test('each truth is found once, by the surest of its category', () => {
  const truth = [object('RBC', [0, 0, 10, 10]), object('WBC', [50, 50, 10, 10])];
  const predicted = [
    object('RBC', [1, 0, 10, 10], { score: 0.6 }),
    object('RBC', [0, 0, 10, 10], { score: 0.9 }),
    object('RBC', [50, 50, 10, 10], { score: 0.8 }),
  ];
  assert.deepEqual(verdicts(truth, predicted), { right: 1, wrong: 2, missed: 1, surest: 0.9 });
});

test('what is not sure enough is as if it were not there', () => {
  const truth = [object('RBC', [0, 0, 10, 10])];
  const predicted = [object('RBC', [0, 0, 10, 10], { score: 0.3 })];
  const { right, wrong, missed } = verdicts(truth, predicted, { leastScore: 0.5 });
  assert.deepEqual({ right, wrong, missed }, { right: 0, wrong: 0, missed: 1 });
});

const box: Box = [0, 0, 40, 40];
const posed = (...keypoints: number[]) => object('person', box, { keypoints, score: 0.9 });

test('a pose in the right box is wrong where its keypoints are far off', () => {
  const truth = [posed(10, 10, 2, 30, 30, 2)];
  const judged = (...keypoints: number[]) =>
    verdicts(truth, [posed(...keypoints)], { task: 'pose' }).right;
  assert.equal(judged(11, 10, 1, 30, 31, 1), 1);
  assert.equal(judged(30, 10, 1, 10, 30, 1), 0);
  assert.equal(judged(), 0);
  assert.equal(verdicts(truth, [posed(30, 10, 1, 10, 30, 1)]).right, 1, 'a detector finds boxes');
});

test('keypoints that nobody labelled say nothing: of such a pose the box decides', () => {
  assert.equal(
    verdicts([posed(10, 10, 2, 0, 0, 0)], [posed(10, 10, 1, 39, 2, 1)], { task: 'pose' }).right,
    1,
  );
  assert.equal(
    verdicts([posed(0, 0, 0, 0, 0, 0)], [posed(10, 10, 1, 39, 2, 1)], { task: 'pose' }).right,
    1,
  );
});

test("a person's ankles may be further off than the corners of a thing", () => {
  const [others, ankles] = [new Array(15 * 3).fill(0), [20, 20, 2, 20, 20, 2]];
  const truth = posed(...others, ...ankles);
  const off = posed(...others, ...ankles.map((value) => value + 4));
  const judged = (keypoints: string[]) =>
    verdicts([truth], [off], { task: 'pose', keypoints }).right;
  assert.equal(judged(['nose']), 1);
  assert.equal(judged(['corner']), 0);
});

const outlined = (...polygon: number[]) =>
  object('cell', box, { segmentation: [polygon], score: 0.9 });

test('a mask in the right box is wrong where it covers another half of it', () => {
  const lower = outlined(0, 0, 0, 40, 40, 40);
  const upper = outlined(0, 0, 40, 0, 40, 40);
  assert.equal(verdicts([lower], [lower], { task: 'segment' }).right, 1);
  assert.equal(verdicts([lower], [upper], { task: 'segment' }).right, 0);
  assert.equal(verdicts([lower], [object('cell', box)], { task: 'segment' }).right, 0);
});

test('of a truth without a mask, or with a broken one, the box decides', () => {
  const found = outlined(0, 0, 40, 0, 40, 40);
  const broken = object('cell', box, { segmentation: [[1, 2]] });
  assert.equal(verdicts([object('cell', box)], [found], { task: 'segment' }).right, 1);
  assert.equal(verdicts([broken], [found], { task: 'segment' }).right, 1);
});
