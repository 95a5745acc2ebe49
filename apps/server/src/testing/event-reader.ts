// The stream of events as a page hears it.

import type { Client, Routes, ServerEvent } from '@migaki/api';

/** Waits for an event; those before it are passed over. */
export type NextEvent = (isMeant: (event: ServerEvent) => boolean) => Promise<ServerEvent>;

export async function openEvents(client: Client<Routes>, signal: AbortSignal): Promise<NextEvent> {
  const response = await client.watchEvents({}, { signal });
  const events = eventsOf(response);
  return async (isMeant) => {
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error('the stream ended');
      if (isMeant(value)) return value;
    }
  };
}

async function* eventsOf(response: Response): AsyncGenerator<ServerEvent, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk, { stream: true });
    const messages = text.split('\n\n');
    text = messages.pop()!;
    for (const message of messages) {
      if (message.startsWith('data: ')) yield JSON.parse(message.slice('data: '.length));
    }
  }
}
