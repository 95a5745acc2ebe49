import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered } from '../metrics/score-answers.ts';
import type { FoundObject, PictureAnswer } from '../predict/picture-answer.ts';
import type { ClassName, LabelledPicture } from '../samples/training-set.ts';
import { judgeAnswers } from './judge-answers.ts';

const classes = ['cat', 'dog'].map(
  (name, index): ClassName => ({
    categoryId: index + 7,
    name,
    keypoints: [],
    skeleton: [],
    mirrored: [],
  }),
);

function picture(imageId: number, given: Partial<LabelledPicture>): LabelledPicture {
  return {
    imageId,
    fileName: `${imageId}.png`,
    path: '',
    width: 200,
    height: 100,
    objects: [],
    labels: [],
    value: Number.NaN,
    split: '',
    ...given,
  };
}

const square = (left: number): [number, number, number, number] => [left, 10, left + 20, 30];

const object = (annotationId: number, classIndex: number, left: number, isCrowd = false) => ({
  annotationId,
  classIndex,
  box: square(left),
  rings: [],
  keypoints: new Float32Array(),
  isCrowd,
});

const found = (classIndex: number, score: number, left: number): FoundObject => ({
  classIndex,
  score,
  box: square(left),
});

const detect = { task: 'detect', classCount: 2 } as const;
const objects = (...list: FoundObject[]): PictureAnswer => ({ kind: 'objects', objects: list });

test('every object found or true becomes one judgement, with what it is about', () => {
  const answered: Answered[] = [
    {
      picture: picture(1, {
        objects: [
          object(41, 0, 0),
          object(42, 1, 50),
          object(43, 0, 100),
          object(44, 0, 170, true),
        ],
      }),
      answer: objects(
        found(0, 0.9, 1),
        found(0, 0.8, 50),
        found(0, 0.7, 2),
        found(1, 0.6, 140),
        found(0, 0.55, 112),
        found(0, 0.5, 170),
        found(1, 0.1, 100),
      ),
    },
  ];
  const { judgements, confusion, rankings } = judgeAnswers(answered, classes, detect, {
    scoreThreshold: 0.3,
  });
  const told = judgements.map((one) => [
    one.outcome,
    one.annotationId,
    one.trueClass,
    one.predictedClass,
    one.score,
  ]);
  assert.deepEqual(
    new Set(told.map(String)),
    new Set(
      [
        ['matched', 41, 0, 0, 0.9],
        ['wrong class', 42, 1, 0, 0.8],
        ['duplicate', 41, null, 0, 0.7],
        ['background', null, null, 1, 0.6],
        ['badly placed', 43, null, 0, 0.55],
        ['missed', 43, 0, null, null],
      ].map(String),
    ),
  );
  assert.deepEqual(confusion, [
    [1, 0, 1],
    [1, 0, 0],
    [2, 1, 0],
  ]);
  // All that was found, below the threshold too; what lies on a crowd counts for nothing.
  assert.deepEqual(rankings, [
    {
      truthCount: 2,
      steps: [
        { score: 0.9, count: 1, hitCount: 1 },
        { score: 0.8, count: 2, hitCount: 1 },
        { score: 0.7, count: 3, hitCount: 1 },
        { score: 0.55, count: 4, hitCount: 1 },
      ],
    },
    {
      truthCount: 1,
      steps: [
        { score: 0.6, count: 1, hitCount: 0 },
        { score: 0.1, count: 2, hitCount: 0 },
      ],
    },
  ]);
  const [matched] = judgements.filter(({ outcome }) => outcome === 'matched');
  assert.deepEqual(matched.trueBox, [0, 10, 20, 30]);
  assert.deepEqual(matched.predictedBox, [1, 10, 21, 30]);
  assert.ok(Math.abs(matched.iou - 19 / 21) < 1e-6);
});

