// Scrolls a grid of which only the rows around the view exist, and keeps its place when tiles change their size.

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { edges, gap, gridLayout, type Lattice, type Point, positionAt } from './grid-layout.ts';
import { elementHeight, placeAfterScroll, placeAt, type ScrollPlace } from './scroll-place.ts';
import { holdTurns } from './use-turn.ts';

interface GridScrollOptions {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  total: number;
  /** CSS pixels. */
  wantedTileWidth: number;
  tileHeight: (tileWidth: number) => number;
  /** Another list begins at its top. */
  listKey: string;
}

/** A point of a tile that stays where it is in the view while tiles change their size. */
interface Anchor {
  position: number;
  /** Of the height of its row: 0 is the top. */
  part: number;
  /** Pixels from the top of the view. */
  viewY: number;
}

/** Screens that exist beyond the view: pictures are there before they are seen. */
const overscan = { ahead: 2, behind: 0.5 };

/** After a jump, the time for which only what is in view exists: until its pictures have come, nothing beyond them is drawn or fetched. */
const landingMs = 300;

/** Faster than anybody looks at objects. Pixels a millisecond. */
const hurriedSpeed = 3;

export function useGridScroll(options: GridScrollOptions) {
  const { scroller, content, total, wantedTileWidth, tileHeight, listKey } = options;
  const [view, setView] = useState({ width: 0, height: 0 });
  const { columns, tileWidth, rowCount } = gridLayout(view.width, wantedTileWidth, total);
  const height = tileHeight(tileWidth);
  const pitchY = height + gap;
  const lattice: Lattice = { columns, total, pitchX: tileWidth + gap, pitchY };
  const space = {
    contentHeight: edges.top + rowCount * pitchY + edges.bottom,
    viewHeight: view.height,
  };

  /** Where the scroller is now; a render is needed only when other rows come into reach. */
  const live = useRef<ScrollPlace>({ top: 0, scrollTop: 0 });
  const [shown, setShown] = useState(live.current);
  const rowsBetween = (top: number, bottom: number) => {
    const last = Math.min(rowCount - 1, Math.floor(bottom / pitchY));
    return { first: Math.max(0, Math.min(Math.floor(top / pitchY), last)), last };
  };
  const direction = useRef<1 | -1>(1);
  const lastScroll = useRef(0);
  const rowsAround = (top: number) => {
    const [above, below] =
      direction.current === 1
        ? [overscan.behind, overscan.ahead]
        : [overscan.ahead, overscan.behind];
    return rowsBetween(top - above * view.height, top + (1 + below) * view.height);
  };
  const [isLanding, setIsLanding] = useState(false);
  const seenRows = rowsBetween(shown.top, shown.top + view.height);
  const rows = isLanding ? seenRows : rowsAround(shown.top);
  useEffect(() => {
    if (!isLanding) return;
    const landed = setTimeout(() => setIsLanding(false), landingMs);
    return () => clearTimeout(landed);
  }, [isLanding]);
  const shift = shown.top - shown.scrollTop;

  useLayoutEffect(() => {
    const measure = () => {
      const [width, viewHeight] = [content.current!.clientWidth, scroller.current!.clientHeight];
      setView((old) =>
        old.width === width && old.height === viewHeight ? old : { width, height: viewHeight },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, [scroller, content]);

  const moveTo = (top: number): void => {
    const place = placeAt(top, space);
    scroller.current!.scrollTop = place.scrollTop;
    // Browsers round; what they made of it tells their own scroll events from people's.
    live.current = { top: place.top, scrollTop: scroller.current!.scrollTop };
    setShown(live.current);
  };

  const anchor = useRef<Anchor | null>(null);
  const before = useRef({ columns, pitchY });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another layout moves the grid
  useLayoutEffect(() => {
    const old = before.current;
    before.current = { columns, pitchY };
    if (old.columns === columns && old.pitchY === pitchY) return;
    anchor.current ??= topAnchor(live.current.top, old);
    const { position, part, viewY } = anchor.current;
    moveTo(edges.top + (Math.floor(position / columns) + part) * pitchY - viewY);
  }, [columns, pitchY]);

  const isFirstList = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list goes back to the top
  useEffect(() => {
    if (!isFirstList.current) moveTo(0);
    isFirstList.current = false;
  }, [listKey]);

  return {
    lattice,
    /** Those that exist. */
    rows,
    /** Those that are in view. */
    seenRows,
    /** Of a tile, CSS pixels. */
    tileSize: { width: tileWidth, height },
    /** Of the element that scrolls. */
    elementHeight: elementHeight(space),
    /** What a row's place in the content lacks to its place in the element. */
    shift,
    isMeasured: view.width > 0,
    rowsPerPage: Math.max(1, Math.floor(view.height / pitchY)),
    onScroll: () => {
      const { scrollTop } = scroller.current!;
      if (Math.abs(scrollTop - live.current.scrollTop) < 0.5) return;
      const place = placeAfterScroll(live.current, scrollTop, space);
      if (place.scrollTop !== scrollTop) scroller.current!.scrollTop = place.scrollTop;
      const now = performance.now();
      const moved = place.top - live.current.top;
      if (Math.abs(moved) > hurriedSpeed * (now - lastScroll.current)) holdTurns();
      lastScroll.current = now;
      direction.current = moved < 0 ? -1 : 1;
      live.current = place;
      anchor.current = null;
      const next = rowsAround(place.top);
      const isShown = next.first === rows.first && next.last === rows.last;
      if (isShown && Math.abs(place.top - place.scrollTop - shift) < 0.5) return;
      // Before the browser paints the scrolled view.
      flushSync(() => {
        setShown(place);
        if (Math.abs(moved) > 2 * view.height) setIsLanding(true);
      });
    },
    /** In a content that is too tall for an element the scroll bar falls behind: it catches up at rest. */
    onScrollEnd: () => {
      if (space.contentHeight > elementHeight(space)) moveTo(live.current.top);
    },
    /** A point of the window as a point of the content. */
    contentPoint: (clientX: number, clientY: number): Point => {
      const { left } = content.current!.getBoundingClientRect();
      const { top } = scroller.current!.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top + live.current.top };
    },
    /** Scrolls no further than needed. The tile is there when this returns. */
    show: (position: number): void => {
      const top = edges.top + Math.floor(position / columns) * pitchY;
      if (top < live.current.top) flushSync(() => moveTo(top - edges.top));
      else if (top + pitchY > live.current.top + view.height) {
        flushSync(() => moveTo(top + pitchY - view.height));
      }
    },
    scrollBy: (pixels: number): void => moveTo(live.current.top + pixels),
    /** Of the next change of the tiles' size, this point of the content stays in place. */
    holdAt: (point: Point): void => {
      if (anchor.current !== null) return;
      const position = positionAt(point, lattice);
      if (position === null) return;
      const rowTop = edges.top + Math.floor(position / columns) * pitchY;
      const part = (point.y - rowTop) / pitchY;
      anchor.current = { position, part, viewY: point.y - live.current.top };
    },
    letGo: (): void => {
      anchor.current = null;
    },
  };
}

/** The tile at the top of the view; at the very top it is the first one. */
function topAnchor(top: number, { columns, pitchY }: { columns: number; pitchY: number }): Anchor {
  const row = Math.max(0, Math.round((top - edges.top) / pitchY));
  return { position: row * columns, part: 0, viewY: edges.top + row * pitchY - top };
}
