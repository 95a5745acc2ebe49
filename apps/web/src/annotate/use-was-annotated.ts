// Whether this browser has ever kept anything: only then is there anything unsaved to look for, and the code of the
// annotator is loaded for it.

import { useEffect, useState } from 'react';
import { isAnythingKept } from '../saving/kept-database.ts';
import { nowAndAgain } from '../saving/now-and-again.ts';

const opened = new EventTarget();
let wasOpened = false;

/** A picture has been opened on this page. */
export function noteAnnotated(): void {
  wasOpened = true;
  opened.dispatchEvent(new Event('change'));
}

export function useWasAnnotated(): boolean {
  const [was, setWas] = useState(wasOpened);
  useEffect(() => {
    const tell = () => setWas(true);
    opened.addEventListener('change', tell);
    if (wasOpened) tell();
    return () => opened.removeEventListener('change', tell);
  }, []);
  // Another tab may keep something at any time, and be closed.
  useEffect(() => {
    if (was) return;
    return nowAndAgain(async () => {
      if (await isAnythingKept()) setWas(true);
    });
  }, [was]);
  return was;
}