test('the threshold is the one where precision and recall are best together', () => {
  const answered: Answered[] = [0, 1, 2, 3].map((index) => ({
    picture: picture(index, { objects: [object(index, 0, 0)] }),
    answer: objects(found(0, 0.8 - index / 100, 0), found(0, 0.4, 60), found(0, 0.3, 120)),
  }));
  const { scoreThreshold, curves, scores } = judgeAnswers(answered, classes, detect);
  assert.equal(scoreThreshold, 0.77);
  assert.ok(scores.values.AP50 > 0.99);
  assert.equal(curves[0].length, 101);
  assert.ok(curves[0].every(({ precision }) => precision === 1));
  assert.deepEqual(curves[1], []);
});

test('a classifier is judged by the class it is surest of, and the sure mistake is the worst', () => {
  const classify = { task: 'classify', classCount: 2, isMultiLabel: false } as const;
  const sure = (...probabilities: number[]): PictureAnswer => ({
    kind: 'classes',
    probabilities: Float32Array.from(probabilities),
  });
  const { judgements, confusion, calibration, rankings } = judgeAnswers(
    [
      { picture: picture(1, { labels: [0] }), answer: sure(0.75, 0.25) },
      { picture: picture(2, { labels: [0] }), answer: sure(0.25, 0.75) },
      { picture: picture(3, { labels: [1] }), answer: sure(0.5625, 0.4375) },
    ],
    classes,
    classify,
  );
  assert.deepEqual(
    judgements.map(({ outcome, wrongness }) => [outcome, wrongness]),
    [
      ['matched', 0.125],
      ['wrong class', 0.75],
      ['wrong class', 0.5625],
    ],
  );
  assert.deepEqual(confusion, [
    [1, 1, 0],
    [1, 0, 0],
    [0, 0, 0],
  ]);
  assert.equal(calibration.length, 10);
  assert.deepEqual(rankings, [
    {
      truthCount: 2,
      steps: [
        { score: 0.75, count: 1, hitCount: 1 },
        { score: 0.5625, count: 2, hitCount: 1 },
      ],
    },
    { truthCount: 1, steps: [{ score: 0.75, count: 1, hitCount: 0 }] },
  ]);
});

test('of several classes each is there or not', () => {
  const classify = { task: 'classify', classCount: 2, isMultiLabel: true } as const;
  const { judgements, rankings } = judgeAnswers(
    [
      {
        picture: picture(1, { labels: [0] }),
        answer: { kind: 'classes', probabilities: Float32Array.of(0.25, 0.75) },
      },
    ],
    classes,
    classify,
  );
  assert.deepEqual(
    judgements.map(({ outcome, trueClass, predictedClass }) => [
      outcome,
      trueClass,
      predictedClass,
    ]),
    [
      ['missed', 0, null],
      ['background', null, 1],
    ],
  );
  assert.deepEqual(rankings, [
    { truthCount: 1, steps: [{ score: 0.25, count: 1, hitCount: 1 }] },
    { truthCount: 0, steps: [{ score: 0.75, count: 1, hitCount: 0 }] },
  ]);
});

test('an embedding is judged by the nearest other picture, and a number by how far it is off', () => {
  const embed = { task: 'embed', classCount: 2, dimensions: 2 } as const;
  const at = (...embedding: number[]): PictureAnswer => ({
    kind: 'embedding',
    embedding: Float32Array.from(embedding),
  });
  const { judgements } = judgeAnswers(
    [
      { picture: picture(1, { labels: [0] }), answer: at(1, 0) },
      { picture: picture(2, { labels: [0] }), answer: at(0.8, 0.6) },
      { picture: picture(3, { labels: [1] }), answer: at(0.6, 0.8) },
    ],
    classes,
    embed,
  );
  // The third has no other of its kind.
  assert.deepEqual(
    judgements.map(({ imageId, outcome }) => [imageId, outcome]),
    [
      [1, 'matched'],
      [2, 'wrong class'],
    ],
  );
  const values = judgeAnswers(
    [
      { picture: picture(1, { value: 10 }), answer: { kind: 'value', value: 12 } },
      { picture: picture(2, { value: 5 }), answer: { kind: 'value', value: 1 } },
    ],
    [],
    { task: 'regress', mean: 0, deviation: 1 },
  );
  assert.deepEqual(
    values.judgements.map(({ wrongness }) => wrongness),
    [0.5, 1],
  );
  assert.equal(values.scores.values.mae, 3);
});
