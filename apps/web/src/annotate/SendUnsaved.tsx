// Sends what pages of the annotator have left unsaved, as long as the app is open anywhere.

import { useEffect } from 'react';
import { nowAndAgain } from '../saving/now-and-again.ts';
import { sendUnsaved } from './session/outbox.ts';
import { sendWork } from './session/work-telling.ts';

export function SendUnsaved() {
  useEffect(() => {
    void sendWork();
    return nowAndAgain(sendUnsaved);
  }, []);
  return null;
}
