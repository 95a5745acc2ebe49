import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createClient, type Job, routes } from '@migaki/api';
import { CliError } from '../cli-error.ts';
import { watchJob } from './follow-job.ts';

test('whoever waits for a job while the workbench goes away is told that it goes on later', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const client = createClient(routes, { baseUrl: `http://127.0.0.1:${port}` });
  const { signal } = new AbortController();
  await assert.rejects(
    watchJob({ client, signal }, { id: crypto.randomUUID() } as Job, () => {}),
    (error) =>
      error instanceof CliError &&
      /Is the workbench running\? The job is kept and goes on .* \(migaki up\)/.test(error.message),
  );
});
