// How numbers of a run went, and what may be done to them before they are drawn. Pure.

export interface CurvePoint {
  step: number;
  /** With a fraction; null where the run does not count epochs. */
  epoch: number | null;
  /** Since the run began. */
  seconds: number;
  value: number;
}

export interface Curve {
  /** As people read it, and what tells it from the others of its chart. */
  name: string;
  points: readonly CurvePoint[];
  color: string;
  /** Beside colour a sign of its own: training is dashed where validation is there too. */
  isDashed?: boolean;
  /** Few points that matter one by one, such as validations. */
  hasMarks?: boolean;
}

export const curveAxes = ['step', 'epoch', 'seconds'] as const;
export type CurveAxis = (typeof curveAxes)[number];

/** Colours that stay apart for those who see fewer (after Okabe and Ito), readable on light and on dark. */
export const curveColors = [
  '#5376ea',
  '#e08a1e',
  '#17a285',
  '#c65fa4',
  '#4fb0e0',
  '#d0532f',
  '#8f7be0',
  '#a39a2c',
  '#8a8f98',
  '#2f8f4e',
] as const;

export const curveColor = (index: number): string => curveColors[index % curveColors.length];

/**
 * A mean that forgets: each value counts `strength` times as much as the one after it. The first ones are not drawn towards
 * zero (Kingma and Ba's correction), and what is no number leaves a gap.
 *
 * @param strength from 0 (as it is) up to and without 1
 * @example
 * smoothed([0, 1], 0.5); // [0, 0.666…]
 */
export function smoothed(values: readonly number[], strength: number): number[] {
  if (strength <= 0) return [...values];
  let [sum, weight] = [0, 0];
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    sum = sum * strength + value * (1 - strength);
    weight = weight * strength + (1 - strength);
    return sum / weight;
  });
}

/** A curve as pairs to be drawn; what an axis of logarithms cannot hold is left out. */
export function pairsOf(
  points: readonly CurvePoint[],
  axis: CurveAxis,
  { strength = 0, isLog = false }: { strength?: number; isLog?: boolean } = {},
): [at: number, value: number][] {
  const values = smoothed(
    points.map(({ value }) => value),
    strength,
  );
  return points.flatMap((point, index) => {
    const [at, value] = [point[axis], values[index]];
    const isDrawn = at !== null && Number.isFinite(value) && (!isLog || value > 0);
    return isDrawn ? [[at, value] satisfies [number, number]] : [];
  });
}

/** The greatest or the least value and where it was; null of no values. */
export function bestOf(points: readonly CurvePoint[], isMoreBetter: boolean): CurvePoint | null {
  return points
    .filter(({ value }) => Number.isFinite(value))
    .reduce<CurvePoint | null>(
      (best, point) =>
        best === null || (isMoreBetter ? point.value > best.value : point.value < best.value)
          ? point
          : best,
      null,
    );
}
