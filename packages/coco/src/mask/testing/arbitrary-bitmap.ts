// Random masks for property tests, as bitmaps: what every operation on runs is compared with.

import fc from 'fast-check';

export interface Bitmap {
  height: number;
  width: number;
  /** Row by row, 0 or 1. */
  pixels: Uint8Array;
}

/** Pictures up to 12 × 12, from empty to full; small ones meet every neighbourhood of pixels soon. */
export const arbitrarySize: fc.Arbitrary<[height: number, width: number]> = fc.tuple(
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 1, max: 12 }),
);

export const arbitraryBitmap: fc.Arbitrary<Bitmap> = arbitrarySize.chain(bitmapOfSize);

/** Several bitmaps of one size. */
export function arbitraryBitmaps(count: number): fc.Arbitrary<Bitmap[]> {
  return arbitrarySize.chain((size) =>
    fc.array(bitmapOfSize(size), { minLength: count, maxLength: count }),
  );
}

function bitmapOfSize([height, width]: [number, number]): fc.Arbitrary<Bitmap> {
  const pixelCount = height * width;
  return fc
    .tuple(
      fc.integer({ min: 0, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: pixelCount, maxLength: pixelCount }),
    )
    .map(([density, values]) => ({
      height,
      width,
      pixels: Uint8Array.from(values, (value) => (value < density ? 1 : 0)),
    }));
}
