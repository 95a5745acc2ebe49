import type { ScreenPoint } from '../../geometry/point.ts';

export type PanIdle = { readonly name: 'pan.idle' };

export interface PanDragging {
  readonly name: 'pan.dragging';
  readonly last: ScreenPoint;
}

export type PanState = PanIdle | PanDragging;

export const panIdle: PanIdle = { name: 'pan.idle' };
