import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, graphBuilder, numbersOf } from '@migaki/graph';
import { cosineFilters, patchSide } from './cosine-filters.ts';

const count = 48;

test('half of the filters are the negatives of the others, and those of one sign are at right angles', () => {
  const values = numbersOf(cosineFilters(count));
  const length = values.length / count;
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += values[a * length + k] * values[b * length + k];
    return sum;
  };
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const expected = a === b ? 1 : a === (b ^ 1) ? -1 : 0;
      assert.ok(Math.abs(dot(a, b) - expected) < 1e-5, `${a}, ${b}`);
    }
  }
});

test('a wave over the pixels of a picture wakes its own filter alone', () => {
  const g = graphBuilder();
  const shape = [1, 3, patchSide, patchSide];
  const blocks = g.spaceToDepth(g.input('pictures', 'float32', shape), { blocksize: 2 });
  g.output(g.conv(blocks, g.constant(cosineFilters(count))), 'answers');
  const graph = g.graph();
  const awake = (pixel: (x: number, y: number) => readonly number[]) => {
    const data = Float64Array.from({ length: 3 * patchSide ** 2 }, (_, i) => {
      const at = i % patchSide ** 2;
      return pixel(at % patchSide, Math.floor(at / patchSide))[Math.floor(i / patchSide ** 2)];
    });
    const { answers } = evaluate(graph, { pictures: { type: 'float32', shape, data } });
    return Array.from(answers.data, Number).flatMap((answer, i) => (answer > 1e-4 ? [i] : []));
  };
  const wave = (pixel: number) => Math.cos((Math.PI * (pixel + 0.5)) / patchSide);
  const grey = (value: number) => [value, value, value];
  // The slowest come first, each before its negative: flat, to the right, down, from red to green.
  assert.deepEqual(
    awake(() => grey(1)),
    [0],
  );
  assert.deepEqual(
    awake((x) => grey(wave(x))),
    [2],
  );
  assert.deepEqual(
    awake((_, y) => grey(-wave(y))),
    [5],
  );
  assert.deepEqual(
    awake(() => [1, -1, 0]),
    [6],
  );
});
