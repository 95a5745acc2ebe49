import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WriteTask } from './format.ts';
import { type FormatName, formatByName } from './formats.ts';
import { possibleLosses } from './possible-losses.ts';
import { lossesOfProbes } from './testing/loss-table.ts';

const tasks: readonly WriteTask[] = ['detect', 'segment', 'pose', 'classify'];

test('what a format may lose is what its writer reports of one of each thing that COCO can say', async () => {
  for (const [name, format] of Object.entries(formatByName)) {
    for (const task of name === 'yolo' ? tasks : [undefined]) {
      assert.deepEqual(
        possibleLosses(name as FormatName, task ?? 'detect'),
        await lossesOfProbes(format, { task }),
        `${name} ${task}`,
      );
    }
  }
});
