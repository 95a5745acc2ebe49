// The editor's state where React and the canvas can follow it: one value, replaced by events.

import { type EditorEvent, type EditorState, type Effect, update } from '@migaki/annotator';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMillis'> : never;
/** An event of now. */
export type EditorInput = WithoutTime<EditorEvent>;

export interface EditorStore {
  get(): EditorState;
  dispatch(event: EditorInput): void;
  /** @returns what ends it */
  subscribe(listener: () => void): () => void;
}

/** @param carryOut does what the state asks for, after it has been taken over */
export function createEditorStore(
  start: EditorState,
  carryOut: (effect: Effect) => void,
): EditorStore {
  let state = start;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch(event) {
      const result = update(state, { ...event, atMillis: Date.now() } as EditorEvent);
      const isNew = result.state !== state;
      state = result.state;
      for (const effect of result.effects) carryOut(effect);
      if (isNew) for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
