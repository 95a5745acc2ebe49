// A dataset as a version has it, for the trainer's code: with the place of every picture.

import { type CocoImage, phrase } from '@migaki/coco';
import {
  type BlobStore,
  type CocoRoot,
  exportCoco,
  getImages,
  halfLookedOver,
  type PinnedDataset,
  type Store,
  StoreError,
} from '@migaki/store';
import type { LocatedDataset } from '@migaki/train';

const imagesPerLookUp = 1_000;

/**
 * Each picture of it with the path of its file, where there is one.
 *
 * @throws StoreError `dataset-not-found` for one that was deleted for good
 */
export async function withLocated<Result>(
  { store, blobs, signal }: { store: Store; blobs: BlobStore; signal: AbortSignal },
  { datasetId, name, revision }: PinnedDataset,
  imageIds: readonly number[] | undefined,
  use: (dataset: LocatedDataset) => Promise<Result>,
): Promise<Result> {
  if (datasetId === null) {
    throw new StoreError('dataset-not-found', {
      expected: phrase`the dataset ${name}`,
      found: phrase`one that was deleted for good`,
    });
  }
  const half = await halfLookedOver(store, datasetId, revision);
  const options = {
    at: revision,
    withReview: true,
    onlyReadable: true,
    ...(imageIds && { imageIds }),
  };
  return exportCoco(store, datasetId, options, async (root) => {
    const pathsOf = async (images: readonly CocoImage[]) => {
      const ids = images.map(({ id }) => id);
      const paths = new Map<number, string>();
      // A picture that was missing in a version and came later belongs to it; one that was replaced is as it was.
      for (const at of [undefined, revision]) {
        for (const { imageId, sha256 } of await getImages(store, datasetId, ids, { at })) {
          const path = sha256 === null ? null : blobs.localPath(sha256);
          if (path !== null) paths.set(imageId, path);
        }
      }
      return paths;
    };
    // Written piece by piece; the types of the trainer speak of lists.
    return use({
      images: located(root.images, { pathsOf, half, signal }),
      annotations: root.annotations,
      categories: root.categories ?? [],
    } as unknown as LocatedDataset);
  });
}

/** Neither its status nor a mark says that somebody is done with the picture. */
function isUndecided(migaki: unknown): boolean {
  const { status, reviewed } = (migaki ?? {}) as { status?: unknown; reviewed?: unknown };
  return (status === undefined || status === 'in_progress') && reviewed === undefined;
}

interface LookUps {
  pathsOf: (images: readonly CocoImage[]) => Promise<ReadonlyMap<number, string>>;
  /** Ids of images that are looked over by half. */
  half: ReadonlySet<number>;
  signal: AbortSignal;
}

async function* located(
  images: CocoRoot['images'],
  { pathsOf, half, signal }: LookUps,
): AsyncGenerator<LocatedDataset['images'][number]> {
  const some: CocoImage[] = [];
  const take = async () => {
    signal.throwIfAborted();
    const paths = await pathsOf(some);
    return some.splice(0).map(({ migaki, ...image }) => ({
      ...image,
      path: paths.get(image.id),
      ...(isUndecided(migaki) && { isUndecided: true, isHalfDecided: half.has(image.id) }),
    }));
  };
  for await (const image of images) {
    some.push(image);
    if (some.length === imagesPerLookUp) yield* await take();
  }
  if (some.length > 0) yield* await take();
}
