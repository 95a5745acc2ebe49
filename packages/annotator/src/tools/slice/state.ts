import type { ImagePoint } from '../../geometry/point.ts';

export type SliceIdle = { readonly name: 'slice.idle' };

/** A line is being drawn across the selected object. */
export interface SliceDragging {
  readonly name: 'slice.dragging';
  readonly start: ImagePoint;
  readonly end: ImagePoint;
}

export type SliceState = SliceIdle | SliceDragging;

export const sliceIdle: SliceIdle = { name: 'slice.idle' };
