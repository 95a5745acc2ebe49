// COCO files from the disk, with a progress bar, and with the file's name in every error.

import { stat } from 'node:fs/promises';
import {
  type CocoDataset,
  CocoError,
  type CocoFile,
  type CocoResult,
  type Phrase,
  phrase,
  readCoco,
} from '@migaki/coco';
import type { StartProgress } from '../terminal/progress.ts';
import { ensureMemoryFor } from './enough-memory.ts';
import { readFilePieces } from './read-file.ts';

/** @throws CocoError for what is no COCO file; CliError `input` for what cannot be read */
export async function readCocoFile(path: string, startProgress: StartProgress): Promise<CocoFile> {
  await ensureMemoryFor(path, await sizeOf(path));
  try {
    return await readCoco(readFilePieces(path, startProgress));
  } catch (error) {
    if (!(error instanceof CocoError)) throw error;
    const { where, ...details } = error.details;
    throw new CocoError(error.code, {
      ...details,
      where: where === undefined ? path : phrase`${path}, ${where}`,
    });
  }
}

/**
 * A ground truth with objects: an instances or keypoints file.
 *
 * @throws CocoError also where a record is no object at all, which only `validate` can look past
 */
export async function readGroundTruth(
  path: string,
  startProgress: StartProgress,
): Promise<CocoDataset> {
  const file = await readCocoFile(path, startProgress);
  if (file.kind !== 'instances' && file.kind !== 'keypoints') {
    throw wrongKind(
      path,
      phrase`a ground truth, that is an instances or keypoints file`,
      file.kind,
    );
  }
  for (const section of ['images', 'annotations', 'categories'] as const) {
    const records: readonly unknown[] = file.dataset[section];
    const index = records.findIndex((record) => typeof record !== 'object' || record === null);
    if (index === -1) continue;
    throw new CocoError('not-coco', {
      where: `${path}, $.${section}[${index}]`,
      expected: phrase`a record, that is a JSON object`,
      found: JSON.stringify(records[index]),
      advice: phrase`See all that is wrong with: npx migaki validate ${path}`,
    });
  }
  return file.dataset;
}

/** A model's results: a plain array. */
export async function readResults(
  path: string,
  startProgress: StartProgress,
): Promise<CocoResult[]> {
  const file = await readCocoFile(path, startProgress);
  if (file.kind === 'results') return file.results;
  throw wrongKind(path, phrase`a results file, that is an array of what a model found`, file.kind);
}

function wrongKind(path: string, expected: Phrase, kind: string): CocoError {
  const article = /^[aeiou]/.test(kind) ? 'an' : 'a';
  return new CocoError('not-coco', { where: path, expected, found: `${article} ${kind} file` });
}

/** 0 for what cannot be looked at: the error of reading it tells more. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}
