import type { ImagePoint } from '../../geometry/point.ts';

export type RotatedBoxIdle = { readonly name: 'rotated-box.idle' };

/** The first edge, from `a` to wherever the pointer is. */
export interface RotatedBoxEdge {
  readonly name: 'rotated-box.edge';
  readonly a: ImagePoint;
  readonly b: ImagePoint;
}

/** The first edge stands; the pointer says how far the box reaches from it. */
export interface RotatedBoxDepth {
  readonly name: 'rotated-box.depth';
  readonly a: ImagePoint;
  readonly b: ImagePoint;
  readonly reach: ImagePoint;
}

export type RotatedBoxState = RotatedBoxIdle | RotatedBoxEdge | RotatedBoxDepth;

export const rotatedBoxIdle: RotatedBoxIdle = { name: 'rotated-box.idle' };
