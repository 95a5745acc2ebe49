// The server's ids of objects are there once what was drawn is saved.

import { saveStatus } from '@migaki/annotator';
import type { EditorStore } from '../session/editor-store.ts';

/** @throws Error where it is not saved within a moment: offline, refused */
export function whenSaved(store: EditorStore, waitMillis = 5000): Promise<void> {
  const status = () => saveStatus(store.get().sync.queue);
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      endFollowing();
      clearTimeout(timer);
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error(status()))), waitMillis);
    const endFollowing = store.subscribe(look);
    function look() {
      if (status() === 'saved') end(resolve);
    }
    look();
  });
}
