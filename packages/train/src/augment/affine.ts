// Affine maps of the plane: [x, y] ↦ [a·x + b·y + c, d·x + e·y + f].

export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Affine = [1, 0, 0, 0, 1, 0];
export const translation = (x: number, y: number): Affine => [1, 0, x, 0, 1, y];
export const scaling = (x: number, y: number = x): Affine => [x, 0, 0, 0, y, 0];
export const shearing = (x: number, y: number): Affine => [1, x, 0, y, 1, 0];

/** Clockwise on a screen, where y goes down. */
export function rotation(radians: number): Affine {
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  return [cosine, -sine, 0, sine, cosine, 0];
}

/** The map that does the first one first. */
export const inOrder = (...maps: readonly Affine[]): Affine =>
  maps.reduce(
    ([a, b, c, d, e, f], [p, q, r, s, t, u]): Affine => [
      p * a + q * d,
      p * b + q * e,
      p * c + q * f + r,
      s * a + t * d,
      s * b + t * e,
      s * c + t * f + u,
    ],
    identity,
  );

/** The map back. Its determinant must not be 0. */
export function inverseOf([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * e - b * d;
  const [p, q, s, t] = [e, -b, -d, a].map((value) => value / determinant);
  return [p, q, -(p * c + q * f), s, t, -(s * c + t * f)];
}

export const applied = ([a, b, c, d, e, f]: Affine, x: number, y: number): [number, number] => [
  a * x + b * y + c,
  d * x + e * y + f,
];

/** Whether left and right become what they are in a mirror. */
export const isMirrored = ([a, b, , d, e]: Affine): boolean => a * e - b * d < 0;
/** Whether upright boxes stay upright. */
export const keepsBoxes = ([a, b, , d, e]: Affine): boolean =>
  (b === 0 && d === 0) || (a === 0 && e === 0);
