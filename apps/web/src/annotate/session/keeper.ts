// Writes the state into the browser's database as it changes: edits at once, the rest when the hand rests.

import { type EditorState, snapshotOf } from '@migaki/annotator';
import { type Identity, type Place, snapshotWriter } from './snapshots.ts';

export interface Keeper {
  note(state: EditorState): void;
  /** Writes what has not been written. */
  flush(): Promise<void>;
}

const restMillis = 400;

/** @param onKept told whether the browser keeps what is not saved yet; it may have no room */
export function createKeeper(
  place: Place,
  identity: Identity,
  fileName: string,
  onKept: (isKept: boolean) => void,
): Keeper {
  const writer = snapshotWriter(place, identity, fileName);
  let last: EditorState | null = null;
  let waiting: EditorState | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      const state = waiting;
      if (state === null) return;
      waiting = null;
      try {
        await writer.write(snapshotOf(state));
        onKept(true);
      } catch {
        onKept(false);
      }
    });
    return writing;
  };

  return {
    note(state) {
      const before = last;
      if (before !== null && !differs(before, state)) return;
      last = state;
      waiting = state;
      const isEdited =
        before !== null &&
        (before.history !== state.history ||
          before.sync.queue.pending !== state.sync.queue.pending);
      if (isEdited) void write();
      else timer ??= setTimeout(write, restMillis);
    },
    flush: write,
  };
}

const differs = (a: EditorState, b: EditorState): boolean =>
  a.history !== b.history ||
  a.sync.queue.pending !== b.sync.queue.pending ||
  a.view !== b.view ||
  a.selection !== b.selection ||
  a.hidden !== b.hidden ||
  a.locked !== b.locked ||
  a.settings !== b.settings ||
  a.tool.name !== b.tool.name;
