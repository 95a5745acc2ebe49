// The pictures of a dataset before a model, some at a time: while what came of some is written, the model looks at the next.
// Pictures go by their ids, so that the work goes on after a crash behind the last that was written.

import { buffer } from 'node:stream/consumers';
import {
  type BlobStore,
  getImages,
  getModelVersion,
  type Image,
  type JobContext,
  matchingIds,
  type Store,
} from '@migaki/store';
import { type Onlookers, openOnlookers } from '@migaki/train';
import { nameOfModel } from '../runs/name-of-model.ts';

export interface ModelServices {
  store: Store;
  blobs: BlobStore;
}

export interface ShownDataset {
  datasetId: number;
  model: { modelId: number; version: number; name: string };
  /** Which pictures. */
  query: string;
}

interface Work<Seen> {
  /** The last picture that was written before; null at the beginning. */
  lastImageId: number | null;
  /** What comes of some pictures that are not in the trash. */
  look(onlookers: Onlookers, images: readonly Image[]): Promise<Seen>;
  /** Writes it. Doing so twice must be the same as once. */
  write(seen: Seen, lastImageId: number): Promise<void>;
}

/** Pictures that are written at once. */
const chunkSize = 32;

/** @throws StoreError `model-not-found`, `bad-query`; what `look` and `write` throw */
export async function showDataset<Seen>(
  { store, blobs }: ModelServices,
  job: JobContext<ShownDataset>,
  { lastImageId, look, write }: Work<Seen>,
): Promise<void> {
  const { datasetId, model, query } = job.params;
  const { sha256 } = await getModelVersion(store, model.modelId, model.version);
  const bytes = await buffer(await blobs.open(sha256));
  // What was written already may have changed what matches, but not of pictures that are still to come.
  const imageIds = await matchingIds(store, datasetId, { query, of: 'images' });
  imageIds.sort((a, b) => a - b);
  const left = imageIds.filter((id) => lastImageId === null || id > lastImageId);
  const tell = (leftCount: number) =>
    job.progress(imageIds.length - leftCount, imageIds.length, 'images');
  const onlookers = openOnlookers(bytes, nameOfModel(model), 'predict');
  let writing = Promise.resolve();
  try {
    tell(left.length);
    for (let from = 0; from < left.length; from += chunkSize) {
      const ids = left.slice(from, from + chunkSize);
      const images = await getImages(store, datasetId, ids);
      const seen = await look(
        onlookers,
        images.filter(({ isDeleted }) => !isDeleted),
      );
      await writing;
      job.signal.throwIfAborted();
      writing = write(seen, ids.at(-1)!).then(() => tell(left.length - from - ids.length));
      // Told where it is waited for.
      writing.catch(() => {});
    }
    await writing;
  } finally {
    await writing.catch(() => {});
    await onlookers.close();
  }
}
