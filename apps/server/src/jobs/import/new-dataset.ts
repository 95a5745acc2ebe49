// An import or a transfer into a new dataset makes it at once, so that a page can show it fill. Where it fails or is cancelled
// before anything came in, the dataset goes again, in the same transaction; queued once more, it is made once more.

import { discardUntouchedDataset, type Job, type JobHooks, remakeDataset } from '@migaki/store';
import type { TransferParams } from '../transfer/transfer-job.ts';
import type { ImportParams } from './import-job.ts';

export const newDatasetHooks: JobHooks = {
  async unsuccessful(job, sql) {
    const dataset = newDatasetOf(job);
    if (dataset !== null) await discardUntouchedDataset(sql, dataset);
  },
  async retried(job, sql) {
    const dataset = newDatasetOf(job);
    if (dataset === null) return job.datasetId;
    await remakeDataset(sql, dataset);
    return dataset.id;
  },
};

function newDatasetOf({ kind, params }: Job): { id: number; name: string } | null {
  if (kind !== 'import' && kind !== 'transfer') return null;
  const { datasetId, newDataset } = params as ImportParams | TransferParams;
  return newDataset === undefined ? null : { id: datasetId, name: newDataset };
}
