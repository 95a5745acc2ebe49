// Every task on pictures that the project draws itself: what a few minutes from scratch come to on others of their kind, and
// what the same architecture comes to in the same time where PyTorch makes its steps.

import type { DrawnSet } from '../packages/train/src/drawn/drawn-set.ts';
import { drawnFaces } from '../packages/train/src/drawn/faces.ts';
import { drawnHulls } from '../packages/train/src/drawn/hulls.ts';
import { drawnLeaves } from '../packages/train/src/drawn/leaves.ts';
import { drawnSigns } from '../packages/train/src/drawn/signs.ts';
import { drawnWalkers } from '../packages/train/src/drawn/walkers.ts';
import type { TrainSettings } from '../packages/train/src/loop/settings.ts';
import { isMoreBetter } from '../packages/train/src/metrics/score-answers.ts';
import type { TaskName } from '../packages/train/src/tasks/task-plan.ts';
import { drawnFolder } from './data/drawn-folder.ts';
import type { Bench } from './harness/bench.ts';
import { findPeer } from './harness/python-peer.ts';
import { type TrainingAsked, trained } from './harness/trained.ts';

interface DrawnTask {
  readonly training: () => DrawnSet;
  readonly test: () => DrawnSet;
  readonly settings?: Partial<TrainSettings>;
  /** Scores that are told. */
  readonly scores: readonly string[];
}

const tasks: { readonly [Name in TaskName]: DrawnTask } = {
  detect: {
    training: () => drawnLeaves(300, 1),
    test: () => drawnLeaves(100, 2),
    scores: ['AP', 'AP50'],
  },
  segment: {
    training: () => drawnLeaves(300, 1),
    test: () => drawnLeaves(100, 2),
    scores: ['mask_AP', 'mask_AP50', 'AP'],
  },
  pose: {
    training: () => drawnWalkers(400, 1),
    test: () => drawnWalkers(100, 2),
    scores: ['keypoint_AP', 'keypoint_AP50', 'AP'],
  },
  embed: {
    training: () => drawnFaces(2_000, 200, 1),
    // People that the training never saw.
    test: () => drawnFaces(400, 40, 2),
    scores: ['nearest_accuracy', 'verification_accuracy', 'TAR@FAR=0.01'],
  },
  classify: {
    training: () => drawnSigns(800, 1),
    test: () => drawnSigns(400, 2),
    // An arrow in a mirror is another sign.
    settings: { flip: 'none' },
    scores: ['accuracy', 'macro_f1'],
  },
  regress: {
    training: () => drawnHulls(800, 1),
    test: () => drawnHulls(400, 2),
    settings: { valueField: 'metadata.fullness' },
    scores: ['mae', 'r2'],
  },
};

export const trainDrawn: Bench = {
  name: 'train-drawn',
  title: 'training of every task from scratch on drawn pictures, in five minutes each',
  long: true,
  async *run({ options, note }) {
    const { seconds = 300, only } = options;
    const peer = await findPeer('torch');
    if (peer === null) note('No Python with torch was found: MIGAKI_TORCH_PYTHON names one.');
    for (const task of Object.keys(tasks) as TaskName[]) {
      if (only !== undefined && only !== task) continue;
      const { training, test, settings, scores } = tasks[task];
      const asked: TrainingAsked = {
        settings: { task, minutes: seconds / 60, ...settings },
        training: await drawnFolder(`${task}-training`, training()),
        test: await drawnFolder(`${task}-test`, test()),
        note,
      };
      const ours = await trained(asked);
      note(
        `${task}: ${ours.result.steps} steps in ${ours.seconds.toFixed(0)} s, ${(100 * ours.result.busyShare).toFixed(1)} % of the time in steps`,
      );
      const theirs = peer && (await trained(asked, peer));
      if (theirs) note(`${task}: ${theirs.result.steps} steps of the peer`);
      for (const name of scores) {
        yield {
          figure: `${task}: ${name}`,
          value: ours.scores.values[name],
          unit: '',
          better: isMoreBetter(name) ? 'higher' : 'lower',
          peer: peer && theirs && { name: peer.name, value: theirs.scores.values[name] },
        };
      }
    }
  },
};
