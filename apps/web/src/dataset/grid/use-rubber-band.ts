// Dragging the mouse over a grid draws a rectangle that chooses the tiles it touches, as file managers do. Near an edge
// of the view the grid scrolls along. A finger scrolls instead.

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Cells, cellsBetween, type Lattice, type Point } from './grid-layout.ts';

interface RubberBandOptions {
  scroller: RefObject<HTMLDivElement | null>;
  lattice: Lattice;
  contentPoint: (clientX: number, clientY: number) => Point;
  scrollBy: (pixels: number) => void;
  /** @param isAdding Shift or Ctrl was held: what was chosen before stays so */
  onChoose: (cells: Cells | null, isAdding: boolean) => void;
}

export interface RubberBand {
  from: Point;
  to: Point;
  isAdding: boolean;
  cells: Cells | null;
}

/** Less than this is a click with an unsteady hand. CSS pixels. */
const leastDrag = 5;
const scrollZone = 36;
const scrollShare = 0.5;

interface Drag {
  pointerId: number;
  start: { clientX: number; clientY: number };
  from: Point;
  isAdding: boolean;
  pointer: { clientX: number; clientY: number };
  isBand: boolean;
}

export function useRubberBand(options: RubberBandOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const drag = useRef<Drag | null>(null);
  const [band, setBand] = useState<RubberBand | null>(null);
  const wasBand = useRef(false);

  const update = (): void => {
    const { lattice, contentPoint } = latest.current;
    if (drag.current === null) return;
    const { from, pointer, isAdding } = drag.current;
    const to = contentPoint(pointer.clientX, pointer.clientY);
    setBand({ from, to, isAdding, cells: cellsBetween(from, to, lattice) });
  };
  const end = (): void => {
    drag.current = null;
    setBand(null);
  };

  const isActive = band !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it calls reads the latest of everything
  useEffect(() => {
    if (!isActive) return;
    let frame = 0;
    const scrollAlong = () => {
      frame = requestAnimationFrame(scrollAlong);
      if (drag.current === null) return;
      const { top, bottom } = latest.current.scroller.current!.getBoundingClientRect();
      const { clientY } = drag.current.pointer;
      const beyond =
        Math.min(0, clientY - top - scrollZone) + Math.max(0, clientY - bottom + scrollZone);
      if (beyond === 0) return;
      latest.current.scrollBy(beyond * scrollShare);
      update();
    };
    frame = requestAnimationFrame(scrollAlong);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      end();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [isActive]);

  return {
    /** What is drawn and chosen so far; null while nothing is dragged. */
    band,
    /** Whether the click that comes now ends a drag, and means nothing more. */
    endsBand: (): boolean => {
      const answer = wasBand.current;
      wasBand.current = false;
      return answer;
    },
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        wasBand.current = false;
        if (event.pointerType === 'touch' || event.button !== 0) return;
        const element = latest.current.scroller.current!;
        const isOnScrollBar =
          event.clientX >= element.getBoundingClientRect().left + element.clientWidth;
        if (isOnScrollBar) return;
        const { clientX, clientY, pointerId } = event;
        drag.current = {
          pointerId,
          start: { clientX, clientY },
          pointer: { clientX, clientY },
          from: latest.current.contentPoint(clientX, clientY),
          isAdding: event.shiftKey || event.ctrlKey || event.metaKey,
          isBand: false,
        };
      },
      onPointerMove: (event: PointerEvent) => {
        const dragged = drag.current;
        if (dragged === null || dragged.pointerId !== event.pointerId) return;
        dragged.pointer = { clientX: event.clientX, clientY: event.clientY };
        if (!dragged.isBand) {
          const { clientX, clientY } = dragged.start;
          if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < leastDrag) return;
          dragged.isBand = true;
          wasBand.current = true;
          // Also beyond the edges of the grid.
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        update();
      },
      onPointerUp: () => {
        const isBand = drag.current?.isBand === true;
        if (isBand && band !== null) latest.current.onChoose(band.cells, band.isAdding);
        end();
      },
      onPointerCancel: end,
    },
  };
}
