// Datasets and their categories.

import { z } from 'zod';
import { route } from '../route.ts';
import { controlShares, datasetParams, id, nothing, sha256, timestamp } from './common.ts';

export const datasetName = z.string().trim().min(1).max(200);

/** Where something is put: into a dataset that is there, or into one that is made for it. */
export const destination = z.union([
  z.object({ datasetId: id }),
  z.object({ newDataset: datasetName }),
]);

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour as #rrggbb');
const edge = z.tuple([z.number().int().min(1), z.number().int().min(1)]);

/** What a category says of itself; null where it says nothing. */
export const categoryFields = z.object({
  name: z.string().trim().min(1).max(500),
  supercategory: z.string().nullable(),
  /** `#rrggbb` */
  color: color.nullable(),
  /** Names of the keypoints, in order. */
  keypoints: z.array(z.string()).max(1000).nullable(),
  /** Edges between keypoints, counted from 1. */
  skeleton: z.array(edge).max(10_000).nullable(),
  /**
   * For each keypoint the one that it becomes in a mirrored picture, counted from 0; itself where it is on the axis.
   * Files hold it as `flip_idx`.
   */
  flipIndex: z.array(z.number().int().min(0)).max(1000).nullable(),
  /**
   * Where each keypoint lies on a typical object: parts of the width and height of its box. Files hold it as
   * `keypoint_positions`.
   */
  keypointPositions: z
    .array(z.tuple([z.number(), z.number()]))
    .max(1000)
    .nullable(),
});
export type CategoryFields = z.infer<typeof categoryFields>;
export const category = categoryFields.extend({
  id,
  // Files of other tools may hold any text.
  color: z.string().nullable(),
  imageCount: z.number().int(),
  objectCount: z.number().int(),
});
/** Every change answers under which revision it was made, so that it can be taken back. */
const changedCategory = category.extend({ revision: z.number().int() });
const changedObjects = z.object({
  revision: z.number().int(),
  /** How many objects changed their category or were deleted. */
  objectCount: z.number().int(),
});
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

export const dataset = datasetSummary.extend({
  categories: z.array(category),
  /** With which the next proposals come, unless others are asked for. */
  controlShares,
});
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
    body: categoryFields.partial().required({ name: true }),
    response: changedCategory,
  }),
  changeCategory: route({
    method: 'PATCH',
    path: '/api/datasets/:datasetId/categories/:categoryId',
    summary: 'Change a category; what is left out stays, null takes away',
    permission: 'annotate',
    params: datasetParams.extend({ categoryId: id }),
    body: categoryFields.partial().extend({
      /**
       * For each of the new keypoints which one it was before, counted from 0, or null; needed where objects have
       * keypoints and their number changes. Objects keep the points that are named.
       */
      keypointSources: z.array(z.number().int().min(0).nullable()).max(1000).optional(),
    }),
    response: changedCategory,
  }),
  orderCategories: route({
    method: 'PUT',
    path: '/api/datasets/:datasetId/category-order',
    summary: 'Put the categories into an order; those that are not named come after',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({ categoryIds: z.array(id).max(100_000) }),
    response: z.object({ revision: z.number().int() }),
  }),
  mergeCategories: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/categories/:categoryId/merge',
    summary: 'Give the objects of other categories to this one, and delete those categories',
    permission: 'manage',
    params: datasetParams.extend({ categoryId: id }),
    body: z.object({ from: z.array(id).min(1).max(10_000) }),
    response: changedObjects,
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
    response: changedObjects,
  }),
};
