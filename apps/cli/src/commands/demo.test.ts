// The demonstration as a whole, in less time than it takes a person, and what becomes of it when it is stopped.

import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { exitCodes } from '../exit-codes.ts';
import { runMigaki, temporaryFolder } from '../testing/run-migaki.ts';

test('once round: every step is done, what came of it is counted, and the better model is champion', async (t) => {
  const data = join(temporaryFolder(t), 'workspace');
  const words = ['demo', '--minutes', '0.5', '--stop', '--json', '--data', data];
  const { stdout, stderr, exitCode } = await runMigaki(words);
  assert.equal(exitCode, 0, stderr);
  const report = JSON.parse(stdout);
  assert.deepEqual(report.pictures, { validation: 24, labelled: 48, bare: 40, left: 8 });
  const { mistakes, work, before, after, champion, hasMoved, summary } = report;
  assert.equal(mistakes.taken + mistakes.dismissed, mistakes.told);
  assert.ok(mistakes.made > 40 && mistakes.right <= mistakes.taken, JSON.stringify(mistakes));
  assert.ok(report.waiting >= 0);
  const { accept, reclass, nudge, reject, draw } = work.corrections;
  assert.ok(accept + reclass + nudge + reject >= work.proposals, 'each proposal was decided on');
  assert.ok(2 * (accept + reclass + nudge + draw) >= work.actionsFromScratch);
  assert.deepEqual([before.name, after.name], ['cells@1', 'cells@2']);
  assert.equal(champion, hasMoved ? after.name : before.name);
  assert.equal(hasMoved, after.AP > before.AP);
  assert.match(readFileSync(summary, 'utf8'), /^# Once round: cells\n.*!\[.*\]\(cells\.png\)/s);
  assert.ok(existsSync(join(dirname(summary), 'cells.png')));
  for (const step of ['Draw pictures', 'Train', 'Look over the rest', 'Retrain', 'Compare']) {
    assert.match(stderr, new RegExp(`✔ .*${step}`));
  }
});

for (const [signal, exit] of [
  ['SIGINT', 'interrupted'],
  ['SIGTERM', 'terminated'],
] as const) {
  test(`${signal} in the middle stops everything, and the workspace can be used again`, async (t) => {
    const data = join(temporaryFolder(t), 'workspace');
    const stop = (child: ChildProcess) =>
      child.stderr!.on('data', (text: string) => /Bring in/.test(text) && child.kill(signal));
    const { exitCode, stderr } = await runMigaki(['demo', '--data', data], { onStart: stop });
    assert.equal(exitCode, exitCodes[exit][0], stderr);
    const { stdout } = await runMigaki(['dataset', 'list', '--data', data]);
    assert.match(stdout, /cells/);
  });
}
