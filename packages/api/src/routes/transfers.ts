// Import and export. Both are jobs; the files themselves come by resumable upload (tus) or from the server's disk.

import { phrase } from '@migaki/coco';
import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, editKey, id, queryText } from './common.ts';
import { destination } from './datasets.ts';
import { imageSelection } from './edits.ts';
import { job } from './jobs.ts';

/** What came of a transfer. */
export interface TransferReport {
  /** What there was to copy or move. */
  images: number;
  annotations: number;
  arrival: {
    datasetId: number;
    /** How many images were new over there. */
    imageCount: number;
    /** That it all came under. */
    revisions: number[];
    /** Objects that were added to images that were there, and how many of these lacked any. */
    lacked: { objectCount: number; imageCount: number };
  };
  /** The revision of the dataset that they were moved from. */
  removedIn: { revision: number } | null;
}

export const importFormats = [
  'auto',
  'images',
  'coco',
  'yolo',
  'voc',
  'labelme',
  'cvat',
  'label-studio',
  'folder-per-class',
  'csv',
  'video',
] as const;
export const exportFormats = [
  'coco',
  'yolo',
  'voc',
  'labelme',
  'cvat',
  'label-studio',
  'folder-per-class',
  'csv',
] as const;

/** Folders of a class are made of pictures. Where no task is said, that is known once the labels are read. */
export const isMadeOfPictures = (format: string, task?: string): boolean =>
  format === 'folder-per-class' || (format === 'yolo' && task === 'classify');

/** What the workbench knows and files have no place for, or have otherwise, as the report of an export tells it. */
export const leftBehind = {
  review: phrase`statuses, tags, reviews, comments, work time and who drew what were left out`,
  proposals: phrase`proposals that nobody has decided on were left out`,
  /** Of COCO; other formats say for themselves what they do. */
  turnedBoxes: phrase`rotated boxes were written as polygons, with their angle in attributes.rotation`,
  /** The database and the blobs are not of the same workspace. */
  lostPictures: phrase`pictures that the dataset has are not in this workspace: it was used with another folder, or they are lost`,
  pictureLabels: phrase`categories of whole pictures were written as annotations without a box, at which some programs stop`,
};

/** What a format could not carry; see docs/formats.md. */
export const loss = z.object({ feature: z.string(), count: z.number().int(), example: z.string() });

export const transferRoutes = {
  openUpload: route({
    method: 'POST',
    path: '/api/uploads',
    summary:
      'Begin an upload of any number of files; they are sent to /api/uploads/:uploadId/files by tus',
    permission: 'annotate',
    response: z.object({ uploadId: z.uuid() }),
  }),
  getUpload: route({
    method: 'GET',
    path: '/api/uploads/:uploadId',
    summary: 'What has arrived of an upload, so that one that was interrupted can go on',
    permission: 'annotate',
    params: z.object({ uploadId: z.uuid() }),
    response: z.object({
      files: z.array(
        z.object({
          /** The file itself is at /api/uploads/:uploadId/files/:fileId. */
          fileId: z.string(),
          path: z.string(),
          byteSize: z.number().int().nullable(),
          bytesReceived: z.number().int(),
          /** Milliseconds since 1970, as its sender said. */
          lastModified: z.number().int().nullable(),
        }),
      ),
    }),
  }),
  startImport: route({
    method: 'POST',
    path: '/api/imports',
    summary: 'Import pictures, labels or both into a new or a present dataset',
    permission: 'annotate',
    body: z.object({
      into: destination,
      from: z.union([
        z.object({ uploadId: z.uuid() }),
        /** A folder or file on the server's disk, inside the folders that it is allowed to read. */
        z.object({ path: z.string().min(1) }),
        /** The pictures and labels that come with the product. */
        z.object({ sample: z.literal('cells') }),
      ]),
      format: z.enum(importFormats).default('auto'),
      /** Where the pictures are, if not beside the labels. */
      imagesPath: z.string().optional(),
      /**
       * What becomes of labels of pictures that the dataset has: new ones are added; besides, of COCO alone, those of the same id on
       * the same picture are changed to what the file says; besides, those that the file's pictures have and one COCO file has not
       * are deleted (`replace`).
       */
      mode: z.enum(['add', 'update', 'replace']).default('add'),
      /** Of a video. */
      framesPerSecond: z.number().positive().max(240).default(1),
    }),
    response: z.object({ datasetId: id, job }),
  }),
  startTransfer: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/transfers',
    summary: 'Copy or move pictures to another dataset, with everything that is known of them',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** Becomes the id of the job: sent again it is that very job. */
      key: editKey,
      selection: imageSelection,
      /** Moved pictures go to the trash of this dataset once all have arrived. */
      how: z.enum(['copy', 'move']),
      into: destination,
    }),
    /** Its result is a `TransferReport`. */
    response: z.object({ job }),
  }),
  startExport: route({
    method: 'POST',
    path: '/api/exports',
    summary: 'Make a file of a dataset, a version of it or what matches a query',
    permission: 'read',
    body: z.object({
      datasetId: id,
      format: z.enum(exportFormats),
      version: z.string().optional(),
      /**
       * Of a version: what matched then. Work time, embeddings, evaluations, controls and the order in which to label have no history:
       * they are asked as they are now.
       */
      query: queryText.default(''),
      /** Names: these alone, with their objects. Pictures without any stay. Default: all. */
      categories: z.array(z.string().min(1)).min(1).optional(),
      withImages: z.boolean().default(false),
      /** Of COCO: with statuses, tags, reviews, comments, work time and who drew what, in fields `migaki`. */
      withReview: z.boolean().default(false),
      task: z.enum(['detect', 'segment', 'pose', 'classify']).optional(),
    }),
    response: z.object({ job }),
  }),
  downloadExport: route({
    method: 'GET',
    path: '/api/exports/:jobId/file',
    summary: 'The file that an export made',
    permission: 'read',
    params: z.object({ jobId: z.uuid() }),
    response: { stream: 'application/octet-stream' },
  }),
};
