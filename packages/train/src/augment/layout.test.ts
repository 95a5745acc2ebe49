import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomOf } from '../random/random.ts';
import { applied } from './affine.ts';
import { drawnLayout, fitted } from './layout.ts';
import { plain } from './recipe.ts';

const side = fc.integer({ min: 1, max: 3000 });

test('a fitted picture touches the border of the input and keeps its shape to a pixel', () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const input = { width: 320, height: 256 };
      const { size, map } = fitted({ width, height }, input);
      assert.ok(size.width === 320 || size.height === 256);
      assert.ok(size.width <= 320 && size.height <= 256 && size.width >= 1 && size.height >= 1);
      const factor = Math.min(320 / width, 256 / height);
      assert.ok(Math.abs(size.width - Math.max(1, width * factor)) <= 0.5 + 1e-9);
      const [right, bottom] = applied(map, width, height);
      assert.ok(Math.abs(right - size.width) < 1e-6 && Math.abs(bottom - size.height) < 1e-6);
    }),
  );
});

test('a recipe of nothing puts the picture into the middle', () => {
  const map = drawnLayout(
    { width: 200, height: 100 },
    { width: 100, height: 100 },
    plain,
    randomOf(1),
  );
  assert.deepEqual(applied(map, 0, 0), [0, 25]);
  assert.deepEqual(applied(map, 200, 100), [100, 75]);
});

test('scale, shift and flips stay within what the recipe allows', () => {
  const recipe = { ...plain, scale: [0.5, 2] as const, shift: 1, flip: 'both' as const };
  const input = { width: 100, height: 100 };
  let mirrored = 0;
  for (let seed = 0; seed < 200; seed++) {
    const map = drawnLayout({ width: 100, height: 100 }, input, recipe, randomOf(seed));
    const [[x0, y0], [x1, y1]] = [applied(map, 0, 0), applied(map, 100, 100)];
    const [width, height] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    assert.ok(width >= 50 - 1e-6 && width <= 200 + 1e-6 && Math.abs(width - height) < 1e-6);
    // A smaller picture stays inside, a larger one covers everything.
    const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
    if (width <= 100) assert.ok(left >= -1e-6 && right <= 100 + 1e-6);
    else assert.ok(left <= 1e-6 && right >= 100 - 1e-6);
    if (x1 < x0) mirrored++;
  }
  assert.ok(mirrored > 60 && mirrored < 140, `${mirrored}`);
});
