import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawSparkline } from '../terminal/sparkline.ts';
import { plainTerminal } from '../terminal/terminal.ts';
import { showStages } from './stages.ts';

test('what came of a step stays, and one that fails leaves no line behind', async () => {
  const kept: string[] = [];
  let isShown = false;
  const line = {
    show: () => {
      isShown = true;
    },
    keep: (text: string) => kept.push(text),
    done: () => {
      isShown = false;
    },
  };
  const stages = showStages(2, line, plainTerminal);
  assert.equal(
    await stages.run(
      'Draw',
      async () => 3,
      (count) => `${count} pictures`,
    ),
    3,
  );
  assert.match(kept[0], /^✔ 1\/2 {2}Draw +3 pictures {2}\d/);
  const failing = stages.run(
    'Train',
    async () => {
      throw new Error('no disk');
    },
    String,
  );
  await assert.rejects(failing, /no disk/);
  assert.deepEqual([kept.length, isShown], [1, false]);
});

test('a curve has a character for each value, or for some that follow one another', () => {
  assert.equal(drawSparkline([1, 2, 8], 10), '▁▂█');
  assert.equal(drawSparkline([0, 0, 7, 7], 2), '▁█');
  assert.equal(drawSparkline([5, 5], 4), '▁▁');
  assert.equal(drawSparkline([], 4), '');
});
