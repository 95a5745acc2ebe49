// The boundary of a mask as closed rings along the edges between pixels, taken from the runs alone: time
// and memory grow with their number, not with the picture. Checked by rasterising the rings again.
//
// Every run of inside pixels in a column has an upper and a lower edge. Walking with the inside on the
// right hand (y points down), upper edges lead rightwards, lower edges leftwards, and between two columns
// the boundary goes up or down where just one of them is inside. Linking each edge to its successor is all
// there is to do; the rings are the cycles of these links.

import type { Polygon } from '../types.ts';
import { checkRle, type Rle } from './rle.ts';

/** One closed boundary; clockwise on the screen around the inside, counter-clockwise around a hole. */
export interface Ring {
  points: Polygon;
  /** Index of the ring around this hole; a ring that is no hole has its own. */
  outer: number;
  /**
   * Where to cut open, in the order of the points: a straight line from that point to point 0 of the ring
   * `hole` stays inside. Every hole hangs on just one ring, so the rings of an outline form a tree.
   */
  bridges: { point: number; hole: number }[];
}

/**
 * Inside pixels of one column from top to bottom, or of several equal columns that are inside entirely.
 * Run r has the edges 2r, its upper one, and 2r + 1, its lower one. Ordered by column, then downwards.
 */
interface ColumnRuns {
  count: number;
  /** First column, per run. */
  left: Uint32Array;
  /** Column after the last, per run. */
  right: Uint32Array;
  /** Per edge. */
  y: Uint32Array;
}

const none = -1;

/**
 * All rings of a mask, ordered by their leftmost column, then by the topmost edge in it. Inside pixels
 * are neighbours along edges only; where two of them touch at a corner, the rings touch there too.
 * With `withBridges` the ends of bridges become points of the rings even in the middle of a straight line.
 *
 * @throws CocoError `bad-rle` when the runs do not add up to the picture.
 */
export function traceRings(rle: Rle, withBridges: boolean): Ring[] {
  checkRle(rle);
  const runs = columnRuns(rle);
  const successors = linkEdges(runs);
  const edgeCount = 2 * runs.count;
  const ringOfEdge = new Int32Array(edgeCount).fill(none);
  const holeAtEdge = new Int32Array(edgeCount).fill(none);
  const starts: number[] = [];
  const rings: Ring[] = [];
  for (let start = 0; start < edgeCount; start++) {
    if (ringOfEdge[start] !== none) continue;
    const ring = rings.length;
    let edge = start;
    do {
      ringOfEdge[edge] = ring;
      edge = successors[edge];
    } while (edge !== start);
    // The first edge of a ring leads into it from what is around: a lower edge leads from inside into a
    // hole. The run above the hole ends at the ring around it, or at a hole further up.
    const isHole = start % 2 === 1;
    const outer = isHole ? rings[ringOfEdge[start - 1]].outer : ring;
    if (isHole && withBridges) holeAtEdge[start - 1] = ring;
    starts.push(start);
    rings.push({ points: [], outer, bridges: [] });
  }
  for (let ring = 0; ring < rings.length; ring++) {
    collectPoints(rings[ring], starts[ring], runs, successors, holeAtEdge);
  }
  return rings;
}

/** Follows one ring and notes the corners, and the bridges of `holeAtEdge`. */
function collectPoints(
  { points, bridges }: Ring,
  start: number,
  runs: ColumnRuns,
  successors: Int32Array,
  holeAtEdge: Int32Array,
): void {
  let edge = start;
  do {
    const next = successors[edge];
    const x = edge % 2 === 0 ? runs.right[edge >> 1] : runs.left[edge >> 1];
    const isCorner = runs.y[edge] !== runs.y[next];
    const hole = holeAtEdge[next];
    if (isCorner) points.push(x, runs.y[edge]);
    if (isCorner || hole !== none) points.push(x, runs.y[next]);
    if (hole !== none) bridges.push({ point: points.length / 2 - 1, hole });
    edge = next;
  } while (edge !== start);
}

