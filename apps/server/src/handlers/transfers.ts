// Import and export: what the jobs are told, and the files that exports made.

import { formatByName, phrase } from '@migaki/coco';
import { createDataset, getDataset, type Jobs, type Store } from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { ExportParams } from '../jobs/export/export-job.ts';
import type { ImportParams } from '../jobs/import/import-job.ts';
import { allowedPath, foldersFor } from '../transfers/server-path.ts';
import { noSuchUpload, type Uploads } from '../uploads/uploads.ts';
import { job } from './answers.ts';
import { sendMadeFile } from './made-file.ts';

type TransferHandlers = Pick<
  Handlers,
  'openUpload' | 'getUpload' | 'startImport' | 'startExport' | 'downloadExport'
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

    startExport: async ({ body }, { caller }) => {
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
