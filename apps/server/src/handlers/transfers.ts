// Import and export: what the jobs are told, and the files that exports made.

import { isMadeOfPictures } from '@migaki/api';
import { formatByName, phrase } from '@migaki/coco';
import {
  createDataset,
  getDataset,
  type Jobs,
  matchingIds,
  type Store,
  StoreError,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { ExportParams } from '../jobs/export/export-job.ts';
import { lacksPictures } from '../jobs/export/lacks-pictures.ts';
import type { ImportParams } from '../jobs/import/import-job.ts';
import type { TransferParams } from '../jobs/transfer/transfer-job.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { noSuchUpload, type Uploads } from '../uploads/uploads.ts';
import { job } from './answers.ts';
import { sendMadeFile } from './made-file.ts';

type TransferHandlers = Pick<
  Handlers,
  'openUpload' | 'getUpload' | 'startImport' | 'startTransfer' | 'startExport' | 'downloadExport'
>;

export interface TransferServices {
  store: Store;
  jobs: Jobs;
  uploads: Uploads;
  /** Folders of the server's disk from which may be imported. */
  allowedFolders: readonly string[];
  exportsFolder: string;
}

export function transferHandlers({
  store,
  jobs,
  uploads,
  allowedFolders,
  exportsFolder,
}: TransferServices): TransferHandlers {
  return {
    openUpload: async () => ({ uploadId: await uploads.open() }),

    getUpload: async ({ params }) => ({
      files: (await uploads.files(params.uploadId)).map(({ location: _, ...file }) => file),
    }),

    startImport: async ({ body }, { caller }) => {
      const { from, format, mode, framesPerSecond } = body;
      const folders = foldersFor(caller, allowedFolders);
      const imagesPath =
        body.imagesPath === undefined ? undefined : await allowedPath(body.imagesPath, folders);
      if ('uploadId' in from && !(await uploads.has(from.uploadId))) {
        throw noSuchUpload(from.uploadId);
      }
      const source = 'path' in from ? { path: await allowedPath(from.path, folders) } : from;
      const dataset =
        'datasetId' in body.into
          ? await getDataset(store, body.into.datasetId)
          : await createDataset(store, { name: body.into.newDataset });
      const params: ImportParams = {
        datasetId: dataset.id,
        newDataset: 'newDataset' in body.into ? dataset.name : undefined,
        source,
        format,
        imagesPath,
        mode,
        framesPerSecond,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        kind: 'import',
        params,
        title: phrase`Import into ${dataset.name}`,
        datasetId: dataset.id,
        createdBy: caller.user,
      });
      return { datasetId: dataset.id, job: job(await jobs.get(id)) };
    },

    startTransfer: async ({ params: { datasetId: from }, body }, { caller }) => {
      const { key, selection, how, into } = body;
      const known = await jobs.get(key).catch(ifUnknown);
      if (known !== null) return { job: job(known) };
      if ('datasetId' in into && into.datasetId === from) {
        throw new StoreError('bad-edit', {
          expected: phrase`another dataset`,
          found: phrase`the same one`,
        });
      }
      const source = await getDataset(store, from);
      const imageIds =
        'q' in selection
          ? await matchingIds(store, from, { query: selection.q, of: 'images' })
          : selection.imageIds;
      if (imageIds.length === 0) {
        throw new StoreError('bad-edit', {
          expected: phrase`pictures to copy or move`,
          found: phrase`none`,
        });
      }
      const target =
        'datasetId' in into
          ? await getDataset(store, into.datasetId)
          : await createDataset(store, { name: into.newDataset });
      const params: TransferParams = {
        from,
        imageIds,
        isMove: how === 'move',
        datasetId: target.id,
        newDataset: 'newDataset' in into ? target.name : undefined,
        author: caller.user,
      };
      const id = await jobs.enqueue({
        id: key,
        kind: 'transfer',
        params,
        title:
          how === 'move'
            ? phrase`Move pictures from ${source.name} to ${target.name}`
            : phrase`Copy pictures from ${source.name} to ${target.name}`,
        datasetId: target.id,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },

    startExport: async ({ body }, { caller }) => {
      const { format, task, withImages } = body;
      if (!withImages && isMadeOfPictures(format, task)) throw lacksPictures(format);
      const dataset = await getDataset(store, body.datasetId);
      const params: ExportParams = { ...body, datasetName: dataset.name, author: caller.user };
      const id = await jobs.enqueue({
        kind: 'export',
        params,
        title: phrase`Export ${dataset.name} as ${formatByName[body.format].title}`,
        datasetId: dataset.id,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },

    downloadExport: async ({ params: { jobId } }, { reply }) =>
      sendMadeFile({ jobs, folder: exportsFolder, kind: 'export', jobId }, reply),
  };
}

function ifUnknown(error: unknown): null {
  if (error instanceof StoreError && error.code === 'job-not-found') return null;
  throw error;
}
