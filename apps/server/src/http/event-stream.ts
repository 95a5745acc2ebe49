// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): one stream tells a page of
// everything that happens.

import { Readable } from 'node:stream';

/** Keeps proxies from closing a quiet stream, and tells us of pages that have gone. */
const heartbeatMillis = 15_000;

/**
 * The text of an event stream. Ends when `signal` aborts.
 *
 * @param subscribe starts telling of events and returns how to stop
 */
export function eventStream<Event>(
  subscribe: (tell: (event: Event) => void) => () => void,
  signal: AbortSignal,
): Readable {
  const stream = new Readable({ read() {} });
  // The page asks again this soon when the stream breaks, as it does at a restart.
  stream.push('retry: 1000\n\n');
  const heartbeat = setInterval(() => stream.push(': still here\n\n'), heartbeatMillis);
  const unsubscribe = subscribe((event) => stream.push(`data: ${JSON.stringify(event)}\n\n`));
  const end = (): void => {
    clearInterval(heartbeat);
    unsubscribe();
    stream.push(null);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return stream;
}
