// The moments at which what failed may succeed: the network is back, the workbench answers again, somebody logged in.

import { expired, queryClient, sessionKey } from '../server/client.ts';
import { listenToEvents } from '../server/events.ts';

/** @returns what ends it */
export function listenForReturn(listener: () => void): () => void {
  window.addEventListener('online', listener);
  const endEvents = listenToEvents(({ type }) => {
    if (type === 'missed' || type === 'resynchronise') listener();
  });
  const isLoggedInNow = () => {
    const session = queryClient.getQueryData(sessionKey);
    return session != null && session !== expired;
  };
  let wasLoggedIn = isLoggedInNow();
  const endSession = queryClient.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] !== sessionKey[0]) return;
    const isLoggedIn = isLoggedInNow();
    if (isLoggedIn && !wasLoggedIn) listener();
    wasLoggedIn = isLoggedIn;
  });
  return () => {
    window.removeEventListener('online', listener);
    endEvents();
    endSession();
  };
}
