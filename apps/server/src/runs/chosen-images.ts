import { buffer } from 'node:stream/consumers';
import { type BlobStore, getRunFile, type Store } from '@migaki/store';
import { chosenImagesPath } from './given-files.ts';

/** The ids of the images that a filter chose when a run was begun. @throws StoreError `run-file-not-found` */
export async function chosenImages(
  { store, blobs }: { store: Store; blobs: BlobStore },
  runId: number,
): Promise<number[]> {
  const { sha256 } = await getRunFile(store, runId, chosenImagesPath);
  return JSON.parse((await buffer(await blobs.open(sha256))).toString());
}
