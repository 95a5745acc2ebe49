import type { ImagePoint } from '../../geometry/point.ts';

export type BoxIdle = { readonly name: 'box.idle' };

/** The button is held. */
export interface BoxDragging {
  readonly name: 'box.dragging';
  readonly start: ImagePoint;
  readonly end: ImagePoint;
}

/** After a click: the next click is the other corner. */
export interface BoxStretching {
  readonly name: 'box.stretching';
  readonly start: ImagePoint;
  readonly end: ImagePoint;
}

export type BoxState = BoxIdle | BoxDragging | BoxStretching;

export const boxIdle: BoxIdle = { name: 'box.idle' };
