import { join } from 'node:path';
import { type DrawnSet, writeDrawnSet } from '../../packages/train/src/drawn/drawn-set.ts';
import type { LocatedDataset } from '../../packages/train/src/run/run-folder.ts';
import { cachedFolder } from './cache.ts';

/** A drawn set in the cache, drawn once. */
export async function drawnFolder(name: string, set: DrawnSet): Promise<LocatedDataset> {
  const { images } = set.dataset;
  const folder = await cachedFolder(`drawn-${name}-${images.length}-v1`, async (unfinished) => {
    await writeDrawnSet(set, unfinished);
  });
  return {
    ...set.dataset,
    images: images.map((image) => ({ ...image, path: join(folder, image.file_name) })),
  };
}
