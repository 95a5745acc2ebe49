import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { elementHeight, placeAfterScroll, placeAt, tallestElement } from './scroll-place.ts';

const short = { contentHeight: 50_000, viewHeight: 800 };
const tall = { contentHeight: 40_000_000, viewHeight: 800 };

test('a content that fits into an element scrolls as the element does', () => {
  assert.deepEqual(placeAt(1234, short), { top: 1234, scrollTop: 1234 });
  const after = placeAfterScroll({ top: 0, scrollTop: 0 }, 49_000, short);
  assert.deepEqual(after, { top: 49_000, scrollTop: 49_000 });
});

test('a taller content moves pixel by pixel under the wheel and in proportion under the scroll bar', () => {
  assert.equal(elementHeight(tall), tallestElement);
  const middle = placeAt(20_000_000, tall);
  assert.equal(placeAfterScroll(middle, middle.scrollTop + 100, tall).top, 20_000_100);
  const dragged = placeAfterScroll(middle, tallestElement - tall.viewHeight, tall);
  assert.equal(dragged.top, tall.contentHeight - tall.viewHeight);
});

test('where the element ends before the content does, there is room to scroll on', () => {
  // 3,000 pixels into the content are about 750 of the element: a wheel reaches the element's top too early.
  const before = placeAt(3000, tall);
  const after = placeAfterScroll(before, 0, tall);
  assert.equal(Math.round(after.top), Math.round(3000 - before.scrollTop));
  assert.ok(after.scrollTop > 0);
});

test('a place is within the content, whatever is asked for', () => {
  const space = fc.record({
    contentHeight: fc.integer({ min: 0, max: 200_000_000 }),
    viewHeight: fc.integer({ min: 1, max: 3000 }),
  });
  fc.assert(
    fc.property(space, fc.double({ min: -1e9, max: 1e9, noNaN: true }), (within, top) => {
      const place = placeAt(top, within);
      const range = Math.max(0, within.contentHeight - within.viewHeight);
      const elementRange = Math.max(0, elementHeight(within) - within.viewHeight);
      assert.ok(place.top >= 0 && place.top <= range);
      assert.ok(place.scrollTop >= 0 && place.scrollTop <= elementRange + 1e-6);
    }),
  );
});
