import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../random/random.ts';
import {
  brightness,
  type ColourMap,
  contrast,
  hue,
  inTurn,
  jitteredColours,
  sameColours,
  saturation,
} from './colour.ts';

const changed = (map: ColourMap, colour: readonly number[]) =>
  [0, 1, 2].map((row) =>
    colour.reduce((sum, value, k) => sum + map[4 * row + k] * value, map[4 * row + 3]),
  );
const assertNear = (actual: readonly number[], expected: readonly number[], tolerance = 1e-6) => {
  for (const [i, value] of expected.entries()) {
    assert.ok(Math.abs(actual[i] - value) < tolerance, `${actual} is not ${expected}`);
  }
};

test('a change of nothing leaves colours as they are', () => {
  const colour = [12, 130, 250];
  for (const map of [sameColours, brightness(1), contrast(1), saturation(1)]) {
    assertNear(changed(map, colour), colour);
  }
  assertNear(changed(hue(0), colour), colour, 0.5);
});

test('greys stay grey whatever the hue and the saturation', () => {
  for (const angle of [-2, 0.5, 3]) {
    assertNear(changed(inTurn(hue(angle), saturation(1.7)), [90, 90, 90]), [90, 90, 90], 1);
  }
});

test('contrast turns about the middle grey', () => {
  assertNear(changed(contrast(2), [127.5, 147.5, 107.5]), [127.5, 167.5, 87.5]);
});

test('changes are done in turn', () => {
  assertNear(changed(inTurn(brightness(0.5), contrast(2)), [255, 0, 100]), [127.5, -127.5, -27.5]);
});

test('jitter stays within its limits', () => {
  const jitter = { brightness: 0.2, contrast: 0, saturation: 0, hue: 0 };
  for (let seed = 0; seed < 50; seed++) {
    const [red] = changed(jitteredColours(randomOf(seed), jitter), [100, 100, 100]);
    assert.ok(red >= 80 - 1 && red <= 120 + 1, `${red}`);
  }
});
