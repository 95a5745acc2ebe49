// A detector from scratch on photographs of blood cells (BCCD), which are not part of the project: learned on train and val,
// measured on test, all within a time of wall clock.

import { joined, partOf } from './data/bccd.ts';
import { saveInCache } from './data/cache.ts';
import type { Bench } from './harness/bench.ts';
import { UsageError } from './harness/options.ts';
import { precisionFigures } from './harness/precision-figures.ts';
import { trained } from './harness/trained.ts';

export const trainBccd: Bench = {
  name: 'train-bccd',
  title: 'a detector of blood cells from scratch in eight minutes',
  long: true,
  async *run({ options, note }) {
    const { seconds = 480, seed, data } = options;
    if (data === undefined) {
      throw new UsageError('train-bccd: --data names the folder with instances_train.json, …');
    }
    const test = await partOf(data, 'test');
    const {
      result,
      scores,
      seconds: took,
      model,
    } = await trained({
      settings: { task: 'detect', minutes: seconds / 60, seed },
      training: joined([await partOf(data, 'train'), await partOf(data, 'val')]),
      test,
      note,
    });
    note(`${result.steps} steps; the model lies in ${saveInCache('bccd.onnx', model)}`);
    for (const [i, { name }] of result.card.classes.entries()) {
      const { AP, AP50 } = scores.perClass[i];
      note(`${name}: AP50 ${AP50.toFixed(3)}, AP ${AP.toFixed(3)}`);
    }
    const { AP, AP50 } = scores.values;
    yield {
      figure: 'AP50',
      value: AP50,
      unit: '',
      better: 'higher',
      target: { valueAtLeast: 0.9 },
    };
    yield { figure: 'AP', value: AP, unit: '', better: 'higher', target: { valueAtLeast: 0.55 } };
    yield* precisionFigures(model, test, note);
    yield {
      figure: 'wall clock',
      value: took,
      unit: 's',
      better: 'lower',
      target: { valueAtMost: seconds },
    };
    yield {
      figure: 'share of the time in steps',
      value: 100 * result.busyShare,
      unit: '%',
      better: 'higher',
      target: { valueAtLeast: 95 },
    };
  },
};
