import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClassName, LabelledObject } from '../samples/training-set.ts';
import { identity, inOrder, rotation, scaling, translation } from './affine.ts';
import { placeObjects } from './place-objects.ts';

const classes: ClassName[] = [
  {
    categoryId: 1,
    name: 'walker',
    keypoints: ['left hand', 'right hand', 'head'],
    skeleton: [],
    mirrored: [1, 0, 2],
  },
];
const clip = { left: 0, top: 0, right: 100, bottom: 80 };
const object = (
  box: LabelledObject['box'],
  rest: Partial<LabelledObject> = {},
): LabelledObject => ({
  annotationId: 1,
  classIndex: 0,
  box,
  rings: [],
  keypoints: new Float32Array(),
  isCrowd: false,
  ...rest,
});

test('a mirror exchanges left and right keypoints, and moves everything', () => {
  const walker = object([10, 10, 30, 50], {
    rings: [Float32Array.of(10, 10, 30, 10, 30, 50)],
    keypoints: Float32Array.of(10, 30, 2, 30, 31, 1, 20, 12, 2),
  });
  const [placed] = placeObjects(
    [walker],
    classes,
    inOrder(scaling(-1, 1), translation(100, 0)),
    clip,
  );
  assert.deepEqual([...placed.box], [70, 10, 90, 50]);
  assert.deepEqual([...placed.rings[0]], [90, 10, 70, 10, 70, 50]);
  // The hand that was left at x = 10 is now the right one, at x = 90.
  assert.deepEqual([...placed.keypoints], [70, 31, 1, 90, 30, 2, 80, 12, 2]);
});

test('a turned outline has the box around itself, a turned box the box around its corners', () => {
  const map = inOrder(translation(-50, -40), rotation(Math.PI / 4), translation(50, 40));
  const diamond = Float32Array.of(50, 30, 60, 40, 50, 50, 40, 40);
  const box = [40, 30, 60, 50] as const;
  const [outlined, plain] = placeObjects(
    [object(box, { rings: [diamond] }), object(box)],
    classes,
    map,
    clip,
  );
  const side = 10 * Math.SQRT1_2;
  for (const [i, expected] of [50 - side, 40 - side, 50 + side, 40 + side].entries()) {
    assert.ok(Math.abs(outlined.box[i] - expected) < 1e-3, `${outlined.box}`);
  }
  assert.ok(plain.box[0] < outlined.box[0] - 5);
});

test('what sticks out is cut, what hardly shows is ignored, what is gone is gone', () => {
  const placed = placeObjects(
    [object([90, 10, 110, 30]), object([97, 10, 117, 30]), object([101, 0, 120, 9])],
    classes,
    identity,
    clip,
  );
  assert.deepEqual(
    placed.map(({ box, isIgnored }) => [[...box], isIgnored]),
    [
      [[90, 10, 100, 30], false],
      [[97, 10, 100, 30], true],
    ],
  );
});

test('crowds are ignored, and keypoints outside are not seen', () => {
  const [crowd] = placeObjects(
    [
      object([5, 5, 50, 50], {
        isCrowd: true,
        keypoints: Float32Array.of(10, 10, 2, -3, 10, 2, 0, 0, 0),
      }),
    ],
    classes,
    identity,
    clip,
  );
  assert.equal(crowd.isIgnored, true);
  assert.deepEqual([...crowd.keypoints], [10, 10, 2, 0, 0, 0, 0, 0, 0]);
});
