import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { fastify } from 'fastify';
import type { Access } from './access.ts';
import { eventStream } from './event-stream.ts';
import type { Handlers } from './handlers.ts';
import { registerRoutes } from './register-routes.ts';

test('a page that is gone before it is known who asks is told nothing, and nothing is kept for it', async (t) => {
  const asked = Promise.withResolvers<void>();
  const known = Promise.withResolvers<void>();
  const access = {
    async callerOf() {
      asked.resolve();
      await known.promise;
      return { user: 'ada' };
    },
    demand: (caller: unknown) => caller,
  } as unknown as Access;
  let openCount = 0;
  const answered = Promise.withResolvers<void>();
  const handlers = {
    async watchEvents(_: unknown, { signal }: { signal: AbortSignal }) {
      const subscribe = () => {
        openCount++;
        return () => openCount--;
      };
      const stream = eventStream(subscribe, signal);
      answered.resolve();
      return stream;
    },
  } as unknown as Handlers;
  const app = fastify();
  t.after(() => app.close());
  registerRoutes(app, handlers, access);
  await app.listen({ port: 0, host: '127.0.0.1' });

  const page = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const [[socket]] = await Promise.all([once(app.server, 'connection'), once(page, 'connect')]);
  page.write('GET /api/events HTTP/1.1\r\nHost: migaki\r\n\r\n');
  await asked.promise;
  page.destroy();
  await once(socket, 'close');
  known.resolve();
  await answered.promise;
  assert.equal(openCount, 0);
});
