// The dataset that a training names: one of the workbench, or a folder or file on this disk, which is brought in first.

import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { type Problems, problemLines } from '../reports/transfer.ts';
import type { StartProgress } from '../terminal/progress.ts';
import { counted } from '../terminal/words.ts';
import { findDataset } from './find-dataset.ts';
import { followJob } from './follow-job.ts';
import type { OpenWorkbench } from './with-workbench.ts';

/** How many of the files that could not be imported are named; `migaki import` lists more. */
const namedProblems = 5;

/**
 * The id of the dataset. What lies on the disk becomes a dataset of its name; brought in once more, only what is new of it
 * is added.
 *
 * @param note tells that something was brought in
 * @throws CliError `input`
 */
export async function trainDataset(
  workbench: OpenWorkbench,
  word: string,
  { startProgress, note }: { startProgress: StartProgress; note: (text: string) => void },
): Promise<number> {
  const known = await findDataset(workbench.client, word);
  if (known !== null) return known.id;
  if (!existsSync(word)) {
    throw new CliError(
      'input',
      `Expected the name or number of a dataset, or a folder or file, found “${word}”. See: npx migaki dataset list`,
    );
  }
  const path = resolve(word);
  const name = basename(path).replace(/\.(json|zip)$/i, '');
  const there = await findDataset(workbench.client, name);
  const { datasetId, job } = await workbench.client.startImport({
    body: {
      into: there === null ? { newDataset: name } : { datasetId: there.id },
      from: { path },
    },
  });
  const { result } = await followJob(workbench, job, startProgress);
  const report = result as Problems;
  const { problemCount } = report;
  const problems =
    problemCount === 0 ? '' : ` ${counted(problemCount, 'file')} could not be imported:`;
  note(`${word} is now the dataset “${name}” of the workbench.${problems}`);
  // Each a note of its own, because a note is one line.
  for (const line of problemLines(report, namedProblems)) note(line);
  return datasetId;
}
