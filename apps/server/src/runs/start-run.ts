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
  matchingIds,
  pinVersion,
  type Run,
  type Store,
  startTrainingRun,
} from '@migaki/store';
import { TrainError } from '@migaki/train/errors';
import { primaryMetrics } from '@migaki/train/scores';
import type { Caller } from '../http/access.ts';
import { HttpError } from '../http/http-error.ts';
import { queryOfVersion } from '../http/query-of-version.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { uploadedFiles } from '../uploads/uploads.ts';
import type { WorkspaceFolders } from '../workspace-folders.ts';
import { chosenImagesPath, initPath } from './given-files.ts';
import { nameOfModel } from './name-of-model.ts';

export interface StartServices {
  store: Store;
  blobs: BlobStore;
  jobs: Jobs;
  folders: WorkspaceFolders;
  allowedFolders: readonly string[];
}

const binary = 'application/octet-stream';
const json = 'application/json';
const jsonBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

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
  checkSettings({ ...settings, task }, body.init !== undefined);
  if (body.init !== undefined && 'hub' in body.init) hubNameOf(body.init.hub);
  const author = caller.user;
  const query = body.query.trim();
  const imageIds = query === '' ? null : await chosenImages(store, body, query);
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
  const given = [
    ...(init?.bytes ? [{ path: initPath, bytes: init.bytes, mediaType: binary }] : []),
    ...(imageIds ? [{ path: chosenImagesPath, bytes: jsonBytes(imageIds), mediaType: json }] : []),
  ];
  const files = await Promise.all(
    given.map(async ({ bytes, ...file }) => ({ ...file, ...(await blobs.put(bytes)) })),
  );
  return startTrainingRun(
    store,
    jobs,
    {
      name: body.name,
      task,
      settings,
      dataset: { ...dataset, ...(query !== '' && { query }) },
      validation,
      init,
      modelName,
      primaryMetric: primaryMetrics[task],
      notes: body.notes,
      createdBy: author,
    },
    files,
  );
}

/**
 * The images of now that match: a run that goes on later, or is tried again, learns from the same ones.
 *
 * @throws StoreError `bad-query`; HttpError where nothing can match
 */
async function chosenImages(
  store: Store,
  { datasetId, version }: StartBody,
  query: string,
): Promise<number[]> {
  if (version !== undefined) throw queryOfVersion(query);
  const ids = await matchingIds(store, datasetId, { query, of: 'images' });
  if (ids.length === 0) {
    throw new HttpError('bad-request', {
      where: 'body.query',
      expected: phrase`a query that matches some images`,
      found: phrase`${query}, which matches none`,
      advice: phrase`Widen the filter, or leave it out.`,
    });
  }
  return ids;
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
    const version = await findModelVersion(services.store, init.model);
    return { kind: 'model', name: nameOfModel(version), versionId: version.id, bytes: null };
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
    const bytes = await read(join(folder, name)).catch((error) => {
      // Where it lies for a moment says nothing to anybody.
      if (!(error instanceof TrainError)) throw error;
      throw new TrainError(error.code, { ...error.details, where: name });
    });
    await rm(join(uploads, uploadId), { recursive: true, force: true });
    return { kind: 'file', name, versionId: null, bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
