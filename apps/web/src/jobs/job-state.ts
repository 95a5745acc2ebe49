// What a job's state means to people, and what its result tells.

import type { Job } from '@migaki/api';

export const isActive = ({ state }: Job): boolean => state === 'queued' || state === 'running';

/** 0 to 100; null while the total is not known. */
export const percentOf = ({ done, total }: Job): number | null =>
  total === null || total === 0 ? null : Math.min(100, (done / total) * 100);

export interface Loss {
  feature: string;
  count: number;
  example: string;
}

/** What jobs report, whatever their kind; each part is there only where the job has something to say. */
export interface JobReport {
  /** Numbers by name: `images`, `annotations`, `byteSize`, … */
  counts: [name: string, count: number][];
  missingPictures: string[];
  losses: Loss[];
  /** Sentences about files that could not be read. */
  problems: string[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLoss = (value: unknown): value is Loss =>
  isRecord(value) && typeof value.feature === 'string' && typeof value.count === 'number';

const textOf = (value: unknown): string =>
  isRecord(value)
    ? [value.file ?? value.path ?? value.where, value.message ?? value.reason]
        .filter((part) => typeof part === 'string')
        .join(': ')
    : String(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Reads a result without trusting its form: results of older versions of the workbench stay readable. */
export function reportOf(result: unknown): JobReport {
  const record = isRecord(result) ? result : {};
  const listsOf = (...names: string[]) => names.flatMap((name) => listOf(record[name]));
  return {
    counts: Object.entries(record).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
    missingPictures: listsOf('missingPictures', 'missing').map(textOf),
    losses: listsOf('losses').filter(isLoss),
    problems: listsOf('problems', 'failures', 'refused', 'warnings').map(textOf),
  };
}
