// The objects of a tile, drawn when there is time. Those of an image are fetched then, too.

import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { createContext, useContext, useMemo } from 'react';
import { tileQuery } from '../../server/grid-tiles.ts';
import { changedObjects, type ImageChange } from '../acting/changes.ts';
import { useFocusedObject } from '../acting/focused-object.ts';
import { OverlayCanvas, type OverlayCanvasProps } from '../overlay/OverlayCanvas.tsx';
import { TileWords } from './TileWords.tsx';
import { useTurn } from './use-turn.ts';

/** The dataset whose tiles a grid shows. */
export const GridDatasetContext = createContext<number>(0);

/** Objects that are known. */
export const TileOverlay = (props: OverlayCanvasProps) =>
  useTurn() ? <OverlayCanvas {...props} /> : null;

type ImageOverlayProps = Omit<OverlayCanvasProps, 'overlays'> & {
  imageId: number;
  change: ImageChange | undefined;
};

/** The objects of an image. */
export const ImageOverlay = (props: ImageOverlayProps) =>
  useTurn() ? <FetchedOverlay {...props} /> : null;

function FetchedOverlay({ imageId, change, style, ...canvas }: ImageOverlayProps) {
  const datasetId = useContext(GridDatasetContext);
  const { data: tile } = useQuery(tileQuery(datasetId, imageId));
  // A tile is drawn anew only where this changes, not with every picture that is opened.
  const isByDoubt = useSearch({ strict: false, select: ({ sort }) => sort === '-doubt' });
  const focusedId = useFocusedObject(imageId);
  const overlays = useMemo(
    () => (tile ? changedObjects(tile.overlays, change) : undefined),
    [tile, change],
  );
  const ownStyle = useMemo(
    () =>
      focusedId === null
        ? style
        : {
            ...style,
            highlightedId: focusedId,
            isLabelled: ({ id }: { id?: number }) => id === focusedId,
          },
    [style, focusedId],
  );
  if (overlays === undefined) return null;
  return (
    <>
      <OverlayCanvas {...canvas} overlays={overlays} style={ownStyle} />
      <TileWords overlays={overlays} doubts={isByDoubt ? tile?.doubts : undefined} style={style} />
    </>
  );
}
