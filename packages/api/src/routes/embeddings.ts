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
      'Let a model see the pictures: only those that it has not seen; then neighbours, near-duplicates, outliers and the map',
    permission: 'annotate',
    params: datasetParams,
    body: z.object({
      /** `cells`, `cells@3`, `cells@champion`. */
      model: z.string().min(1),
    }),
    response: z.object({ job }),
  }),
  getEmbeddings: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/embeddings',
    summary: 'By which model the pictures are compared; null where by none',
    permission: 'read',
    params: datasetParams,
    response: z.object({ embeddings: embeddings.nullable() }),
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
