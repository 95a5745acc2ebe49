// A finger that stays on a tile: what a mouse does with Ctrl.

import { type PointerEvent, useEffect, useRef } from 'react';

const pressMillis = 450;
/** CSS pixels: a finger is never quite still. */
const tolerance = 10;

/** @param onPress is called while the finger still lies there */
export function useLongPress(onPress: (target: Element) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const wasLong = useRef(false);
  const cancel = (): void => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => () => clearTimeout(press.current?.timer), []);
  return {
    /** Whether the click that comes now ends a long press, and means nothing more. */
    endsLongPress: (): boolean => {
      const answer = wasLong.current;
      wasLong.current = false;
      return answer;
    },
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        wasLong.current = false;
        if (event.pointerType !== 'touch' || !(event.target instanceof Element)) return;
        const { target, clientX: x, clientY: y } = event;
        const timer = setTimeout(() => {
          press.current = null;
          wasLong.current = true;
          onPress(target);
        }, pressMillis);
        press.current = { timer, x, y };
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const { x, y } = press.current ?? { x: clientX, y: clientY };
        if (Math.hypot(clientX - x, clientY - y) > tolerance) cancel();
      },
      onPointerUp: cancel,
      onPointerCancel: cancel,
    },
  };
}
