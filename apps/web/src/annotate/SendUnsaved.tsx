// Sends what pages of the annotator have left unsaved: once for each time that the app is opened.

import { useEffect } from 'react';
import { sendUnsaved } from './session/outbox.ts';
import { sendWork } from './session/work-telling.ts';

let isSent = false;

export function SendUnsaved() {
  useEffect(() => {
    if (isSent) return;
    isSent = true;
    sendUnsaved().catch(() => {});
    void sendWork();
  }, []);
  return null;
}
