import { buffer } from 'node:stream/consumers';
import {
  type BlobStore,
  getRunFile,
  type ModelVersion,
  type Store,
  StoreError,
} from '@migaki/store';
import { learnedImagesPath } from '../runs/given-files.ts';

export interface LearnedImages {
  /** Whether the model learned from pictures of the dataset. */
  isTrainedOn: boolean;
  /** Which; null where that is not known any more. */
  imageIds: ReadonlySet<number> | null;
}

/** The pictures of a dataset that a model has learned from, as its run has written them down. */
export async function learnedImages(
  store: Store,
  blobs: BlobStore,
  { dataset, run }: ModelVersion,
  datasetId: number,
): Promise<LearnedImages> {
  if (dataset?.datasetId !== datasetId) return { isTrainedOn: false, imageIds: new Set() };
  if (run === null) return { isTrainedOn: true, imageIds: null };
  try {
    const { sha256 } = await getRunFile(store, run.id, learnedImagesPath);
    const ids: number[] = JSON.parse((await buffer(await blobs.open(sha256))).toString());
    return { isTrainedOn: true, imageIds: new Set(ids) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { isTrainedOn: true, imageIds: null };
  }
}
