import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClient, type Job, routes } from '@migaki/api';
import { startWorkbench } from '@migaki/server';
import { CliError } from '../cli-error.ts';
import { cliFolder, makeWorkspace, temporaryFolder } from '../testing/run-migaki.ts';
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

test('whoever waits for a job while the database dies waits until it has come back, and the job has ended', async (context) => {
  const workspaceDir = makeWorkspace(join(temporaryFolder(context), 'workspace'));
  const examples = join(cliFolder, 'examples');
  const workbench = await startWorkbench({ workspaceDir, allowedFolders: [examples] });
  context.after(workbench.stop);
  const { address: baseUrl, loginToken: token } = workbench;
  const client = createClient(routes, { baseUrl, token });
  const { job } = await client.startImport({
    body: { into: { newDataset: 'street' }, from: { path: join(examples, 'street.json') } },
  });
  const pidFile = join(workspaceDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
  process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 'SIGKILL');
  const { signal } = new AbortController();
  assert.equal((await watchJob({ client, signal }, job, () => {})).state, 'succeeded');
});
