// Mouse, pen and fingers on the canvas, as events of the editor. One finger draws, two zoom and move; while a pen is near,
// a hand that rests on the screen draws nothing.

import type { ScreenPoint } from '@migaki/annotator';
import type { EditorInput, EditorStore } from '../session/editor-store.ts';

export interface PointerHandlers {
  /** Where the pointer is, null when it has gone. */
  onHover: (at: ScreenPoint | null) => void;
  isSpaceHeld: () => boolean;
  onSpaceUsed: () => void;
  onContextMenu: (at: ScreenPoint) => void;
  /** Whether a press is for something else than the tool. */
  takes: (at: ScreenPoint) => boolean;
}

/** A line of the wheel, and a page, in CSS pixels. */
const lineHeight = 32;
const pageHeight = 600;
/** How much more a pinch on a touchpad zooms than it says. */
const pinchFactor = 4;
/** After the pen was seen fingers do not draw for this long. */
const penMillis = 800;

/** @returns what ends it */
export function listenToPointers(
  element: HTMLElement,
  { dispatch }: EditorStore,
  handlers: PointerHandlers,
): () => void {
  const fingers = new Map<number, ScreenPoint>();
  /** The pointer that the tool follows. */
  let drawing: number | null = null;
  let isPinching = false;
  let penSeenMillis = Number.NEGATIVE_INFINITY;
  const ending = new AbortController();
  const options = { signal: ending.signal };

  const at = ({ clientX, clientY }: MouseEvent): ScreenPoint => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const modifiersOf = ({ shiftKey, altKey, ctrlKey, metaKey }: MouseEvent) => ({
    shift: shiftKey,
    alt: altKey,
    mod: ctrlKey || metaKey,
  });
  const point = (
    type: 'pointer-move' | 'pointer-up' | 'double-click',
    event: MouseEvent,
  ): EditorInput => ({
    type,
    screen: at(event),
    modifiers: modifiersOf(event),
  });

  const onDown = (event: PointerEvent) => {
    if (event.button === 2) return;
    if (event.button === 0 && handlers.takes(at(event))) {
      event.preventDefault();
      return;
    }
    element.focus({ preventScroll: true });
    if (event.pointerType === 'pen') penSeenMillis = event.timeStamp;
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, at(event));
      if (fingers.size === 2) {
        if (drawing !== null) dispatch({ type: 'pointer-cancel' });
        drawing = null;
        isPinching = true;
      }
      if (isPinching || fingers.size > 1 || event.timeStamp - penSeenMillis < penMillis) return;
    }
    if (drawing !== null) return;
    drawing = event.pointerId;
    element.setPointerCapture(event.pointerId);
    handlers.onHover(at(event));
    const isPanning = event.button === 1 || handlers.isSpaceHeld();
    if (isPanning) handlers.onSpaceUsed();
    // Where the pointer is before it goes down: a finger comes from nowhere.
    if (event.pointerType !== 'mouse') dispatch(point('pointer-move', event));
    dispatch({ type: 'pointer-down', screen: at(event), modifiers: modifiersOf(event), isPanning });
    event.preventDefault();
  };

  const onMove = (event: PointerEvent) => {
    if (event.pointerType === 'pen') penSeenMillis = event.timeStamp;
    if (fingers.has(event.pointerId)) {
      const before = [...fingers];
      fingers.set(event.pointerId, at(event));
      if (isPinching) {
        if (before.length === 2) {
          const after = before.map(([id]) => fingers.get(id)!);
          dispatch({
            type: 'pinch',
            before: [before[0][1], before[1][1]],
            after: [after[0], after[1]],
          });
        }
        return;
      }
    }
    if (drawing !== null && event.pointerId !== drawing) return;
    if (event.pointerType === 'touch' && drawing === null) return;
    handlers.onHover(at(event));
    // Between two frames a hand draws a curve, of which browsers tell the points together.
    const events = drawing === null ? [] : (event.getCoalescedEvents?.() ?? []);
    for (const each of events.length === 0 ? [event] : events)
      dispatch(point('pointer-move', each));
  };

  const onUp = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (fingers.size === 0) isPinching = false;
    if (event.pointerId !== drawing) return;
    drawing = null;
    dispatch(point('pointer-up', event));
    if (event.pointerType === 'touch') handlers.onHover(null);
  };

  const onCancel = (event: PointerEvent) => {
    fingers.delete(event.pointerId);
    if (fingers.size === 0) isPinching = false;
    if (event.pointerId !== drawing) return;
    drawing = null;
    dispatch({ type: 'pointer-cancel' });
  };

  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const unit = [1, lineHeight, pageHeight][event.deltaMode];
    const deltaY = event.deltaY * unit * (event.ctrlKey ? pinchFactor : 1);
    dispatch({ type: 'wheel', screen: at(event), deltaY });
    handlers.onHover(at(event));
  };

  element.addEventListener('pointerdown', onDown, options);
  element.addEventListener('pointermove', onMove, options);
  element.addEventListener('pointerup', onUp, options);
  element.addEventListener('pointercancel', onCancel, options);
  element.addEventListener('lostpointercapture', onCancel, options);
  element.addEventListener(
    'pointerleave',
    () => drawing === null && handlers.onHover(null),
    options,
  );
  element.addEventListener('dblclick', (event) => dispatch(point('double-click', event)), options);
  element.addEventListener(
    'contextmenu',
    (event) => {
      event.preventDefault();
      handlers.onContextMenu(at(event));
    },
    options,
  );
  // The page would scroll and zoom.
  element.addEventListener('wheel', onWheel, { ...options, passive: false });
  return () => ending.abort();
}
