// What becomes of an import or a transfer that ends early. One that was cancelled leaves nothing behind that nobody else has built on; of one
// that failed stays what came in before, because it goes on there when it is run again, and that is told.

import { faultPhrase, phrase } from '@migaki/coco';
import {
  discardDatasetOfJob,
  type JobContext,
  type Store,
  StoreError,
  takeBackJob,
} from '@migaki/store';

interface Imported {
  datasetId: number;
  /** The name of the dataset, where it was made for this import. */
  newDataset?: string;
  author: string;
}

interface CameIn {
  images: number;
  labels: number;
}

export const isCancelled = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && (reason as { why?: string }).why === 'cancelled';

/** A dataset that was made for the import goes altogether, unless somebody else has changed it. */
export async function takeBack(
  store: Store,
  { id: jobId, params, message, log }: JobContext<Imported>,
  { images, labels }: CameIn,
): Promise<void> {
  message(phrase`Taking back what came in`);
  const { datasetId, newDataset, author } = params;
  const dataset = { id: datasetId, name: newDataset ?? '' };
  const isGone = newDataset !== undefined && (await discardDatasetOfJob(store, dataset, jobId));
  const obstacle = isGone
    ? null
    : await takeBackJob(store, datasetId, { jobId, author }).catch(ifGone);
  if (obstacle === null) return message(phrase`Nothing of it stays`);
  log(phrase`It cannot be taken back: ${faultPhrase(obstacle.details)}`, 'warning');
  message(
    phrase`What came in stays (images: ${images}, labels: ${labels}), because others have built on it`,
  );
}

/** Whoever deleted the dataset meanwhile has taken back more than that. */
function ifGone(error: unknown): null {
  if (error instanceof StoreError && error.code === 'dataset-not-found') return null;
  throw error;
}

/** Of a run that failed. */
export function tellWhatStays(
  { message }: Pick<JobContext, 'message'>,
  { images, labels }: CameIn,
): void {
  message(
    images + labels === 0
      ? null
      : phrase`What came in before stays (images: ${images}, labels: ${labels}): run it again to go on, or take it back on the page Versions`,
  );
}
