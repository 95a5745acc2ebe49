// What somebody has set is there again the next time: tools' settings and keys, in this browser.

import { readKeymap, writeKeymap } from '../keys/keymap-store.ts';
import type { EditorStore } from './editor-store.ts';
import { writeSettings } from './settings-store.ts';

/** A slider that is dragged is written when it rests. */
const restMillis = 300;

/** @returns what ends it */
export function rememberChoices(store: EditorStore): () => void {
  let { settings, keymap } = store.get();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    writeSettings(settings);
  };
  const endFollowing = store.subscribe(() => {
    const now = store.get();
    if (now.keymap !== keymap) {
      keymap = now.keymap;
      writeKeymap(keymap.settings);
    }
    if (now.settings === settings) return;
    settings = now.settings;
    timer ??= setTimeout(write, restMillis);
  });
  // Keys that were changed in another tab.
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== null && !key.endsWith('-keys')) return;
    const stored = readKeymap();
    if (JSON.stringify(stored) === JSON.stringify(keymap.settings)) return;
    store.dispatch({ type: 'set-keymap', keymap: stored });
  };
  window.addEventListener('storage', onStorage);
  /** What was set a moment before the page goes counts as well. */
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  };
  window.addEventListener('pagehide', flush);
  return () => {
    endFollowing();
    window.removeEventListener('storage', onStorage);
    window.removeEventListener('pagehide', flush);
    flush();
  };
}
