// The folder of a run: its datasets as the versions have them, with the place of every picture, and the file to begin from.

import { mkdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { CocoImage } from '@migaki/coco';
import { phrase } from '@migaki/coco';
import {
  type BlobStore,
  type CocoRoot,
  exportCoco,
  getImages,
  getModelVersion,
  getRunFile,
  type JobContext,
  type PinnedDataset,
  type Run,
  type Store,
  StoreError,
} from '@migaki/store';
import {
  type LocatedDataset,
  pullModel,
  readInitFile,
  type TrainSettings,
  writeRunFolder,
} from '@migaki/train';
import { chosenImagesPath, initPath } from '../../runs/given-files.ts';
import { runKeyOf } from '../../runs/run-folder.ts';
import type { WorkspaceFolders } from '../../workspace-folders.ts';

export interface RequestServices {
  store: Store;
  blobs: BlobStore;
  folders: WorkspaceFolders;
}

const imagesPerLookUp = 1_000;

/** @throws StoreError `dataset-not-found`, `model-not-found`; TrainError of a file to begin from */
export async function writeRequest(
  services: RequestServices,
  job: JobContext,
  run: Run,
  folder: string,
): Promise<void> {
  const { store, blobs } = services;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const init = await initBytes(services, job, run);
  const dataset = run.dataset!;
  const request = {
    settings: { ...run.settings, task: run.task } as TrainSettings,
    runKey: runKeyOf(run),
    origin: {
      run: run.name,
      dataset: dataset.name,
      dataset_version: dataset.version,
      ...(run.init !== null && { began_from: run.init.name }),
    },
  };
  job.message(phrase`Gathering pictures and labels`);
  const reading = { store, blobs, signal: job.signal };
  const imageIds = dataset.query === undefined ? undefined : await chosenImages(services, run);
  await withLocated(reading, dataset, imageIds, (training) =>
    run.validation === null
      ? writeRunFolder(folder, request, training, null, init)
      : withLocated(reading, run.validation, undefined, (validation) =>
          writeRunFolder(folder, request, training, validation, init),
        ),
  );
}

async function withLocated(
  { store, blobs, signal }: { store: Store; blobs: BlobStore; signal: AbortSignal },
  { datasetId, name, revision }: PinnedDataset,
  imageIds: readonly number[] | undefined,
  use: (dataset: LocatedDataset) => Promise<void>,
): Promise<void> {
  if (datasetId === null) {
    throw new StoreError('dataset-not-found', {
      expected: phrase`the dataset ${name}`,
      found: phrase`one that was deleted for good`,
    });
  }
  const options = { at: revision, withReview: true, ...(imageIds && { imageIds }) };
  await exportCoco(store, datasetId, options, async (root) => {
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
    await use({
      images: located(root.images, pathsOf, signal),
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

async function* located(
  images: CocoRoot['images'],
  pathsOf: (images: readonly CocoImage[]) => Promise<ReadonlyMap<number, string>>,
  signal: AbortSignal,
): AsyncGenerator<LocatedDataset['images'][number]> {
  const some: CocoImage[] = [];
  const take = async () => {
    signal.throwIfAborted();
    const paths = await pathsOf(some);
    return some.splice(0).map(({ migaki, ...image }) => ({
      ...image,
      path: paths.get(image.id),
      ...(isUndecided(migaki) && { isUndecided: true }),
    }));
  };
  for await (const image of images) {
    some.push(image);
    if (some.length === imagesPerLookUp) yield* await take();
  }
  if (some.length > 0) yield* await take();
}

async function initBytes(
  { store, blobs, folders }: RequestServices,
  job: JobContext,
  run: Run,
): Promise<Uint8Array | null> {
  if (run.init === null) return null;
  const { kind, name, model } = run.init;
  if (kind === 'hub') {
    job.message(phrase`Fetching ${name}`);
    const onProgress = (done: number, total: number | null) => job.progress(done, total, 'bytes');
    const { signal } = job;
    return readInitFile(await pullModel(name, { cacheFolder: folders.hub, onProgress, signal }));
  }
  if (kind === 'model' && model === null) {
    throw new StoreError('model-not-found', {
      expected: phrase`the model ${name}`,
      found: phrase`one that was deleted for good`,
    });
  }
  const { sha256 } =
    model === null
      ? await getRunFile(store, run.id, initPath)
      : await getModelVersion(store, model.modelId, model.version);
  return buffer(await blobs.open(sha256));
}

/** The images that a filter chose when the run was begun. */
async function chosenImages({ store, blobs }: RequestServices, run: Run): Promise<number[]> {
  const { sha256 } = await getRunFile(store, run.id, chosenImagesPath);
  return JSON.parse((await buffer(await blobs.open(sha256))).toString());
}
