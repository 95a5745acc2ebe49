// Reading an instances file: how fast, and how much memory beyond the data itself. Each reading is a process of its
// own that says what it took; `JSON.parse` of the whole file and Python's json module are what one would use else.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadingCost, ReadingWay } from './children/read-instances.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { runProcess } from './harness/child-process.ts';
import { median, takeTurns } from './harness/measure.ts';
import { peerScript } from './harness/python-peer.ts';

const MEMORY_TARGET = { valueAtMost: 300 };

export const cocoParse: Bench = {
  name: 'coco-parse',
  title: 'reading an instances file of 60 MB: speed, and memory above the data kept',
  run: (context) => parseFile(context, 16_000, 3),
};

/** As many pictures and annotations as COCO's own training set, `instances_train2017.json`. */
export const cocoParseFull: Bench = {
  name: 'coco-parse-full',
  title: 'reading an instances file of 450 MB: speed, and memory above the data kept',
  long: true,
  run: (context) => parseFile(context, 118_000, 1),
};

async function* parseFile(
  { options, pycocotools }: BenchContext,
  defaultImages: number,
  defaultRuns: number,
): AsyncIterable<Figure> {
  const { seed, images = defaultImages, runs = defaultRuns } = options;
  const file = await syntheticInstancesFile({ images, seed });
  const fileMegabytes = statSync(file).size / 1e6;
  const peer = await pycocotools();

  const costs = await takeTurns(runs, {
    kept: () => readingCost('read-coco', file),
    streamed: () => readingCost('stream-json', file),
    jsonParse: () => readingCost('json-parse', file),
    jsonLoad: peer && (() => pythonCost(peer.python, file)),
  });
  const speed = (runs: { seconds: number }[]) =>
    fileMegabytes / median(runs.map(({ seconds }) => seconds));
  const aboveKept = (runs: ReadingCost[]) =>
    median(runs.map(({ peakRssBytes, keptBytes }) => (peakRssBytes - keptBytes) / 1e6));
  const kept = (runs: ReadingCost[]) => median(runs.map(({ keptBytes }) => keptBytes / 1e6));
  const jsonParse = { name: 'JSON.parse', value: speed(costs.jsonParse) };
  const jsonLoad = peer && { name: 'Python json.load', value: speed(costs.jsonLoad) };

  const reading = { value: speed(costs.kept), unit: 'MB/s', better: 'higher' } as const;
  yield { figure: 'read into memory', ...reading, peer: jsonParse };
  if (jsonLoad) yield { figure: 'read into memory, beside Python', ...reading, peer: jsonLoad };
  yield {
    figure: 'stream, nothing kept',
    value: speed(costs.streamed),
    unit: 'MB/s',
    better: 'higher',
    peer: jsonParse,
  };
  yield {
    figure: 'data kept',
    value: kept(costs.kept),
    unit: 'MB',
    better: 'lower',
    peer: { name: 'JSON.parse', value: kept(costs.jsonParse) },
  };
  const memory = { unit: 'MB', better: 'lower', target: MEMORY_TARGET } as const;
  yield {
    figure: 'memory above the data kept',
    value: aboveKept(costs.kept),
    ...memory,
    peer: { name: 'JSON.parse', value: aboveKept(costs.jsonParse) },
  };
  yield {
    figure: 'memory while streaming, nothing kept',
    value: aboveKept(costs.streamed),
    ...memory,
  };
}

async function readingCost(way: ReadingWay, file: string): Promise<ReadingCost> {
  const script = join(import.meta.dirname, 'children', 'read-instances.ts');
  const { stdout } = await runProcess(process.execPath, ['--expose-gc', script, way, file]);
  return JSON.parse(stdout) as ReadingCost;
}

async function pythonCost(python: string, file: string) {
  const { stdout } = await runProcess(python, [peerScript('json_load.py'), file]);
  return JSON.parse(stdout) as { seconds: number };
}
