// Writing an instances file: how fast beside `JSON.stringify` of the whole, and in how much memory when the
// annotations are streamed and never all there.

import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { WritingCost, WritingWay } from './children/write-instances.ts';
import { cacheFolder } from './data/cache.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench } from './harness/bench.ts';
import { runProcess } from './harness/child-process.ts';
import { median, takeTurns } from './harness/measure.ts';

const STREAMED_BYTES = 450e6;

export const cocoWrite: Bench = {
  name: 'coco-write',
  title: 'writing an instances file: 60 MB from memory, 450 MB streamed',
  async *run({ options }) {
    const { seed, images = 16_000, runs = 3 } = options;
    const file = await syntheticInstancesFile({ images, seed });
    const { ours, theirs } = await takeTurns(runs, {
      ours: () => writingCost('write-coco', file),
      theirs: () => writingCost('json-stringify', file),
    });
    yield {
      figure: 'write from memory',
      value: megabytesPerSecond(ours),
      unit: 'MB/s',
      better: 'higher',
      peer: { name: 'JSON.stringify', value: megabytesPerSecond(theirs) },
    };

    const part = await syntheticInstancesFile({ images: 200, seed });
    const repeats = Math.ceil(STREAMED_BYTES / statSync(part).size);
    const streamed = await writingCost('stream', part, repeats);
    const speed = megabytesPerSecond([streamed]);
    yield { figure: 'stream', value: speed, unit: 'MB/s', better: 'higher' };
    yield {
      figure: 'stream, peak memory of the process',
      value: streamed.peakRssBytes / 1e6,
      unit: 'MB',
      better: 'lower',
      target: { valueAtMost: 300 },
    };
  },
};

async function writingCost(way: WritingWay, file: string, repeats = 1): Promise<WritingCost> {
  const script = join(import.meta.dirname, 'children', 'write-instances.ts');
  const out = join(cacheFolder, `written-${process.pid}.json`);
  mkdirSync(cacheFolder, { recursive: true });
  try {
    const { stdout } = await runProcess(process.execPath, [script, way, file, out, `${repeats}`]);
    return JSON.parse(stdout) as WritingCost;
  } finally {
    rmSync(out, { force: true });
  }
}

function megabytesPerSecond(runs: WritingCost[]): number {
  return median(runs.map(({ writtenBytes, seconds }) => writtenBytes / 1e6 / seconds));
}
