// What the addresses of the pages of runs hold. Whatever else stands there is left out, never an error.

import { type RunState, runStates, type TrainTask, trainTasks } from '@migaki/api';

export interface RunsSearch {
  q?: string;
  state?: RunState;
  task?: TrainTask;
  dataset?: string;
  /** As the API takes it: `-createdAt`, `metric:AP`. */
  sort?: string;
  /** Counted from 1. */
  page?: string;
}

export interface RunSearch {
  show?: RunPart;
  /** Of the validation whose samples are shown. */
  step?: string;
}
export const runParts = ['overview', 'samples', 'settings', 'log', 'files'] as const;
export type RunPart = (typeof runParts)[number];

export interface CompareSearch {
  /** `1,2,3` */
  runs?: string;
}

export interface TrainSearch {
  dataset?: string;
  version?: string;
  /** Only pictures that match; empty for all of them where the run that is done again had some. */
  q?: string;
  /** A model to begin from: `cells@3`. */
  model?: string;
  /** A run whose settings are taken. */
  run?: string;
}

type Raw = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const number = (value: unknown): string | undefined =>
  /^\d{1,16}$/.test(String(value)) ? String(value) : undefined;
const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((each) => each === value);
/** Without the keys that have no value, so that the address stays short. */
const present = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;

export const readRunsSearch = ({ q, state, task, dataset, sort, page }: Raw): RunsSearch =>
  present({
    q: text(q),
    state: oneOf(runStates, state),
    task: oneOf(trainTasks, task),
    dataset: number(dataset),
    sort: /^-?(createdAt|name|state|task|score|dataset|seconds|(metric|setting):.+)$/.test(
      String(sort),
    )
      ? String(sort)
      : undefined,
    page: number(page),
  });

export const readRunSearch = ({ show, step }: Raw): RunSearch =>
  present({ show: oneOf(runParts, show), step: number(step) });

/** More would not be told apart. */
export const mostCompared = 20;

export const readCompareSearch = ({ runs }: Raw): CompareSearch =>
  present({ runs: /^\d{1,16}(,\d{1,16})*$/.test(String(runs)) ? String(runs) : undefined });

/** Each once, in the order of the address. */
export const comparedIds = ({ runs }: CompareSearch): number[] =>
  [...new Set((runs ?? '').split(',').filter(Boolean).map(Number))].slice(0, mostCompared);

export const readTrainSearch = ({ dataset, version, q, model, run }: Raw): TrainSearch =>
  present({
    dataset: number(dataset),
    version: text(version),
    q: typeof q === 'string' ? q : undefined,
    model: text(model),
    run: number(run),
  });
