// The picture as the canvas draws it. What has not come yet is drawn coarsely from what has.

import type { Size } from '@migaki/annotator';
import type { CanvasPlace } from '../canvas/canvas-place.ts';

export type PictureState = 'coming' | 'there' | 'failed';

export interface PictureImage {
  /** Draws on a clear canvas. */
  draw(context: CanvasRenderingContext2D, place: CanvasPlace): void;
  readonly state: PictureState;
  /** As it came; null before that. */
  readonly size: Size | null;
  stop(): void;
}

/** From twice its size on, single pixels are what people look at. */
export function setSmoothing(
  context: CanvasRenderingContext2D,
  { view, ratio }: CanvasPlace,
): void {
  context.imageSmoothingEnabled = view.scale * ratio < 2;
}
