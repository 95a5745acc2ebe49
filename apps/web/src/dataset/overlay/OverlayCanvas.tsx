import { memo, useLayoutEffect, useRef } from 'react';
import { type DrawnObject, drawOverlays, type OverlayStyle } from './draw-overlays.ts';
import type { Placement } from './geometry.ts';
import './overlay.css';

export interface OverlayCanvasProps {
  tileWidth: number;
  tileHeight: number;
  placement: Placement;
  overlays: readonly DrawnObject[];
  style: OverlayStyle;
}

export const OverlayCanvas = memo(function OverlayCanvas({
  tileWidth,
  tileHeight,
  placement,
  overlays,
  style,
}: OverlayCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const tile = { width: tileWidth, height: tileHeight };
    drawOverlays(canvas.current, tile, placement, overlays, style);
  }, [tileWidth, tileHeight, placement, overlays, style]);
  return (
    <canvas
      ref={canvas}
      className="overlay-canvas"
      data-highlighted={style.highlightedId ?? undefined}
      style={{ width: tileWidth, height: tileHeight }}
      aria-hidden
    />
  );
});
