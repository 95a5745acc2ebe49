// The objects of a tile, drawn when there is time. Those of an image are fetched then, too.

import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { overlaysQuery, type View } from '../../server/queries.ts';
import { OverlayCanvas, type OverlayCanvasProps } from '../overlay/OverlayCanvas.tsx';
import { useTurn } from './use-turn.ts';

/** The list that a grid shows. */
export interface GridList {
  datasetId: number;
  view: View;
  trash: 'no' | 'only';
}

export const GridListContext = createContext<GridList | null>(null);

/** Objects that are known. */
export const TileOverlay = (props: OverlayCanvasProps) =>
  useTurn() ? <OverlayCanvas {...props} /> : null;

type ImageOverlayProps = Omit<OverlayCanvasProps, 'overlays'> & {
  imageId: number;
  /** In the list of the grid. */
  position: number;
};

/** The objects of an image. */
export const ImageOverlay = (props: ImageOverlayProps) =>
  useTurn() ? <FetchedOverlay {...props} /> : null;

function FetchedOverlay({ imageId, position, ...canvas }: ImageOverlayProps) {
  const { datasetId, view, trash } = useContext(GridListContext)!;
  const { data: image } = useQuery(overlaysQuery(datasetId, view, position, trash));
  // Until the list has come anew after a change, another image may stand at the position.
  return image?.id === imageId ? <OverlayCanvas {...canvas} overlays={image.overlays} /> : null;
}
