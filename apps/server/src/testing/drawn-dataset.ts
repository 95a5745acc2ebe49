// A small drawn set in a workbench, to train with.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CocoDataset } from '@migaki/coco';
import { writeDrawnSet } from '@migaki/train/drawn';
import { drawnSetFor } from '@migaki/train/testing';
import type { TestWorkbench } from './test-workbench.ts';

/** Asks for little enough to be done in seconds. */
export const quick = { batch: 4, inputSide: 64, threads: 1, loaders: 1, seed: 1 };

/** @returns the id of the dataset */
export async function importDrawn(
  { client, folder, finished }: TestWorkbench,
  name: string,
  task: keyof typeof drawnSetFor,
  count: number,
  change: (dataset: CocoDataset) => CocoDataset = (dataset) => dataset,
): Promise<number> {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  const set = drawnSetFor[task](count);
  await writeDrawnSet(set, join(root, 'images'));
  writeFileSync(join(root, 'labels.json'), JSON.stringify(change(set.dataset)));
  const { datasetId, job } = await client.startImport({
    body: { into: { newDataset: name }, from: { path: root } },
  });
  const { state, error } = await finished(job);
  if (state !== 'succeeded') throw new Error(error?.message);
  return datasetId;
}
