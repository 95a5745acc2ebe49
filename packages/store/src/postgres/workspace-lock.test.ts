import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { makeWorkspace } from './testing.ts';
import { findWorkspaceHolder, lockWorkspace } from './workspace-lock.ts';

test('a workspace is held by one and free again after release', async (t) => {
  const workspaceDir = await makeWorkspace(t);
  assert.equal(findWorkspaceHolder(workspaceDir), null);
  const lock = lockWorkspace(workspaceDir);
  lock.announce('http://127.0.0.1:1');
  assert.throws(() => lockWorkspace(workspaceDir), { code: 'workspace-in-use' });
  const holder = findWorkspaceHolder(workspaceDir);
  assert.equal(holder?.pid, process.pid);
  assert.equal(holder?.address, 'http://127.0.0.1:1');
  lock.release();
  lock.release();
  assert.equal(findWorkspaceHolder(workspaceDir), null);
  lockWorkspace(workspaceDir).release();
});

test('the lock ends with a killed process, and what it wrote of itself is not believed', async (t) => {
  const workspaceDir = await makeWorkspace(t);
  const module = JSON.stringify(new URL('./workspace-lock.ts', import.meta.url).href);
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { lockWorkspace } = await import(${module});
       globalThis.lock = lockWorkspace(process.argv[1]);
       console.log('held'); setInterval(() => {}, 60_000);`,
      workspaceDir,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  assert.equal(findWorkspaceHolder(workspaceDir)?.pid, holder.pid);
  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await ended;
  assert.equal(findWorkspaceHolder(workspaceDir), null);
  lockWorkspace(workspaceDir).release();
});
