// `migaki eval` against pycocotools, each as the whole process that a person starts, on the same files. The numbers
// of the two must agree before their times mean anything.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { syntheticCocoFolder } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { type ProcessRun, runProcess } from './harness/child-process.ts';
import { median, takeTurns } from './harness/measure.ts';
import { type PythonPeer, peerScript } from './harness/python-peer.ts';

const kinds = [
  { type: 'bbox', title: 'boxes', truth: 'gt.json', results: 'dt_bbox.json' },
  { type: 'segm', title: 'masks', truth: 'gt.json', results: 'dt_segm.json' },
  { type: 'keypoints', title: 'poses', truth: 'gt_keypoints.json', results: 'dt_keypoints.json' },
] as const;
type Kind = (typeof kinds)[number];

/** How far our numbers may lie from pycocotools'. */
const STATS_TOLERANCE = 1e-9;
const SPEED_TARGET = { ratioAtLeast: 5 };
const migaki = join(import.meta.dirname, '..', 'apps', 'cli', 'bin', 'migaki.mjs');

export const cocoEval: Bench = {
  name: 'coco-eval',
  title: 'COCO metrics as whole processes, 1,000 pictures (goal 20×)',
  run: (context) => evaluateFolder(context, 1000),
};

/** The same on as many pictures as COCO's own validation set has. */
export const cocoEvalFull: Bench = {
  name: 'coco-eval-full',
  title: 'COCO metrics as whole processes, 5,000 pictures (goal 20×)',
  long: true,
  run: (context) => evaluateFolder(context, 5000),
};

async function* evaluateFolder(
  { options, pycocotools }: BenchContext,
  defaultImages: number,
): AsyncIterable<Figure> {
  const images = options.images ?? defaultImages;
  const folder = options.data ?? (await syntheticCocoFolder({ images, seed: options.seed }));
  const peer = await pycocotools();
  for (const kind of kinds) yield* evaluateKind(kind, folder, peer, options.runs ?? 3);
}

async function* evaluateKind(
  { type, title, truth, results }: Kind,
  folder: string,
  peer: PythonPeer | null,
  runs: number,
): AsyncIterable<Figure> {
  const files = [join(folder, truth), join(folder, results)];
  const ourArguments = [migaki, 'eval', ...files, '--type', type, '--json'];
  const { ours, theirs } = await takeTurns(runs, {
    ours: () => runProcess(process.execPath, ourArguments),
    theirs:
      peer && (() => runProcess(peer.python, [peerScript('pycocotools_eval.py'), ...files, type])),
  });
  for (const [run, theirRun] of theirs.entries()) {
    assertSameStats(title, statsOf(ours[run]), statsOf(theirRun));
  }

  const figure = (what: string, unit: string, numberOf: (run: ProcessRun) => number): Figure => ({
    figure: `${title}, ${what}`,
    value: median(ours.map(numberOf)),
    unit,
    better: 'lower',
    peer: peer && { name: peer.name, value: median(theirs.map(numberOf)) },
  });
  yield { ...figure('whole process', 's', (run) => run.wallSeconds), target: SPEED_TARGET };
  if (ours[0].peakRssBytes !== null) {
    yield figure('peak memory', 'MB', (run) => (run.peakRssBytes ?? 0) / 1e6);
  }
}

function statsOf({ stdout }: ProcessRun): number[] {
  return (JSON.parse(stdout) as { stats: number[] }).stats;
}

function assertSameStats(title: string, ours: number[], theirs: number[]): void {
  assert.equal(ours.length, theirs.length, `${title}: number of stats`);
  for (const [index, value] of ours.entries()) {
    const difference = Math.abs(value - theirs[index]);
    assert.ok(
      difference <= STATS_TOLERANCE,
      `${title}: stats[${index}] is ${value}, pycocotools says ${theirs[index]} (${difference} apart)`,
    );
  }
}
