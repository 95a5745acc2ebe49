import { OverlayCanvas, type OverlayCanvasProps } from '../overlay/OverlayCanvas.tsx';
import { useTurn } from './use-turn.ts';

/** The objects of a tile, drawn when there is time. */
export const TileOverlay = (props: OverlayCanvasProps) =>
  useTurn() ? <OverlayCanvas {...props} /> : null;
