import type { Rle } from '@migaki/coco';

/** Every stretch of inside pixels, column by column: pixels `top ≤ y < bottom` of column x. */
export function forEachStretch(
  { height, counts }: Rle,
  visit: (x: number, top: number, bottom: number) => void,
): void {
  let position = 0;
  for (let run = 0; run < counts.length; run++) {
    const end = position + counts[run];
    while (run % 2 === 1 && position < end) {
      const x = Math.floor(position / height);
      const bottom = Math.min(height, end - x * height);
      visit(x, position - x * height, bottom);
      position = x * height + bottom;
    }
    position = end;
  }
}
