// Everything that reads what people bring, under a stream of hostile input. A failure is anything but a result or a
// CocoError: another exception, a hang, a result that cannot be right. It is shrunk, saved and told how to see again.

import { saveInCache } from './data/cache.ts';
import { runFuzzTarget } from './fuzz/run-target.ts';
import { fuzzTargetOf, fuzzTargets } from './fuzz/targets.ts';
import type { Bench } from './harness/bench.ts';

export const fuzz: Bench = {
  name: 'fuzz',
  title: 'hostile input for the parser, masks, metrics and converters, 4 s each',
  async *run({ options, note }) {
    const { seed, seconds = 4, only, path } = options;
    const targets = only === undefined ? fuzzTargets : [fuzzTargetOf(only)];
    const failed: string[] = [];
    for (const { name: target } of targets) {
      const { cases, failure } = await runFuzzTarget({ target, seed, seconds, path });
      yield { figure: `${target}: cases`, value: cases, unit: 'cases', better: 'higher' };
      if (failure === null) continue;
      failed.push(target);
      const file = saveInCache(`fuzz/${target}-seed-${seed}.txt`, failure.input);
      note(`✖ ${target}: ${failure.error}`);
      note(`  Input: ${file}`);
      note(`  Again: npm run bench -- fuzz --only ${target} --seed ${seed} --path ${failure.path}`);
    }
    if (failed.length > 0) throw new Error(`${failed.join(', ')} failed with seed ${seed}`);
  },
};
