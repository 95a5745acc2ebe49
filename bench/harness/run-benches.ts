// Runs benches one after the other. One that fails is told and does not stop the others.

import { type Bench, type BenchContext, targetHolds } from './bench.ts';
import { describeMachine } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { findPeer, type PythonPeer } from './python-peer.ts';
import { jsonLine, tableHead, tableRow } from './report.ts';

/** Where lines go: `data` is stdout, `talk` is stderr. */
export interface Output {
  data(line: string): void;
  talk(line: string): void;
}

/** Runs the benches and prints their figures as they come. Resolves to the names of those that failed. */
export async function runBenches(
  benches: readonly Bench[],
  options: BenchOptions,
  output: Output,
): Promise<string[]> {
  let peer: Promise<PythonPeer | null> | undefined;
  const context: BenchContext = {
    options,
    note: (text) => output.talk(`  ${text}`),
    pycocotools: () => {
      peer ??= findPeer('pycocotools').then((found) => {
        if (found === null) {
          output.talk(
            '  No pycocotools: python3 cannot import it and MIGAKI_PEER_PYTHON is unset.',
          );
        }
        return found;
      });
      return peer;
    },
  };

  output.talk(describeMachine());
  if (!options.json) output.data(tableHead);
  const failed: string[] = [];
  for (const bench of benches) {
    const started = performance.now();
    if (!options.json) output.data(`\n${bench.name}: ${bench.title}`);
    else output.talk(`${bench.name}: ${bench.title}`);
    try {
      for await (const figure of bench.run(context)) {
        output.data(options.json ? jsonLine(bench.name, figure) : tableRow(figure));
        if (targetHolds(figure) === false) output.talk(`  ✖ ${figure.figure} misses its target.`);
      }
    } catch (error) {
      failed.push(bench.name);
      output.talk(`✖ ${bench.name} failed: ${error instanceof Error ? error.stack : error}`);
    }
    output.talk(`  (${((performance.now() - started) / 1000).toFixed(0)} s)`);
  }
  return failed;
}
