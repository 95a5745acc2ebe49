import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { makeWorkspace, temporaryFolder } from '../testing/run-migaki.ts';
import { runWorkbench } from '../testing/run-workbench.ts';
import { otherWorkbench } from './other-workbench.ts';

test('a workbench is told from another program, and from nobody', async (t) => {
  const {
    address,
    process: child,
    ended,
  } = await runWorkbench(makeWorkspace(`${temporaryFolder(t)}/workspace`));
  const { origin, port } = new URL(address);
  assert.equal(await otherWorkbench(Number(port)), origin);
  child.kill('SIGTERM');
  await ended;
  assert.equal(await otherWorkbench(Number(port)), null);

  const server = createServer((_, response) => response.end('{"status": "ok"}')).listen(0);
  await once(server, 'listening');
  t.after(() => server.close());
  assert.equal(await otherWorkbench((server.address() as AddressInfo).port), null);
});
