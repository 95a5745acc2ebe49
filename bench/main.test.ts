import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Bench } from './harness/bench.ts';
import { parseOptions, UsageError } from './harness/options.ts';
import { runBenches } from './harness/run-benches.ts';
import { benches, chooseBenches } from './registry.ts';

const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    encoding: 'utf8',
  });

const sound: Bench = {
  name: 'sound',
  title: 'two figures',
  async *run() {
    yield {
      figure: 'time',
      value: 2,
      unit: 's',
      better: 'lower',
      peer: { name: 'other 1.0', value: 8 },
      target: { ratioAtLeast: 5 },
    };
    yield { figure: 'memory', value: 10, unit: 'MB', better: 'lower' };
  },
};
const broken: Bench = {
  name: 'broken',
  title: 'one figure, then an error',
  async *run() {
    yield { figure: 'speed', value: 3, unit: '/s', better: 'higher' };
    throw new Error('out of luck');
  },
};

async function outputOf(chosen: Bench[], ...args: string[]) {
  const [data, talk]: [string[], string[]] = [[], []];
  const failed = await runBenches(chosen, parseOptions(args), {
    data: (line) => data.push(line),
    talk: (line) => talk.push(line),
  });
  return { data, talk: talk.join('\n'), failed };
}

test('with --json every figure is one line of JSON with every key', async () => {
  const { data } = await outputOf([sound], '--json');
  assert.deepEqual(
    data.map((line) => JSON.parse(line)),
    [
      {
        bench: 'sound',
        figure: 'time',
        value: 2,
        unit: 's',
        peer: 'other 1.0',
        peerValue: 8,
        ratio: 4,
        target: 'ratio >= 5',
        holds: false,
      },
      {
        bench: 'sound',
        figure: 'memory',
        value: 10,
        unit: 'MB',
        peer: null,
        peerValue: null,
        ratio: null,
        target: null,
        holds: null,
      },
    ],
  );
});

test('the table has the ratio first', async () => {
  const { data } = await outputOf([sound]);
  assert.match(data[0], /^ratio +figure +ours +peer +target$/);
  assert.match(data.join('\n'), /^4× +time +2 s +8 s {2}other 1\.0 +✖ ratio >= 5$/m);
});

test('a bench that fails is told and named, and the next one runs', async () => {
  const { data, talk, failed } = await outputOf([broken, sound], '--json');
  assert.deepEqual(failed, ['broken']);
  assert.match(talk, /broken failed: Error: out of luck/);
  assert.deepEqual(
    data.map((line) => JSON.parse(line).figure),
    ['speed', 'time', 'memory'],
  );
});

test('without names the long benches are left out, by name they run', () => {
  assert.ok(chooseBenches([]).every(({ long }) => !long));
  assert.deepEqual(
    chooseBenches(['coco-eval-full', 'mask']).map(({ name }) => name),
    ['coco-eval-full', 'mask'],
  );
});

test('an unknown name ends with exit code 2 and the names that there are', () => {
  const { status, stdout, stderr } = bench('coco-evil', '--json');
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /no bench "coco-evil"\. There are: coco-eval, /);
});

test('--list names every bench once', () => {
  const { status, stdout } = bench('--list');
  assert.equal(status, 0);
  const names = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  assert.deepEqual(
    names,
    benches.map(({ name }) => name),
  );
  assert.equal(new Set(names).size, names.length);
});

test('a flag that is unknown or lacks a sound number is a mistake of usage', () => {
  assert.throws(() => parseOptions(['--imagse', '5']), UsageError);
  assert.throws(
    () => parseOptions(['--images', 'many']),
    /--images: expected a whole number .* many/,
  );
  assert.throws(() => parseOptions(['--runs', '0']), /from 1 up, found 0/);
});
