// A grid of any length of which only what is seen exists. Focus moves by arrow keys, one tile at a time.

import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../shell/actions.ts';
import { gap, gridLayout, movedFocus } from './grid-layout.ts';
import type { VisibleRange } from './use-windows.ts';

export interface TilePlace {
  position: number;
  width: number;
  height: number;
  isFocused: boolean;
}

interface VirtualGridProps {
  label: string;
  total: number;
  wantedTileWidth: number;
  /** Height of a tile of a width, CSS pixels. */
  tileHeight: (tileWidth: number) => number;
  renderTile: (place: TilePlace) => ReactNode;
  onSee: (range: VisibleRange) => void;
  onOpen: (position: number) => void;
  /** Space, or Ctrl+Space. */
  onToggle: (position: number) => void;
  /** Shift with an arrow. */
  onExtend: (position: number) => void;
  /** The tile to bring into view, when it changes. */
  shownPosition?: number | null;
  /** Scrolls back to the top when it changes. */
  listKey: string;
}

export function VirtualGrid(props: VirtualGridProps) {
  const { total, wantedTileWidth, tileHeight, renderTile, onSee, shownPosition, listKey } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const [focused, setFocused] = useState(0);
  const { columns, tileWidth, rowCount } = gridLayout(width, wantedTileWidth, total);
  const height = tileHeight(tileWidth);
  const rowsPerPage = Math.max(
    1,
    Math.floor((scroller.current?.clientHeight ?? 0) / (height + gap)),
  );
  const rows = useVirtualizer({
    count: width === 0 ? 0 : rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + gap,
    // About a screen to each side: pictures are there before they are seen.
    overscan: Math.min(8, rowsPerPage + 1),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured again when tiles change their size
  useLayoutEffect(() => rows.measure(), [height, columns]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list begins at its top
  useEffect(() => {
    setFocused(0);
    rows.scrollToOffset(0);
  }, [listKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new position scrolls
  useEffect(() => {
    if (shownPosition == null || columns === 0) return;
    setFocused(shownPosition);
    rows.scrollToIndex(Math.floor(shownPosition / columns));
  }, [shownPosition]);

  const items = rows.getVirtualItems();
  const first = (items[0]?.index ?? 0) * columns;
  const last = Math.min(total - 1, ((items.at(-1)?.index ?? 0) + 1) * columns - 1);
  useEffect(() => onSee({ first, last: Math.max(first, last) }), [first, last, onSee]);

  const focus = (position: number) => {
    setFocused(position);
    rows.scrollToIndex(Math.floor(position / columns));
    // The tile may have to come into being first.
    requestAnimationFrame(() => {
      scroller.current
        ?.querySelector<HTMLElement>(`[data-position="${position}"]`)
        ?.focus({ preventScroll: true });
    });
  };

  const group = t('grid.group');
  const takeFocus = () => focus(Math.min(focused, total - 1));
  // The grid runs these itself once it has the focus; from elsewhere they lead into it.
  useActions([
    {
      id: 'grid-move',
      label: t('grid.move'),
      group,
      keys: ['ArrowDown', 'ArrowRight'],
      run: takeFocus,
      isKeyOnly: true,
    },
    {
      id: 'grid-open',
      label: t('grid.open'),
      group,
      keys: ['Enter'],
      run: takeFocus,
      isKeyOnly: true,
    },
    {
      id: 'grid-toggle',
      label: t('grid.toggle'),
      group,
      keys: [' '],
      run: takeFocus,
      isKeyOnly: true,
    },
    {
      id: 'grid-extend',
      label: t('grid.extend'),
      group,
      keys: ['shift+ArrowRight', 'shift+ArrowDown'],
      run: takeFocus,
      isKeyOnly: true,
    },
  ]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const isOnTile = event.target instanceof HTMLElement && 'position' in event.target.dataset;
    if (!isOnTile) return;
    const moved = movedFocus(event.key, focused, { columns, total, rowsPerPage });
    if (moved !== null) {
      if (event.shiftKey) props.onExtend(moved);
      focus(moved);
    } else if (event.key === 'Enter') props.onOpen(focused);
    else if (event.key === ' ') props.onToggle(focused);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className="grid-scroller">
      <div
        ref={measured}
        className="grid-content"
        style={{ height: rows.getTotalSize() }}
        role="listbox"
        tabIndex={-1}
        aria-label={props.label}
        aria-multiselectable
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          if ('position' in target.dataset) setFocused(Number(target.dataset.position));
        }}
      >
        {items.map((row) => (
          <div
            key={row.key}
            className="grid-row"
            role="presentation"
            style={{ transform: `translateY(${row.start}px)`, height, gap }}
          >
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
              const position = row.index * columns + column;
              return renderTile({
                position,
                width: tileWidth,
                height,
                isFocused: position === Math.min(focused, total - 1),
              });
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
