// What is checked and settled before a training is queued: settings, versions of datasets, the file to begin from.

import { link, mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RouteRequest, Routes } from '@migaki/api';
import { phrase } from '@migaki/coco';
import {
  type BlobStore,
  checkModelName,
  findModelVersion,
  type Jobs,
  pinVersion,
  type Run,
  type Store,
  startTrainingRun,
} from '@migaki/store';
import { primaryMetrics } from '@migaki/train/scores';
import type { Caller } from '../http/access.ts';
import { HttpError } from '../http/http-error.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { uploadedFiles } from '../uploads/uploads.ts';
import type { WorkspaceFolders } from '../workspace-folders.ts';
import { initPath } from './init-path.ts';

export interface StartServices {
  store: Store;
  blobs: BlobStore;
  jobs: Jobs;
  folders: WorkspaceFolders;
  allowedFolders: readonly string[];
}

type StartBody = RouteRequest<Routes['startRun']>['body'];

interface Init {
  kind: 'model' | 'hub' | 'file';
  name: string;
  versionId: number | null;
  /** Of a file. */
  bytes: Uint8Array | null;
}

/** @throws StoreError, HttpError, TrainError for what cannot be trained as asked */
export async function startRun(
  services: StartServices,
  body: StartBody,
  caller: Caller,
): Promise<Run> {
  const { store, blobs, jobs } = services;
  const { task, settings } = body;
  // Loaded when it is needed: it brings the runtime with it.
  const { checkSettings, hubNameOf } = await import('@migaki/train');
  checkSettings({ ...settings, task });
  if (body.init !== undefined && 'hub' in body.init) hubNameOf(body.init.hub);
  const author = caller.user;
  const dataset = await pinVersion(store, body.datasetId, { version: body.version, author });
  const modelName = body.modelName ?? nameFor(`${dataset.name} ${task}`);
  checkModelName(modelName);
  const validation =
    body.validation === undefined
      ? null
      : await pinVersion(store, body.validation.datasetId, {
          version: body.validation.version,
          author,
        });
  const init = await initOf(services, body.init, caller);
  const file = init?.bytes ? await blobs.put(init.bytes) : null;
  return startTrainingRun(
    store,
    jobs,
    {
      name: body.name,
      task,
      settings,
      dataset,
      validation,
      init,
      modelName,
      primaryMetric: primaryMetrics[task],
      notes: body.notes,
      createdBy: author,
    },
    file && { path: initPath, ...file, mediaType: 'application/octet-stream' },
  );
}

/** What a model may be called, from what a dataset may be called. */
const nameFor = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}._+ -]/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 100)
    .trim() || 'model';

async function initOf(
  services: StartServices,
  init: StartBody['init'],
  caller: Caller,
): Promise<Init | null> {
  if (init === undefined) return null;
  if ('model' in init) {
    const { id, name, version } = await findModelVersion(services.store, init.model);
    return { kind: 'model', name: `${name}@${version}`, versionId: id, bytes: null };
  }
  if ('hub' in init) return { kind: 'hub', name: init.hub, versionId: null, bytes: null };
  const { readInitFile } = await import('@migaki/train');
  if ('path' in init) {
    const path = await allowedPath(init.path, foldersFor(caller, services.allowedFolders));
    return { kind: 'file', name: basename(path), versionId: null, bytes: await readInitFile(path) };
  }
  return fromUpload(services.folders, init.uploadId, readInitFile);
}

/** Weights beside the file are named in it, so each file gets its own name back before it is read. */
async function fromUpload(
  { uploads, scratch }: WorkspaceFolders,
  uploadId: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<Init> {
  const { files } = await uploadedFiles(join(uploads, uploadId)).catch(() => ({ files: [] }));
  const models = files.filter(({ path }) => /\.onnx$/i.test(path));
  if (models.length !== 1) {
    throw new HttpError('bad-request', {
      where: 'body.init.uploadId',
      expected: phrase`an upload with one ONNX file`,
      found: phrase`one with ${models.length} of them`,
    });
  }
  const folder = join(scratch, uploadId);
  const name = basename(models[0].path);
  await mkdir(folder, { recursive: true });
  try {
    for (const { path, location } of files) await link(location, join(folder, basename(path)));
    const bytes = await read(join(folder, name));
    await rm(join(uploads, uploadId), { recursive: true, force: true });
    return { kind: 'file', name, versionId: null, bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
