import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const root = dirname(import.meta.dirname);

test('a signal to npm alone stops the workbench that `npm start` runs', {
  skip: process.platform === 'win32',
}, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'migaki-npm-start-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const words = ['start', '--', '--port', '0', '--data', folder];
  const npm = spawn('npm', words, { cwd: root, stdio: 'ignore' });
  const holder = await soon(() => {
    const { pid, address } = JSON.parse(readFileSync(join(folder, 'workbench.json'), 'utf8'));
    return address === null ? null : Number(pid);
  });
  npm.kill('SIGTERM');
  await soon(() => (isRunning(holder) ? null : true));
  assert.ok(!existsSync(join(folder, 'workbench.json')), 'it has stopped, not been killed');
});

/** What is told in the end; null and what cannot be read mean: not yet. */
async function soon<Told>(told: () => Told | null): Promise<Told> {
  for (;;) {
    try {
      const now = told();
      if (now !== null) return now;
    } catch {
      // Not there yet.
    }
    await sleep(100);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
