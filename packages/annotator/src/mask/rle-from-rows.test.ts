import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBitmap } from '@migaki/coco';
import fc from 'fast-check';
import { rleFromRows } from './rle-from-rows.ts';

test('rows become the run lengths of the same pixels', () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.nat(8) });
  fc.assert(
    fc.property(size, fc.infiniteStream(fc.boolean()), ({ width, height }, isInside) => {
      const bitmap = new Uint8Array(width * height);
      for (let i = 0; i < bitmap.length; i++) bitmap[i] = isInside.next().value ? 1 : 0;
      const rows = Array.from({ length: height }, (_, y) => {
        const at = (x: number) => (x < 0 || x >= width ? 0 : bitmap[y * width + x]);
        return Array.from({ length: width + 1 }, (_, x) => x).filter((x) => at(x - 1) !== at(x));
      });
      assert.deepEqual(rleFromRows(rows, { width, height }), rleFromBitmap(bitmap, height, width));
    }),
  );
});
