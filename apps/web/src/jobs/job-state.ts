// What a job's state means to people, and what its result tells.

import type { Job } from '@migaki/api';
import type { Words } from '@migaki/coco';
import { en } from '../i18n/en.ts';

export const isActive = ({ state }: Job): boolean => state === 'queued' || state === 'running';

/**
 * What an import, or a transfer, that ended early says of what it had brought in. Null for all others: their last words are of what they were
 * doing.
 */
export const lastWordsOf = (job: Job): Words | null =>
  bringsIn.has(job.kind) && !isActive(job) && job.message !== '' ? job.message : null;

const bringsIn: ReadonlySet<string> = new Set(['import', 'transfer']);

/** 0 to 100; null while the total is not known. */
export const percentOf = ({ done, total }: Job): number | null =>
  total === null || total === 0 ? null : Math.min(100, (done / total) * 100);

export interface Loss {
  feature: string;
  count: number;
  example: Words;
}

export interface Problem {
  file: Words;
  message: Words;
}

/** What jobs report, whatever their kind; each part is there only where the job has something to say. */
export interface JobReport {
  /** Numbers by name, those above zero: `imagesAdded`, `annotationsKnown`, `byteSize`, … */
  counts: [name: string, count: number][];
  /** The first of them. */
  missingPictures: string[];
  missingPictureCount: number;
  losses: Loss[];
  /** What is not as the files said, and does no harm. */
  notes: Loss[];
  /** Pictures that came in and are damaged inside, the first of them. */
  damaged: Problem[];
  damagedCount: number;
  /** Files that could not be read, the first of them. */
  problems: Problem[];
  problemCount: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLoss = (value: unknown): value is Loss =>
  isRecord(value) && typeof value.feature === 'string' && typeof value.count === 'number';

const isProblem = (value: unknown): value is Problem =>
  isRecord(value) && value.file !== undefined && value.message !== undefined;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const names = Object.keys(en.jobs.counts);
/** A database has its own order of fields, which tells people nothing. What has no words comes last. */
const placeOf = (name: string): number =>
  names.includes(name) ? names.indexOf(name) : names.length;

/** Reads a result without trusting its form: results of older versions of the workbench stay readable. */
export function reportOf(result: unknown): JobReport {
  const record = isRecord(result) ? result : {};
  const { missingPictureCount, damagedCount, problemCount, ...others } = record;
  const missingPictures = listOf(record.missingPictures).map(String);
  const damaged = listOf(record.damaged).filter(isProblem);
  const problems = listOf(record.problems).filter(isProblem);
  const countOf = (count: unknown, list: unknown[]) =>
    typeof count === 'number' ? count : list.length;
  return {
    // An id is no count.
    counts: Object.entries(others)
      .filter(
        (entry): entry is [string, number] =>
          typeof entry[1] === 'number' && entry[1] > 0 && !entry[0].endsWith('Id'),
      )
      .sort(([a], [b]) => placeOf(a) - placeOf(b)),
    missingPictures,
    missingPictureCount: countOf(missingPictureCount, missingPictures),
    losses: listOf(record.losses).filter(isLoss),
    notes: listOf(record.notes).filter(isLoss),
    damaged,
    damagedCount: countOf(damagedCount, damaged),
    problems,
    problemCount: countOf(problemCount, problems),
  };
}

/** What an export was asked for that holds no image; empty for a whole dataset, null of any other job. */
export function emptyExport({ kind, result }: Pick<Job, 'kind' | 'result'>): string | null {
  if (kind !== 'export' || !isRecord(result) || result.images !== 0) return null;
  return typeof result.query === 'string' ? result.query : '';
}

/**
 * What an import added, in the words of people: a picture is new whether or not labels named it. Parts that are zero are
 * left out.
 */
export function importCounts(result: unknown): [name: string, count: number][] {
  const counts = new Map(reportOf(result).counts);
  const sum = (...names: string[]) =>
    names.reduce((total, name) => total + (counts.get(name) ?? 0), 0);
  const told: [name: string, count: number][] = [
    ['newPictures', sum('imagesAdded', 'picturesAdded')],
    ['newObjects', sum('annotationsAdded')],
    ['newCategories', sum('categoriesAdded')],
    // Those of images that this very import added go without saying.
    ['foundPictures', sum('imagesAdded') > 0 ? 0 : sum('picturesCompleted')],
    ['knownPictures', sum('imagesKnown', 'picturesKnown')],
    ['changedObjects', sum('annotationsChanged')],
    ['deletedObjects', sum('annotationsDeleted')],
    ['knownObjects', sum('annotationsKnown')],
  ];
  return told.filter(([, count]) => count > 0);
}

/** The run that a training's job is about; null of other jobs. */
export function runIdOf({ kind, result }: Pick<Job, 'kind' | 'result'>): number | null {
  const runId = isRecord(result) ? result.runId : undefined;
  return kind === 'train' && typeof runId === 'number' ? runId : null;
}
