// The grid of a list of tiles in all its states: on its way, failed, empty, filled.

import { type MouseEvent, type ReactNode, type Ref, useCallback } from 'react';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { useDisplayPreferences } from '../../shell/preferences.ts';
import { useChanges } from '../acting/changes-store.ts';
import { FileNames } from '../FileName.tsx';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';
import { isSelected } from '../selection/selection.ts';
import { GridDatasetContext } from './TileOverlay.tsx';
import { clampedTileWidth } from './tile-width.ts';
import type { TileList } from './use-tile-list.ts';
import { useTouchHint } from './use-touch-hint.ts';
import { type GridHandle, type TileButton, VirtualGrid } from './VirtualGrid.tsx';

interface TileGridProps<Item> {
  label: string;
  list: TileList<Item>;
  style: OverlayStyle;
  /** What stands here when the list is empty. */
  empty: ReactNode;
  onOpen: (position: number) => void;
  onEdit: (position: number) => void;
  /** A tile to show and to focus, when it changes. */
  shownPosition?: number | null;
  handle?: Ref<GridHandle>;
  onFocus?: (position: number) => void;
  onButton?: (position: number, button: TileButton) => void;
}

/** Places that stand for tiles before the first answer tells how many there are. */
const expectedTiles = 60;

export function TileGrid<Item>(props: TileGridProps<Item>) {
  const { label, list, style, empty, onOpen, onEdit, shownPosition = null } = props;
  const { kind, datasetId, windows, listKey, selection, count, choose } = list;
  const changes = useChanges(datasetId);
  const [{ tileWidth, isOverlayShown }, change] = useDisplayPreferences();
  const { total, isFirstLoading, error, refetch, itemAt, see } = windows;
  const hasChosen = count > 0;
  const click = useCallback(
    (position: number, event: MouseEvent) => {
      // A finger has no modifiers: it opens, or goes on choosing where something is chosen.
      const isTouch = (event.nativeEvent as PointerEvent).pointerType === 'touch';
      if (!isTouch) choose.click(position, event);
      else if (hasChosen) choose.toggle(position);
      else onOpen(position);
    },
    [choose.click, choose.toggle, hasChosen, onOpen],
  );
  useTouchHint(total !== undefined && total > 0);
  if (error !== null && total === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (total === 0 && !isFirstLoading) return empty;
  const shownTotal = total ?? expectedTiles;
  const { fileNameOf } = kind;
  return (
    <GridDatasetContext value={datasetId}>
      <FileNames of={fileNameOf === undefined ? [] : windows.nearItems.map(fileNameOf)}>
        <VirtualGrid
          handle={props.handle}
          label={label}
          total={shownTotal}
          wantedTileWidth={Math.round(tileWidth * kind.widthShare)}
          tileHeight={kind.heightOf}
          listKey={listKey}
          isChoosing={hasChosen}
          shownPosition={shownPosition}
          onSee={see}
          onFocus={props.onFocus}
          onButton={props.onButton}
          onOpen={onOpen}
          onEdit={onEdit}
          onClick={click}
          onToggle={choose.toggle}
          onExtend={choose.extend}
          onBand={choose.band}
          onZoom={(factor) => change({ tileWidth: clampedTileWidth(tileWidth * factor) })}
          renderTile={({ isBanded, ...place }) => {
            const item = itemAt(place.position);
            const isChosen = item !== undefined && isSelected(selection, kind.idOf(item));
            return (
              <kind.Tile
                key={place.position}
                {...place}
                item={item}
                total={shownTotal}
                isSelected={isBanded ?? isChosen}
                style={style}
                isOverlayShown={isOverlayShown}
                change={item === undefined ? undefined : changes.get(kind.imageIdOf(item))}
              />
            );
          }}
        />
      </FileNames>
    </GridDatasetContext>
  );
}
