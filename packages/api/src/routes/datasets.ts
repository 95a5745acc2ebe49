// Datasets and their categories.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, nothing, sha256, timestamp } from './common.ts';

export const datasetName = z.string().trim().min(1).max(200);

export const categoryFields = z.object({
  name: z.string().min(1).max(500),
  supercategory: z.string().nullable().default(null),
  /** `#rrggbb` */
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable()
    .default(null),
  /** Names of the keypoints, in order. */
  keypoints: z.array(z.string()).nullable().default(null),
  /** Edges between keypoints, counted from 1. */
  skeleton: z
    .array(z.tuple([z.number().int(), z.number().int()]))
    .nullable()
    .default(null),
});
export const category = categoryFields.extend({ id, objectCount: z.number().int() });
export type Category = z.infer<typeof category>;

export const datasetSummary = z.object({
  id,
  name: z.string(),
  description: z.string(),
  revision: z.number().int(),
  imageCount: z.number().int(),
  /** Images that a label file named and whose picture has not come yet. */
  missingPictureCount: z.number().int(),
  annotationCount: z.number().int(),
  /** Up to four pictures for the list's cover. */
  covers: z.array(sha256),
  createdAt: timestamp,
  changedAt: timestamp,
  deletedAt: timestamp.nullable(),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

export const dataset = datasetSummary.extend({ categories: z.array(category) });
export type Dataset = z.infer<typeof dataset>;

export const datasetRoutes = {
  listDatasets: route({
    method: 'GET',
    path: '/api/datasets',
    summary: 'All datasets, the last changed first',
    permission: 'read',
    query: z.object({ trash: z.enum(['no', 'only']).default('no') }),
    response: z.object({ datasets: z.array(datasetSummary) }),
  }),
  createDataset: route({
    method: 'POST',
    path: '/api/datasets',
    summary: 'Make an empty dataset',
    permission: 'manage',
    body: z.object({ name: datasetName, description: z.string().default('') }),
    response: dataset,
  }),
  getDataset: route({
    method: 'GET',
    path: '/api/datasets/:datasetId',
    summary: 'One dataset with its categories',
    permission: 'read',
    params: datasetParams,
    response: dataset,
  }),
  changeDataset: route({
    method: 'PATCH',
    path: '/api/datasets/:datasetId',
    summary: 'Rename a dataset, describe it or choose its cover',
    permission: 'manage',
    params: datasetParams,
    body: z.object({
      name: datasetName.optional(),
      description: z.string().optional(),
      coverImageId: id.nullable().optional(),
    }),
    response: dataset,
  }),
  deleteDataset: route({
    method: 'DELETE',
    path: '/api/datasets/:datasetId',
    summary: 'Put a dataset into the trash; with forever=true delete what is in the trash',
    permission: 'manage',
    params: datasetParams,
    query: z.object({ forever: z.enum(['true', 'false']).default('false') }),
    response: nothing,
  }),
  restoreDataset: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/restore-from-trash',
    summary: 'Take a dataset out of the trash',
    permission: 'manage',
    params: datasetParams,
    response: dataset,
  }),
  addCategory: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/categories',
    summary: 'Add a category',
    permission: 'annotate',
    params: datasetParams,
    body: categoryFields,
    response: category,
  }),
  changeCategory: route({
    method: 'PATCH',
    path: '/api/datasets/:datasetId/categories/:categoryId',
    summary: 'Change a category; what is left out stays',
    permission: 'annotate',
    params: datasetParams.extend({ categoryId: id }),
    body: categoryFields.partial(),
    response: category,
  }),
  deleteCategory: route({
    method: 'DELETE',
    path: '/api/datasets/:datasetId/categories/:categoryId',
    summary: 'Delete a category; its objects move to another one or are deleted with it',
    permission: 'manage',
    params: datasetParams.extend({ categoryId: id }),
    query: z.object({
      /** A category's id, or `delete`; needed while objects have the category. */
      objects: z.union([id, z.literal('delete')]).optional(),
    }),
    response: nothing,
  }),
};