function columnRuns(rle: Rle): ColumnRuns {
  const { height } = rle;
  const borders = insideBorders(rle);
  // A run down several columns has a first, a last and the columns between, which are all alike.
  const capacity = (3 * borders.length) / 2;
  const left = new Uint32Array(capacity);
  const right = new Uint32Array(capacity);
  const y = new Uint32Array(2 * capacity);
  let count = 0;
  const add = (fromColumn: number, toColumn: number, top: number, bottom: number) => {
    left[count] = fromColumn;
    right[count] = toColumn;
    y[2 * count] = top;
    y[2 * count + 1] = bottom;
    count++;
  };
  for (let border = 0; border < borders.length; border += 2) {
    const start = borders[border];
    const end = borders[border + 1];
    const top = start % height;
    const bottom = ((end - 1) % height) + 1;
    const first = (start - top) / height;
    const last = (end - bottom) / height;
    if (first === last) {
      add(first, first + 1, top, bottom);
      continue;
    }
    const firstWhole = top === 0 ? first : first + 1;
    const endWhole = bottom === height ? last + 1 : last;
    if (first < firstWhole) add(first, firstWhole, top, height);
    if (firstWhole < endWhole) add(firstWhole, endWhole, 0, height);
    if (endWhole <= last) add(last, last + 1, 0, bottom);
  }
  return { count, left, right, y };
}

/** Positions where the mask changes, an even number; runs of length zero are none. */
function insideBorders({ height, width, counts }: Rle): Float64Array {
  const borders = new Float64Array(counts.length + 1);
  let count = 0;
  let position = 0;
  for (let run = 0; run + 1 < counts.length; run++) {
    position += counts[run];
    if (count > 0 && borders[count - 1] === position) count--;
    else borders[count++] = position;
  }
  if (count % 2 === 1) {
    if (borders[count - 1] === height * width) count--;
    else borders[count++] = height * width;
  }
  return borders.subarray(0, count);
}

/** The edge that follows each edge on its ring. */
function linkEdges({ count, left, right, y }: ColumnRuns): Int32Array {
  const successors = new Int32Array(2 * count);
  let columnStart = 0;
  let previousStart = 0;
  while (columnStart < count || previousStart < columnStart) {
    // The runs of one column, and of the one before if it is next to it; past the last column, none.
    let columnEnd = columnStart;
    while (columnEnd < count && left[columnEnd] === left[columnStart]) columnEnd++;
    const isAdjacent =
      previousStart < columnStart &&
      columnStart < columnEnd &&
      right[previousStart] === left[columnStart];
    if (isAdjacent) {
      linkColumns(successors, y, 2 * previousStart, 2 * columnStart, 2 * columnEnd);
    } else {
      linkColumns(successors, y, 2 * previousStart, 2 * columnStart, 2 * columnStart);
      linkColumns(successors, y, 2 * columnStart, 2 * columnStart, 2 * columnEnd);
    }
    previousStart = columnStart;
    columnStart = columnEnd;
  }
  return successors;
}

/**
 * Links the edges that meet on the line between two columns: those from `start` to `middle` lie left of
 * it, those from `middle` to `end` right.
 */
function linkColumns(
  successors: Int32Array,
  y: Uint32Array,
  start: number,
  middle: number,
  end: number,
): void {
  let leftEdge = start;
  let rightEdge = middle;
  let open = none;
  while (leftEdge < middle || rightEdge < end) {
    const leftY = leftEdge < middle ? y[leftEdge] : Number.POSITIVE_INFINITY;
    const rightY = rightEdge < end ? y[rightEdge] : Number.POSITIVE_INFINITY;
    const isLeftUpper = leftEdge % 2 === 0;
    if (leftY === rightY && isLeftUpper === (rightEdge % 2 === 0)) {
      // Straight on; the boundary neither starts nor ends here to run along the line.
      if (isLeftUpper) successors[leftEdge] = rightEdge;
      else successors[rightEdge] = leftEdge;
      leftEdge++;
      rightEdge++;
      continue;
    }
    // Where two inside pixels touch at a corner, the run above ends before the one below begins: that
    // keeps the boundary at its own pixel.
    const isLeftNext = leftY < rightY || (leftY === rightY && !isLeftUpper);
    const edge = isLeftNext ? leftEdge++ : rightEdge++;
    if (open === none) {
      open = edge;
      continue;
    }
    // One of the two arrives at the line (an upper edge of the left, a lower one of the right column).
    const isOpenArriving = (open % 2 === 0) === open < middle;
    if (isOpenArriving) successors[open] = edge;
    else successors[edge] = open;
    open = none;
  }
}
