// Parts of the canvas that have to be drawn again.

/** CSS pixels of the canvas. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Touching at an edge is not meeting. */
export const meet = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const around = (a: Rectangle, b: Rectangle): Rectangle => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

export const areaOf = ({ left, top, right, bottom }: Rectangle): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

/** What may be drawn for nothing where two rectangles become one around both. */
const mostWaste = 1.3;

/**
 * The same parts by fewer rectangles: what lies close becomes one, unless the one around both is much larger, as of two
 * stripes that meet in a corner. One around all where there would be too many.
 */
export function joinRectangles(rectangles: readonly Rectangle[], most: number): Rectangle[] {
  if (rectangles.length > 8 * most) return [rectangles.reduce(around)];
  const joined: Rectangle[] = [];
  for (const each of rectangles) {
    let grown = each;
    for (let i = 0; i < joined.length; ) {
      const both = around(grown, joined[i]);
      if (areaOf(both) > mostWaste * (areaOf(grown) + areaOf(joined[i]))) {
        i++;
        continue;
      }
      grown = both;
      joined.splice(i, 1);
      // It may lie close now to what it did not before.
      i = 0;
    }
    joined.push(grown);
  }
  return joined.length > most ? [joined.reduce(around)] : joined;
}
