// Masks and metrics of random input, number by number beside pycocotools. Where `fuzz` only knows what cannot be
// right, this knows what is.

import { saveInCache } from './data/cache.ts';
import { compareMasks } from './fuzz/compare-masks.ts';
import { compareMetrics } from './fuzz/compare-metrics.ts';
import type { Comparison } from './fuzz/comparison.ts';
import type { Bench } from './harness/bench.ts';
import { startPeerServer } from './harness/python-peer.ts';

const sides = [
  { name: 'masks', compare: compareMasks, largestDifference: 0 },
  { name: 'metrics', compare: compareMetrics, largestDifference: 1e-9 },
];

export const fuzzOracle: Bench = {
  name: 'fuzz-oracle',
  title: 'masks and metrics of random input, number by number beside pycocotools, 60 s each',
  long: true,
  async *run({ options, note, pycocotools }) {
    const { seed, seconds = 60 } = options;
    const peer = await pycocotools();
    if (peer === null) throw new Error('There is nothing to compare with.');
    const server = startPeerServer(peer, 'pycocotools_server.py');
    try {
      for (const { name, compare, largestDifference } of sides) {
        const whole: Comparison = { numbers: 0, largestDifference: 0 };
        const end = performance.now() + seconds * 1000;
        let cases = 0;
        for (; performance.now() < end; cases++) {
          const { input, comparison } = await compare(server, seed, cases);
          whole.numbers += comparison.numbers;
          whole.largestDifference = Math.max(whole.largestDifference, comparison.largestDifference);
          if (!(comparison.largestDifference <= largestDifference)) {
            const file = saveInCache(`fuzz/oracle-${name}.json`, JSON.stringify(input));
            note(`✖ ${name}, seed ${seed}, case ${cases}: ${comparison.worst}; input: ${file}`);
            break;
          }
        }
        const more = { better: 'higher' } as const;
        yield { figure: `${name}: cases`, value: cases, unit: 'cases', ...more };
        yield { figure: `${name}: compared`, value: whole.numbers, unit: 'numbers', ...more };
        yield {
          figure: `${name}: largest difference`,
          value: whole.largestDifference,
          unit: '',
          better: 'lower',
          target: { valueAtMost: largestDifference },
        };
        if (whole.largestDifference > largestDifference) throw new Error(`${name} differ`);
      }
    } finally {
      await server.close();
    }
  },
};
