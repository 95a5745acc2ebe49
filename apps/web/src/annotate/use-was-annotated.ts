// Whether this browser has ever annotated: only then is there anything unsaved to look for, and the code for it is loaded.

import { useEffect, useState } from 'react';

/** Of the browser, in which the annotator keeps what is not saved yet. */
export const databaseName = 'migaki-annotate';

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
    // Where the browser does not say, it is looked for.
    (indexedDB.databases?.() ?? Promise.resolve([{ name: databaseName }])).then(
      (databases) => databases.some(({ name }) => name === databaseName) && tell(),
      () => {},
    );
    return () => opened.removeEventListener('change', tell);
  }, []);
  return was;
}
