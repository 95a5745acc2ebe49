import type { ObjectId } from '../../document/object-map.ts';
import type { ImagePoint } from '../../geometry/point.ts';
import type { TiledMask } from '../../mask/tiled-mask.ts';

/** Brush and eraser differ in nothing but this. */
export type BrushMode = 'paint' | 'erase';

export interface BrushIdle {
  readonly name: 'brush.idle';
  readonly mode: BrushMode;
}

export interface BrushPainting {
  readonly name: 'brush.painting';
  readonly mode: BrushMode;
  /** The object under the brush; null for one to be made. */
  readonly target: ObjectId | null;
  readonly tiles: TiledMask;
  readonly last: ImagePoint;
}

export type BrushState = BrushIdle | BrushPainting;

export const brushIdle = (mode: BrushMode): BrushIdle => ({ name: 'brush.idle', mode });
