// The map to look at: moved, zoomed, drawn around. What moves with the pointer is drawn without React.

import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  type PointerEvent as ReactPointerEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { type DrawnPoints, drawMap } from './draw-map.ts';
import {
  fittedPlace,
  lassoPart,
  type MapPlace,
  type MapPoint,
  mapFromScreen,
  movedPlace,
  nearestPoint,
  type ScreenPoint,
  zoomedPlace,
} from './map-place.ts';

export type MapTool = 'lasso' | 'pan';

export interface MapHandle {
  zoom(factor: number): void;
  move(dx: number, dy: number): void;
  fit(): void;
}

/** A point under the pointer. */
export interface Hovered extends ScreenPoint {
  readonly index: number;
  /** Whether there is little room at its right, and below it. */
  readonly isRight: boolean;
  readonly isLow: boolean;
}

interface MapCanvasProps {
  ref: Ref<MapHandle>;
  label: string;
  points: DrawnPoints;
  tool: MapTool;
  onHover: (hovered: Hovered | null) => void;
  onOpen: (index: number) => void;
  /** A part of a query. */
  onLasso: (part: string) => void;
}

/** CSS pixels. */
const reach = 12;
const leastDrag = 4;
/** That a picture beside the pointer takes. */
const room = 210;

type Gesture =
  | { kind: 'pan'; last: ScreenPoint; moved: number }
  | { kind: 'lasso'; line: ScreenPoint[]; moved: number }
  | { kind: 'pinch'; distance: number; middle: ScreenPoint };

export function MapCanvas({ ref, label, points, tool, onHover, onOpen, onLasso }: MapCanvasProps) {
  const { ref: frame, width, height } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ground = useComputedColorScheme('light');
  const place = useRef<MapPlace | null>(null);
  const gesture = useRef<Gesture | null>(null);
  const pointers = useRef(new Map<number, ScreenPoint>());
  const [line, setLine] = useState<readonly ScreenPoint[]>([]);

  const draw = () => {
    if (canvas.current === null || width === 0) return;
    place.current ??= fittedPlace({ width, height });
    drawMap(canvas.current, { width, height }, points, place.current, ground);
  };
  const frameId = useRef(0);
  const drawSoon = () => {
    cancelAnimationFrame(frameId.current);
    frameId.current = requestAnimationFrame(draw);
  };
  useEffect(() => {
    draw();
    return () => cancelAnimationFrame(frameId.current);
  });

  const goTo = (next: MapPlace | null) => {
    place.current = next;
    onHover(null);
    drawSoon();
  };
  const current = (): MapPlace => place.current ?? fittedPlace({ width, height });
  useImperativeHandle(ref, () => ({
    zoom: (factor) => goTo(zoomedPlace(current(), factor, { x: width / 2, y: height / 2 })),
    move: (dx, dy) => goTo(movedPlace(current(), dx, dy)),
    fit: () => goTo(null),
  }));

  const at = (event: ReactPointerEvent): ScreenPoint => {
    const box = canvas.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  // React's own listener for wheels may not prevent the page from scrolling.
  const onWheel = useRef((_: WheelEvent) => {});
  onWheel.current = (event) => {
    event.preventDefault();
    const box = canvas.current!.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    goTo(zoomedPlace(current(), Math.exp(-event.deltaY / 400), point));
  };
  useEffect(() => {
    const element = canvas.current!;
    const listener = (event: WheelEvent) => onWheel.current(event);
    element.addEventListener('wheel', listener, { passive: false });
    return () => element.removeEventListener('wheel', listener);
  }, []);

  const onPointerDown = (event: ReactPointerEvent) => {
    const point = at(event);
    canvas.current!.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, point);
    onHover(null);
    setLine([]);
    if (pointers.current.size === 2) gesture.current = pinchOf([...pointers.current.values()]);
    else if (tool === 'pan' || event.button === 1 || event.button === 2) {
      gesture.current = { kind: 'pan', last: point, moved: 0 };
    } else gesture.current = { kind: 'lasso', line: [point], moved: 0 };
  };
  const onPointerMove = (event: ReactPointerEvent) => {
    const point = at(event);
    const now = gesture.current;
    if (now === null) {
      const index = nearestPoint(points, current(), point, reach);
      const isRight = point.x > width - room;
      const isLow = point.y > height - room;
      onHover(index === -1 ? null : { ...point, index, isRight, isLow });
      return;
    }
    if (!pointers.current.has(event.pointerId)) return;
    pointers.current.set(event.pointerId, point);
    if (now.kind === 'pan') {
      const [dx, dy] = [point.x - now.last.x, point.y - now.last.y];
      now.last = point;
      now.moved += Math.hypot(dx, dy);
      goTo(movedPlace(current(), dx, dy));
    } else if (now.kind === 'lasso') {
      const last = now.line.at(-1)!;
      const moved = Math.hypot(point.x - last.x, point.y - last.y);
      if (moved < leastDrag) return;
      now.moved += moved;
      now.line.push(point);
      setLine([...now.line]);
    } else {
      const next = pinchOf([...pointers.current.values()]);
      const moved = movedPlace(
        current(),
        next.middle.x - now.middle.x,
        next.middle.y - now.middle.y,
      );
      goTo(zoomedPlace(moved, next.distance / Math.max(1, now.distance), next.middle));
      gesture.current = next;
    }
  };
  const onPointerUp = (event: ReactPointerEvent) => {
    const now = gesture.current;
    pointers.current.delete(event.pointerId);
    gesture.current = null;
    setLine([]);
    if (now === null || now.kind === 'pinch') {
      pointers.current.clear();
      return;
    }
    if (now.moved < leastDrag) {
      const index = nearestPoint(points, current(), at(event), reach);
      if (index !== -1) onOpen(index);
      return;
    }
    if (now.kind !== 'lasso') return;
    const part = lassoPart(now.line.map((point): MapPoint => mapFromScreen(current(), point)));
    if (part !== null) onLasso(part);
  };
  const onPointerCancel = () => {
    pointers.current.clear();
    gesture.current = null;
    setLine([]);
  };
  return (
    <div ref={frame} className="map-frame">
      <canvas
        ref={canvas}
        className="map-canvas"
        role="img"
        aria-label={label}
        data-tool={tool}
        style={{ width, height }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onPointerLeave={() => onHover(null)}
        onContextMenu={(event) => event.preventDefault()}
      />
      {line.length > 1 && (
        <svg className="map-lasso" aria-hidden>
          <polygon points={line.map(({ x, y }) => `${x},${y}`).join(' ')} />
        </svg>
      )}
    </div>
  );
}

function pinchOf([a, b]: ScreenPoint[]): Extract<Gesture, { kind: 'pinch' }> {
  return {
    kind: 'pinch',
    distance: Math.hypot(a.x - b.x, a.y - b.y),
    middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
  };
}
