// Pointers on a picture: one drags it about, two fingers zoom it, and one finger over a picture that fits leafs on.

import { type PointerEvent, useRef } from 'react';

interface StageGestures {
  /** The whole picture is in view: there is nothing to drag. */
  isFitted: boolean;
  onDrag: (x: number, y: number) => void;
  /** @param factor by which the fingers went apart @param middle between them, from the corner of the stage */
  onPinch: (factor: number, middle: { x: number; y: number }) => void;
  /** 1: on to the next. */
  onSwipe: (step: 1 | -1) => void;
  /** The pointer went down and up at one place. @param at from the corner of the stage */
  onTap: (at: { x: number; y: number }) => void;
}

/** CSS pixels. */
const leastSwipe = 60;
/** CSS pixels. A hand that moves less meant to click. */
const mostTap = 4;

export function useStageGestures({ isFitted, onDrag, onPinch, onSwipe, onTap }: StageGestures) {
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const swipe = useRef<{ x: number; y: number } | null>(null);
  const tap = useRef<{ x: number; y: number } | null>(null);
  const forget = ({ pointerId }: PointerEvent): void => {
    pointers.current.delete(pointerId);
    swipe.current = null;
    tap.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button > 1) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const point = { x: event.clientX, y: event.clientY };
      pointers.current.set(event.pointerId, point);
      const isAlone = pointers.current.size === 1;
      tap.current = isAlone && event.button === 0 ? point : null;
      swipe.current = isAlone && isFitted && event.pointerType === 'touch' ? point : null;
    },
    onPointerMove: (event: PointerEvent) => {
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, now);
      if (other !== undefined) {
        const apart = (point: typeof now) => Math.hypot(point.x - other.x, point.y - other.y);
        const { left, top } = event.currentTarget.getBoundingClientRect();
        const middle = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
        onPinch(apart(now) / Math.max(1, apart(before)), middle);
      } else if (swipe.current === null) onDrag(now.x - before.x, now.y - before.y);
    },
    onPointerUp: (event: PointerEvent) => {
      const { x, y } = swipe.current ?? { x: event.clientX, y: event.clientY };
      const [alongX, alongY] = [event.clientX - x, event.clientY - y];
      const down = tap.current;
      forget(event);
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const isTap =
        down !== null && Math.hypot(event.clientX - down.x, event.clientY - down.y) <= mostTap;
      if (isTap) {
        onTap({ x: event.clientX - left, y: event.clientY - top });
        return;
      }
      if (Math.abs(alongX) > leastSwipe && Math.abs(alongX) > 2 * Math.abs(alongY)) {
        onSwipe(alongX < 0 ? 1 : -1);
      }
    },
    onPointerCancel: forget,
  };
}
