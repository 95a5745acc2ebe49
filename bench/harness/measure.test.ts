import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProcess } from './child-process.ts';
import { median, takeTurns } from './measure.ts';

test('contenders take turns, the first turn is thrown away, and a missing one has no results', async () => {
  const log: string[] = [];
  const contender = (name: string) => () => log.push(name);
  const results = await takeTurns(2, { a: contender('a'), b: contender('b'), none: null });
  assert.deepEqual(log, ['a', 'b', 'a', 'b', 'a', 'b']);
  assert.deepEqual(results, { a: [3, 5], b: [4, 6], none: [] });
});

test('the median is the middle value, or the mean of the two middle ones', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([10, 9, 1, 2]), 5.5);
});

test('a process is measured with its output and, where /proc is there, with its memory', async () => {
  const script =
    'const bytes = Buffer.alloc(2e8, 1); setTimeout(() => console.log(bytes.length), 100)';
  const run = await runProcess(process.execPath, ['-e', script]);
  assert.equal(run.stdout, '200000000\n');
  assert.ok(run.wallSeconds >= 0.1);
  if (process.platform === 'linux') assert.ok(run.peakRssBytes! > 2e8);
});

test('a process that fails is an error with what it said', async () => {
  await assert.rejects(
    runProcess(process.execPath, ['-e', 'console.error("no such thing"); process.exit(3)']),
    /ended with 3:\nno such thing/,
  );
  await assert.rejects(runProcess('no-such-program', []), /no-such-program could not be started/);
});
