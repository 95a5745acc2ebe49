// A grid of any length of which only what is near the view exists. Mouse, fingers and keys on its tiles are heard here,
// so that a tile is nothing but what it shows.

import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../../shell/actions.ts';
import { type Cells, edges, gap, isWithin, movedFocus } from './grid-layout.ts';
import type { GridFocus } from './list-source.ts';
import { InViewContext } from './TilePicture.tsx';
import { useGridScroll } from './use-grid-scroll.ts';
import { useLongPress } from './use-long-press.ts';
import { useRubberBand } from './use-rubber-band.ts';
import type { VisibleRange } from './use-windows.ts';
import './grid.css';

export interface TilePlace {
  position: number;
  width: number;
  height: number;
  isFocused: boolean;
  /** Whether a rectangle that is being drawn takes the tile; null where it stays as it is. */
  isBanded: boolean | null;
}

/** What a view does to its grid from outside. */
export interface GridHandle extends GridFocus {
  /** Scrolls no further than needed. */
  focus: (position: number) => void;
}

/** Buttons of a tile that do something to it. */
export type TileButton = 'accept' | 'reject';

interface VirtualGridProps {
  handle?: Ref<GridHandle>;
  label: string;
  total: number;
  wantedTileWidth: number;
  /** Height of a tile of a width, CSS pixels. */
  tileHeight: (tileWidth: number) => number;
  renderTile: (place: TilePlace) => ReactNode;
  onSee: (range: VisibleRange) => void;
  /** To be looked at. */
  onOpen: (position: number) => void;
  /** To be worked on. */
  onEdit: (position: number) => void;
  onClick: (position: number, event: MouseEvent) => void;
  onFocus?: (position: number) => void;
  onButton?: (position: number, button: TileButton) => void;
  /** The checkbox, the space bar, a long press. */
  onToggle: (position: number) => void;
  /** Shift with an arrow. @param from where the focus was */
  onExtend: (position: number, from: number) => void;
  /** A rectangle was drawn around tiles, or around none. */
  onBand: (cells: Cells | null, columns: number, isAdding: boolean) => void;
  /** Ctrl with the wheel, or two fingers on a touchpad. */
  onZoom: (factor: number) => void;
  /** Whether something is chosen. */
  isChoosing: boolean;
  /** Scrolls back to the top when it changes. */
  listKey: string;
  /** A tile to show and to focus, each time it is another one. */
  shownPosition: number | null;
}

/** How much a notch of the wheel (100 pixels) zooms: about a column more or less. */
const zoomPerPixel = 0.0018;

const tileOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-position]') : null;
const positionOf = (target: EventTarget | null): number | null => {
  const text = tileOf(target)?.dataset.position;
  return text === undefined ? null : Number(text);
};
/** `check`, `open`, `accept` or `reject` for the buttons of a tile. */
const partOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-part]')?.dataset.part : undefined;

