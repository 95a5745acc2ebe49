// What the addresses of the pages of models hold.

import { type TrainTask, trainTasks } from '@migaki/api';

export interface ModelsSearch {
  q?: string;
  task?: TrainTask;
  /** Counted from 1. */
  page?: string;
}

export interface ModelSearch {
  /** The one that is shown; the last one where there is none. */
  version?: string;
}

type Raw = Record<string, unknown>;
const number = (value: unknown): string | undefined =>
  /^\d{1,9}$/.test(String(value)) ? String(value) : undefined;
const present = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;

export const readModelsSearch = ({ q, task, page }: Raw): ModelsSearch =>
  present({
    q: typeof q === 'string' && q !== '' ? q : undefined,
    task: trainTasks.find((each) => each === task),
    page: number(page),
  });

export const readModelSearch = ({ version }: Raw): ModelSearch =>
  present({ version: number(version) });
