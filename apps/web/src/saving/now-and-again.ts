// What tabs that are gone have left is sent by those that are still there: a tab that goes tells nobody.

import { listenForReturn } from './listen-for-return.ts';

const everyMillis = 10_000;

/**
 * Does something now, every few seconds, when the workbench is back, and when the page is looked at again; never twice at
 * once. Without locks nobody can tell which tabs are gone: there it is done once, as the page is opened.
 *
 * @returns what ends it
 */
export function nowAndAgain(work: () => Promise<unknown>): () => void {
  let isAtWork = false;
  const run = async (): Promise<void> => {
    if (isAtWork) return;
    isAtWork = true;
    await work().catch(() => {});
    isAtWork = false;
  };
  void run();
  if (navigator.locks === undefined) return () => {};
  const again = () => void run();
  const timer = setInterval(again, everyMillis);
  const endReturn = listenForReturn(again);
  document.addEventListener('visibilitychange', again);
  return () => {
    clearInterval(timer);
    endReturn();
    document.removeEventListener('visibilitychange', again);
  };
}
