// Where the map lies on the screen, and what of it a pointer means. Pure; the map's side is 1.

export interface MapPlace {
  /** Of the map, CSS pixels. */
  readonly side: number;
  /** Of its upper left corner, CSS pixels from that of the canvas. */
  readonly left: number;
  readonly top: number;
}

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/** On the map, each from 0 to 1. */
export type MapPoint = readonly [x: number, y: number];

/** Ten-thousandths of the map's side, as the server tells them. */
export interface MapPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export const unitsPerSide = 10_000;
const margin = 24;
const greatestSide = 200_000;
const leastSide = 80;

/** All of it, in the middle. */
export function fittedPlace({ width, height }: CanvasSize): MapPlace {
  const side = Math.max(leastSide, Math.min(width, height) - 2 * margin);
  return { side, left: (width - side) / 2, top: (height - side) / 2 };
}

/** Larger or smaller, with what lies under `at` staying there. */
export function zoomedPlace(place: MapPlace, factor: number, at: ScreenPoint): MapPlace {
  const side = Math.max(leastSide, Math.min(greatestSide, place.side * factor));
  const real = side / place.side;
  return {
    side,
    left: at.x - (at.x - place.left) * real,
    top: at.y - (at.y - place.top) * real,
  };
}

export const movedPlace = (place: MapPlace, dx: number, dy: number): MapPlace => ({
  ...place,
  left: place.left + dx,
  top: place.top + dy,
});

export const mapFromScreen = ({ side, left, top }: MapPlace, { x, y }: ScreenPoint): MapPoint => [
  (x - left) / side,
  (y - top) / side,
];

/** The point nearest to a place on the screen, at most so many CSS pixels away; −1 where there is none. */
export function nearestPoint(
  { x, y }: MapPoints,
  place: MapPlace,
  at: ScreenPoint,
  reach: number,
): number {
  const scale = place.side / unitsPerSide;
  let best = -1;
  let least = reach * reach;
  for (let i = 0; i < x.length; i++) {
    const dx = place.left + x[i] * scale - at.x;
    const dy = place.top + y[i] * scale - at.y;
    const square = dx * dx + dy * dy;
    if (square > least) continue;
    least = square;
    best = i;
  }
  return best;
}

/** More corners than this say nothing more, and make a long query. */
const mostCorners = 40;

/**
 * The query part for what lies within a line that was drawn around it; null for a line that holds nothing.
 *
 * @example
 * lassoPart([[0.1, 0.2], [0.4, 0.2], [0.3, 0.5]]); // 'within:"0.1 0.2;0.4 0.2;0.3 0.5"'
 */
export function lassoPart(line: readonly MapPoint[]): string | null {
  const every = Math.max(1, line.length / mostCorners);
  const count = Math.min(line.length, mostCorners);
  const corners = Array.from({ length: count }, (_, i) => line[Math.floor(i * every)]);
  if (corners.length < 3 || areaOf(corners) < 1e-6) return null;
  const rounded = (value: number) => String(Math.round(value * 1e4) / 1e4);
  return `within:"${corners.map(([x, y]) => `${rounded(x)} ${rounded(y)}`).join(';')}"`;
}

function areaOf(corners: readonly MapPoint[]): number {
  let sum = 0;
  for (const [i, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(i + 1) % corners.length];
    sum += x * nextY - nextX * y;
  }
  return Math.abs(sum) / 2;
}
