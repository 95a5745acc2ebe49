// A layer that is mostly empty: as long as nothing is on it and nothing comes, browsers need not look at it.

import { type CanvasPlace, clear, sizeCanvas } from './canvas-place.ts';

export interface BlankableLayer {
  draw(
    place: CanvasPlace,
    hasContent: boolean,
    draw: (context: CanvasRenderingContext2D) => void,
  ): void;
}

export function createBlankableLayer(canvas: HTMLCanvasElement): BlankableLayer {
  const context = canvas.getContext('2d')!;
  canvas.hidden = true;
  return {
    draw(place, hasContent, draw) {
      if (canvas.hidden && !hasContent) return;
      canvas.hidden = !hasContent;
      if (!hasContent) return;
      sizeCanvas(canvas, place);
      clear(context, place);
      draw(context);
    },
  };
}
