import { phrase } from '@migaki/coco';
import { takeSlippedBack } from '../controls/slipped-mistakes.ts';
import type { Store } from '../database/store.ts';
import { getDataset } from '../datasets/dataset.ts';
import { createVersion, listVersions } from '../datasets/version.ts';
import { StoreError } from '../store-error.ts';
import type { PinnedDataset } from './run-record.ts';

/**
 * The version of a dataset to learn from: the named one, else one of the present revision, which is made where there is
 * none.
 *
 * @throws StoreError `dataset-not-found`, `version-not-found`
 */
export async function pinVersion(
  store: Store,
  datasetId: number,
  { version, author }: { version?: string; author: string },
): Promise<PinnedDataset> {
  if (version === undefined) await takeSlippedBack(store, datasetId, author);
  const { name, revision } = await getDataset(store, datasetId);
  const versions = await listVersions(store, datasetId);
  const found =
    version === undefined
      ? versions.find((one) => one.revision === revision)
      : versions.find((one) => one.name === version);
  if (found !== undefined) {
    return { datasetId, name, version: found.name, revision: found.revision };
  }
  if (version !== undefined) {
    throw new StoreError('version-not-found', {
      expected: phrase`the name of a version`,
      found: JSON.stringify(version),
      advice: phrase`The list of versions shows the names.`,
    });
  }
  const taken = new Set(versions.map((one) => one.name));
  let free = `r${revision}`;
  for (let count = 2; taken.has(free); count++) free = `r${revision}-${count}`;
  const made = await createVersion(store, datasetId, {
    name: free,
    note: 'Made for a training',
    author,
    revision,
  });
  return { datasetId, name, version: made.name, revision: made.revision };
}
