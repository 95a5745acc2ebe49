// The folder of a run: its datasets as the versions have them, with the place of every picture, and the file to begin from.

import { mkdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { phrase } from '@migaki/coco';
import {
  type BlobStore,
  getModelVersion,
  getRunFile,
  type JobContext,
  type Run,
  type Store,
  StoreError,
} from '@migaki/store';
import { pullModel, readInitFile, type TrainSettings, writeRunFolder } from '@migaki/train';
import { chosenImages } from '../../runs/chosen-images.ts';
import { initPath } from '../../runs/given-files.ts';
import { runKeyOf } from '../../runs/run-folder.ts';
import type { WorkspaceFolders } from '../../workspace-folders.ts';
import { withLocated } from '../located-dataset.ts';

export interface RequestServices {
  store: Store;
  blobs: BlobStore;
  folders: WorkspaceFolders;
}

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
  const imageIds = dataset.query === undefined ? undefined : await chosenImages(services, run.id);
  await withLocated(reading, dataset, imageIds, (training) =>
    run.validation === null
      ? writeRunFolder(folder, request, training, null, init)
      : withLocated(reading, run.validation, undefined, (validation) =>
          writeRunFolder(folder, request, training, validation, init),
        ),
  );
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
