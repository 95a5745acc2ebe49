// Embeddings: what a model sees in each picture, and what follows of it: what is alike, what is like nothing else, a map.
// Filters and orders of images use them too: `similar:7`, `duplicates>0`, `outlier`, `within:"…"`.

import { z } from 'zod';
import { route } from '../route.ts';
import { datasetParams, id, imageParams, imageStatus, queryText, timestamp } from './common.ts';
import { job } from './jobs.ts';
import { modelReference } from './runs.ts';

export const embeddings = z.object({
  /** A copy: it may be deleted. */
  model: modelReference.omit({ aliases: true }),
  /** Of each vector. */
  dimensions: z.number().int(),
  imageCount: z.number().int(),
  /** Images with pictures that came since. */
  unseenCount: z.number().int(),
  /** Images that have near-duplicates. */
  duplicateCount: z.number().int(),
  madeAt: timestamp,
});
export type Embeddings = z.infer<typeof embeddings>;

export const objectEmbeddings = embeddings
  .pick({ model: true, dimensions: true, madeAt: true })
  .extend({
    objectCount: z.number().int(),
    /** Objects that came, or were moved, since. */
    unseenCount: z.number().int(),
  });
export type ObjectEmbeddings = z.infer<typeof objectEmbeddings>;

/** A picture that is worth labelling next. */
export const imageToLabel = z.object({
  imageId: id,
  fileName: z.string(),
  /** From 1 on, the best first. */
  position: z.number().int(),
  /** How unsure the model is of it, 0 to 1; null where none was asked, or it does not say. */
  uncertainty: z.number().nullable(),
  /** How unlike it is to what was labelled and what stands before it, 0 to 1. */
  novelty: z.number(),
});
export type ImageToLabel = z.infer<typeof imageToLabel>;

/** Column by column: a hundred thousand points are sent at once. */
export const embeddingMap = z.object({
  imageIds: z.array(id),
  /** Ten-thousandths of the map's side. */
  x: z.array(z.number().int()),
  y: z.array(z.number().int()),
  /** Whether the image matches the query. */
  isMatching: z.array(z.boolean()),
  /** Of most of its objects; null without objects. */
  categoryIds: z.array(id.nullable()),
  statuses: z.array(imageStatus),
  splits: z.array(z.string().nullable()),
});
export type EmbeddingMap = z.infer<typeof embeddingMap>;

export const embeddingRoutes = {
  startEmbedding: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/embeddings',
    summary:
      'Let a model see the pictures: only those that it has not seen; then neighbours, near-duplicates, outliers and the map. Or the objects, each cut out of its picture',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** `cells`, `cells@3`, `cells@champion`. */
      model: z.string().min(1),
      of: z.enum(['images', 'objects']).default('images'),
    }),
    response: z.object({ job }),
  }),
  getEmbeddings: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/embeddings',
    summary: 'By which model the pictures are compared, and the objects; null where by none',
    permission: 'read',
    params: datasetParams,
    response: z.object({
      embeddings: embeddings.nullable(),
      objectEmbeddings: objectEmbeddings.nullable(),
    }),
  }),
  startNextToLabel: route({
    method: 'POST',
    path: '/api/datasets/:datasetId/next',
    summary:
      'Choose the pictures without labels that teach the most: those of which a model is unsure, and which are like nothing labelled',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** `cells@champion`; without one, how unlike pictures are alone decides, as they were compared last. */
      model: z.string().min(1).optional(),
      count: z.number().int().min(1).max(10_000).default(50),
      /** From which pictures. */
      query: queryText.default(''),
    }),
    response: z.object({ job }),
  }),
  listNextToLabel: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/next',
    summary: 'The pictures that were chosen to be labelled next, the best first, and why each',
    permission: 'read',
    params: datasetParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(10_000).default(50) }),
    response: z.object({ items: z.array(imageToLabel) }),
  }),
  listSimilarImages: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId/similar',
    summary: 'The images that are the most alike to one, the most alike first',
    permission: 'read',
    params: imageParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(20) }),
    response: z.object({
      items: z.array(
        z.object({
          imageId: id,
          fileName: z.string(),
          /** Cosine of the angle between the two embeddings, −1 to 1. */
          similarity: z.number(),
        }),
      ),
    }),
  }),
  listSimilarObjects: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/objects/:annotationId/similar',
    summary: 'The objects that are the most alike to one, the most alike first',
    permission: 'read',
    params: datasetParams.extend({ annotationId: id }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(20) }),
    response: z.object({
      items: z.array(
        z.object({
          annotationId: id,
          /** Cosine of the angle between the two embeddings, −1 to 1. */
          similarity: z.number(),
        }),
      ),
    }),
  }),
  getEmbeddingMap: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/embeddings/map',
    summary: 'The map: where each image stands among those that are alike',
    permission: 'read',
    params: datasetParams,
    query: z.object({ q: queryText.default('') }),
    response: embeddingMap,
  }),
};
