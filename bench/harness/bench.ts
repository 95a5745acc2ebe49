// What a bench is and what it yields: the contract between the files of `bench/` and the harness.

import type { BenchOptions } from './options.ts';
import type { PythonPeer } from './python-peer.ts';

/** One bench. Its file is named like it; `registry.ts` lists them all. */
export interface Bench {
  /** As written on the command line. */
  name: string;
  /** One line for people: what is measured on what, and against whom. */
  title: string;
  /** Takes more than about a minute, so it runs only when it is named. */
  long?: boolean;
  /** Measures and yields each figure as soon as it is known. Throws where there is nothing to report. */
  run(context: BenchContext): AsyncIterable<Figure>;
}

export interface BenchContext {
  options: BenchOptions;
  /** Says something to the person at the terminal (stderr). */
  note(text: string): void;
  /** A Python with pycocotools, or null, said once, where this machine has none. */
  pycocotools(): Promise<PythonPeer | null>;
}

/** One measured number, beside the same number of a peer where one ran. */
export interface Figure {
  figure: string;
  value: number;
  unit: string;
  /** Which way is good; it decides which way round `ratio` is. */
  better: 'lower' | 'higher';
  peer?: { name: string; value: number } | null;
  target?: Target;
}

/** A bound on the ratio to the peer, or on the value itself, in its unit. */
export type Target = { ratioAtLeast: number } | { valueAtMost: number } | { valueAtLeast: number };

/** How many times better ours is than the peer's, whatever the unit: above 1 we are ahead. */
export function ratioOf(figure: Figure): number | null {
  if (figure.peer == null) return null;
  return figure.better === 'lower'
    ? figure.peer.value / figure.value
    : figure.value / figure.peer.value;
}

/** `ratio >= 5` or `value <= 300`; null where the figure has no target. */
export function targetText({ target }: Figure): string | null {
  if (target === undefined) return null;
  if ('ratioAtLeast' in target) return `ratio >= ${target.ratioAtLeast}`;
  return 'valueAtMost' in target
    ? `value <= ${target.valueAtMost}`
    : `value >= ${target.valueAtLeast}`;
}

/** Whether the target is met; null where there is none, or none to be judged because no peer ran. */
export function targetHolds(figure: Figure): boolean | null {
  const { target, value } = figure;
  if (target === undefined) return null;
  if ('valueAtMost' in target) return value <= target.valueAtMost;
  if ('valueAtLeast' in target) return value >= target.valueAtLeast;
  const ratio = ratioOf(figure);
  return ratio === null ? null : ratio >= target.ratioAtLeast;
}