export function VirtualGrid(props: VirtualGridProps) {
  const { total, wantedTileWidth, tileHeight, renderTile, onSee, shownPosition, listKey } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  const grid = useGridScroll({ scroller, content, total, wantedTileWidth, tileHeight, listKey });
  const { columns } = grid.lattice;
  const {
    band,
    endsBand,
    handlers: bandHandlers,
  } = useRubberBand({
    scroller,
    lattice: grid.lattice,
    contentPoint: grid.contentPoint,
    scrollBy: grid.scrollBy,
    onChoose: (cells, isAdding) => props.onBand(cells, columns, isAdding),
  });
  const longPress = useLongPress((target) => {
    const position = positionOf(target);
    if (position !== null) props.onToggle(position);
  });

  const first = grid.seenRows.first * columns;
  const last = Math.min(total - 1, (grid.seenRows.last + 1) * columns - 1);
  const inView = useRef({ first, last });
  // Read by tiles while they come into being, which is in this very render.
  inView.current = { first, last };
  const isInView = useCallback(
    (position: number) => position >= inView.current.first && position <= inView.current.last,
    [],
  );
  useEffect(() => {
    if (grid.isMeasured) onSee({ first, last: Math.max(first, last) });
  }, [first, last, onSee, grid.isMeasured]);

  const tileElement = (position: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-position="${position}"]`);
  const focus = (position: number) => {
    setFocused(position);
    props.onFocus?.(position);
    grid.show(position);
    tileElement(position)?.focus({ preventScroll: true });
  };
  useImperativeHandle(props.handle, () => ({
    focused: () => Math.max(0, Math.min(focused, total - 1)),
    focus,
    move: (position) => {
      setFocused(position);
      if (!scroller.current?.contains(document.activeElement)) return;
      // The tile is drawn at its new place first.
      requestAnimationFrame(() => tileElement(position)?.focus({ preventScroll: true }));
    },
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list begins at its first tile
  useEffect(() => setFocused(0), [listKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another position is shown
  useEffect(() => {
    if (shownPosition === null || shownPosition >= total) return;
    // Outside of React's own work, so that the tile can be made at once.
    const frame = requestAnimationFrame(() => focus(shownPosition));
    return () => cancelAnimationFrame(frame);
  }, [shownPosition]);

  const zoom = useRef((_: WheelEvent) => {});
  useEffect(() => {
    zoom.current = (event) => {
      grid.holdAt(grid.contentPoint(event.clientX, event.clientY));
      props.onZoom(Math.exp(-event.deltaY * zoomPerPixel));
    };
  });
  // React listens to the wheel passively: the browser would zoom the whole page.
  useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom.current(event);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const group = t('grid.group');
  const takeFocus = () => focus(Math.min(focused, total - 1));
  // The grid runs these itself once it has the focus; from elsewhere they lead into it.
  const keys = {
    move: ['ArrowDown', 'ArrowRight'],
    edit: ['Enter', 'e'],
    open: ['v'],
    toggle: [' '],
    extend: ['shift+ArrowRight', 'shift+ArrowDown'],
  } as const;
  useActions(
    (['move', 'edit', 'open', 'toggle', 'extend'] as const).map((name) => ({
      id: `grid-${name}`,
      label: t(`grid.${name}`),
      group,
      keys: keys[name],
      run: takeFocus,
      isKeyOnly: true,
    })),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (positionOf(event.target) === null) return;
    const { rowsPerPage } = grid;
    const moved = movedFocus(event.key, focused, { columns, total, rowsPerPage });
    if (moved !== null) {
      if (event.shiftKey) props.onExtend(moved, focused);
      focus(moved);
    } else if (event.key === 'Enter' || event.key === 'e') props.onEdit(focused);
    else if (event.key === 'v') props.onOpen(focused);
    else if (event.key === ' ') props.onToggle(focused);
    else return;
    event.preventDefault();
  };

  const both =
    (name: 'onPointerDown' | 'onPointerMove') =>
    (event: PointerEvent): void => {
      longPress.handlers[name](event);
      bandHandlers[name](event);
      if (name === 'onPointerMove') grid.letGo();
    };

  const isBanded = (position: number): boolean | null => {
    if (band === null) return null;
    const isInside = band.cells !== null && isWithin(band.cells, position, columns);
    return band.isAdding && !isInside ? null : isInside;
  };
  const rows = Array.from(
    { length: grid.rows.last - grid.rows.first + 1 },
    (_, index) => grid.rows.first + index,
  );
  return (
    <div
      ref={scroller}
      className="grid-scroller"
      data-choosing={props.isChoosing || undefined}
      role="listbox"
      tabIndex={-1}
      aria-label={props.label}
      aria-multiselectable
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const position = positionOf(event.target);
        if (longPress.endsLongPress() || endsBand()) return;
        if (position === null) {
          props.onBand(null, columns, event.shiftKey || event.ctrlKey || event.metaKey);
          return;
        }
        const part = partOf(event.target);
        if (part === 'check' && !event.shiftKey) props.onToggle(position);
        else if (part === 'open') props.onOpen(position);
        else if (part === 'accept' || part === 'reject') props.onButton?.(position, part);
        else props.onClick(position, event);
      }}
      onDoubleClick={(event) => {
        const position = positionOf(event.target);
        if (position !== null && partOf(event.target) === undefined) props.onEdit(position);
      }}
      onFocus={({ target }) => {
        const position = positionOf(target);
        if (position === null) return;
        setFocused(position);
        props.onFocus?.(position);
      }}
      onScroll={grid.onScroll}
      onScrollEnd={grid.onScrollEnd}
      onPointerDown={both('onPointerDown')}
      onPointerMove={both('onPointerMove')}
      onPointerUp={() => {
        longPress.handlers.onPointerUp();
        bandHandlers.onPointerUp();
      }}
      onPointerCancel={() => {
        longPress.handlers.onPointerCancel();
        bandHandlers.onPointerCancel();
      }}
      onContextMenu={(event) => {
        // A long press chooses; the browser's menu would lie over it.
        if ((event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') {
          event.preventDefault();
        }
      }}
    >
      <div ref={content} className="grid-content" style={{ height: grid.elementHeight }}>
        <InViewContext value={isInView}>
          {grid.isMeasured &&
            rows.map((row) => (
              <div
                key={row}
                className="grid-row"
                role="presentation"
                style={{
                  transform: `translateY(${edges.top + row * grid.lattice.pitchY - grid.shift}px)`,
                  height: grid.tileSize.height,
                  gap,
                }}
              >
                {Array.from({ length: Math.min(columns, total - row * columns) }, (_, column) => {
                  const position = row * columns + column;
                  return renderTile({
                    position,
                    ...grid.tileSize,
                    isFocused: position === Math.min(focused, total - 1),
                    isBanded: isBanded(position),
                  });
                })}
              </div>
            ))}
        </InViewContext>
        {band !== null && (
          <div
            className="rubber-band"
            style={{
              left: Math.min(band.from.x, band.to.x),
              top: Math.min(band.from.y, band.to.y) - grid.shift,
              width: Math.abs(band.to.x - band.from.x),
              height: Math.abs(band.to.y - band.from.y),
            }}
          />
        )}
      </div>
    </div>
  );
}
