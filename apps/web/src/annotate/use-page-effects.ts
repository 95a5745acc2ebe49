// What the editor asks of the page: to tell, to leaf on, to copy from other pictures, to open what
// needs an answer.

import type { ObjectId } from '@migaki/annotator';
import { useEffect, useRef } from 'react';
import { notifyError } from '../shell/ErrorView.tsx';
import type { NoticeText } from './bar/NoticeBubble.tsx';
import { pinning } from './comments/pinning.ts';
import type { PanelPart } from './panel/use-panel.ts';
import type { SequenceDialogName } from './sequence/SequenceDialog.tsx';
import type { PageEffect, PictureSession } from './session/picture-session.ts';
import { useLeave } from './use-leave.ts';
import type { Neighbours, Which } from './use-neighbours.ts';

interface Page {
  notify: (text: NoticeText, names?: readonly string[]) => void;
  open: Neighbours['open'];
  /** @returns why nothing is copied */
  copyFrom: (which: 'previous' | 'next') => Promise<NoticeText | null>;
  openDialog: (which: SequenceDialogName) => void;
  findSimilar: (id: ObjectId) => Promise<void>;
  showHelp: () => void;
  focusPanel: (part: PanelPart) => void;
}

const ends: Record<Which, NoticeText> = {
  previous: 'first-picture',
  next: 'last-picture',
  'next-doubtful': 'none-doubtful',
};

export function usePageEffects(session: PictureSession, page: Page): void {
  const leave = useLeave(session.datasetId);
  const handle = useRef((_: PageEffect) => {});
  useEffect(() => {
    handle.current = (effect) => {
      switch (effect.type) {
        case 'notice':
          return page.notify(effect.notice.code, effect.notice.names);
        case 'open-picture':
          page.open(effect.which).then((isThere) => {
            if (!isThere) page.notify(ends[effect.which]);
          }, notifyError);
          return;
        case 'show-help':
          return page.showHelp();
        case 'focus': {
          const { pointer } = session.store.get();
          // What is to be said is about the place under the pointer.
          if (effect.which === 'comment' && pointer !== null) pinning.put(pointer);
          return page.focusPanel(effect.which);
        }
        case 'leave':
          return leave();
        case 'copy-from':
          page.copyFrom(effect.which).then((why) => {
            if (why !== null) page.notify(why);
          }, notifyError);
          return;
        case 'open-dialog':
          return page.openDialog(effect.which);
        case 'find-similar':
          page.findSimilar(effect.id).catch(notifyError);
          return;
      }
    };
  });
  useEffect(() => {
    session.onPageEffect = (effect) => handle.current(effect);
    return () => {
      session.onPageEffect = null;
    };
  }, [session]);
}
