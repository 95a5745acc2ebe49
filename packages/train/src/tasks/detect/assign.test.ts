// The assignment as a graph, held against the same rule written as loops.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, graphBuilder, type NdArray } from '@migaki/graph';
import { randomOf } from '../../random/random.ts';
import { assign } from './assign.ts';

const stride = 8;
const [columns, rows, classCount, objectCount] = [5, 4, 2, 8];
const positionCount = columns * rows;

type Box = [left: number, top: number, right: number, bottom: number];
const array = (shape: number[], values: ArrayLike<number>): NdArray => ({
  type: 'float32',
  shape,
  data: Float64Array.from(values),
});

interface Scene {
  scores: number[][];
  predicted: Box[];
  objects: { box: Box; classIndex: number }[];
}

const xs = Array.from({ length: positionCount }, (_, a) => ((a % columns) + 0.5) * stride);
const ys = Array.from(
  { length: positionCount },
  (_, a) => (Math.floor(a / columns) + 0.5) * stride,
);

/** Boxes that overlap, and predictions somewhat like them. */
function randomScene(seed: number): Scene {
  const random = randomOf(seed);
  const box = (): Box => {
    const [left, top] = [random.between(0, 25), random.between(0, 18)];
    return [left, top, left + random.between(2, 16), top + random.between(2, 14)];
  };
  return {
    scores: Array.from({ length: classCount }, () =>
      Array.from({ length: positionCount }, () => random.between(0.01, 0.9)),
    ),
    predicted: xs.map((x, a): Box => {
      const side = () => random.between(2, 10);
      return [x - side(), ys[a] - side(), x + side(), ys[a] + side()];
    }),
    objects: Array.from({ length: random.integer(0, 5) }, () => ({
      box: box(),
      classIndex: random.integer(0, classCount - 1),
    })),
  };
}

function iou(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const area = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top);
  return (width * height) / (area(a) + area(b) - width * height + 1e-6);
}

function within(at: number, from: number, to: number): boolean {
  const middle = (from + to) / 2;
  return at > Math.min(from, middle - stride / 2) && at < Math.max(to, middle + stride / 2);
}

/** For each position: the object that it answers for, and how much; and the class targets. */
function byLoops({ scores, predicted, objects }: Scene) {
  const candidates = objects.map(({ box: [left, top, right, bottom], classIndex }, m) => {
    const around: Box = [left, top, right, bottom];
    return xs.flatMap((x, a) => {
      if (!within(x, left, right) || !within(ys[a], top, bottom)) return [];
      const overlap = iou(predicted[a], around);
      const alignment = overlap ** 6 * scores[classIndex][a];
      return alignment > 1e-24 ? [{ a, m, overlap, alignment }] : [];
    });
  });
  const chosen = candidates.flatMap((list) =>
    list.sort((one, other) => other.alignment - one.alignment).slice(0, 10),
  );
  const mine = chosen.filter(
    ({ a, overlap }) => !chosen.some((other) => other.a === a && other.overlap > overlap),
  );
  const weights = new Float64Array(positionCount);
  const targets = Array.from({ length: classCount }, () => new Float64Array(positionCount));
  for (const { a, m, alignment } of mine) {
    const own = mine.filter((other) => other.m === m);
    const share = alignment / Math.max(...own.map((other) => other.alignment));
    weights[a] += share;
    const quality = Math.max(...own.map((other) => other.overlap)) ** 0.5;
    targets[objects[m].classIndex][a] += share * quality;
  }
  return { weights, targets, owner: new Map(mine.map(({ a, m }) => [a, m])) };
}

function byGraph({ scores, predicted, objects }: Scene) {
  const g = graphBuilder();
  const input = (name: string, shape: number[]) => g.input(name, 'float32', shape);
  const side = [1, 1, positionCount];
  const assignment = assign(g, {
    scores: input('scores', [1, classCount, positionCount]),
    predicted: {
      left: input('left', side),
      top: input('top', side),
      right: input('right', side),
      bottom: input('bottom', side),
    },
    x: input('x', side),
    y: input('y', side),
    reach: stride,
    boxes: input('boxes', [1, objectCount, 4]),
    classes: input('classes', [1, objectCount, classCount]),
  });
  g.output(assignment.weights, 'weights');
  g.output(assignment.classTargets, 'targets');
  g.output(assignment.boxes.left, 'own_left');
  const boxes = new Float64Array(objectCount * 4);
  const classes = new Float64Array(objectCount * classCount);
  objects.forEach(({ box, classIndex }, m) => {
    boxes.set(box, 4 * m);
    classes[m * classCount + classIndex] = 1;
  });
  const sides = Object.fromEntries(
    ['left', 'top', 'right', 'bottom'].map((name, i) => [
      name,
      array(
        side,
        predicted.map((box) => box[i]),
      ),
    ]),
  );
  return evaluate(g.graph(), {
    ...sides,
    scores: array([1, classCount, positionCount], scores.flat()),
    x: array(side, xs),
    y: array(side, ys),
    boxes: array([1, objectCount, 4], boxes),
    classes: array([1, objectCount, classCount], classes),
  });
}

test('positions answer for the objects that they predict best, as the rule in loops says', () => {
  let assigned = 0;
  for (let seed = 0; seed < 60; seed++) {
    const scene = randomScene(seed);
    const expected = byLoops(scene);
    const actual = byGraph(scene);
    for (let a = 0; a < positionCount; a++) {
      const close = (is: number, should: number, what: string) =>
        assert.ok(
          Math.abs(is - should) < 1e-5,
          `seed ${seed}, position ${a}, ${what}: ${is}, not ${should}`,
        );
      close(actual.weights.data[a], expected.weights[a], 'weight');
      for (let c = 0; c < classCount; c++) {
        close(actual.targets.data[c * positionCount + a], expected.targets[c][a], `class ${c}`);
      }
      const owner = expected.owner.get(a);
      close(actual.own_left.data[a], owner === undefined ? 0 : scene.objects[owner].box[0], 'box');
      if (owner !== undefined) assigned++;
    }
  }
  assert.ok(assigned > 200, `${assigned}`);
});

test('an object between positions has those around it', () => {
  const scene = randomScene(1);
  const { weights } = byGraph({
    ...scene,
    objects: [{ box: [17, 9, 19, 10], classIndex: 0 }],
  });
  assert.ok(Math.max(...weights.data) > 0.999);
});

test('an object that is predicted badly still has positions that count in full', () => {
  const scene = randomScene(1);
  const predicted = scene.predicted.map((): Box => [0, 0, 40, 32]);
  const { weights } = byGraph({
    scores: scene.scores,
    predicted,
    objects: [{ box: [10, 10, 20, 20], classIndex: 0 }],
  });
  assert.ok(Math.max(...weights.data) > 0.999);
});
