// What models see in the pictures of a dataset: asked for, told, looked up.

import { phrase } from '@migaki/coco';
import {
  countImages,
  embeddingMap,
  findModelVersion,
  getDataset,
  getEmbeddings,
  getImage,
  getImages,
  getObjectEmbeddings,
  type Jobs,
  listNextToLabel,
  type Store,
  StoreError,
  similarImages,
  similarObjects,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { EmbedParams } from '../jobs/embed/embed-job.ts';
import type { AskedModel } from '../jobs/embed/see-pictures.ts';
import type { NextToLabelParams } from '../jobs/next-to-label/next-to-label-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { job, time } from './answers.ts';

type EmbeddingHandlers = Pick<
  Handlers,
  | 'startEmbedding'
  | 'getEmbeddings'
  | 'startNextToLabel'
  | 'listNextToLabel'
  | 'listSimilarImages'
  | 'listSimilarObjects'
  | 'getEmbeddingMap'
>;

export function embeddingHandlers(store: Store, jobs: Jobs): EmbeddingHandlers {
  const askedModel = async (reference: string): Promise<AskedModel> => {
    const { modelId, version, name } = await findModelVersion(store, reference);
    return { modelId, version, name };
  };
  return {
    startEmbedding: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const model = await askedModel(body.model);
      const { of } = body;
      const asked: EmbedParams = { datasetId, model, of };
      const id = await jobs.enqueue({
        kind: 'embed',
        params: asked,
        title: {
          images: phrase`Let ${nameOfModel(model)} compare the pictures of ${dataset.name}`,
          objects: phrase`Let ${nameOfModel(model)} compare the objects of ${dataset.name}`,
        }[of],
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
    getEmbeddings: async ({ params: { datasetId } }) => {
      await getDataset(store, datasetId);
      const [ofImages, ofObjects] = await Promise.all([
        getEmbeddings(store, datasetId),
        getObjectEmbeddings(store, datasetId),
      ]);
      return { embeddings: told(ofImages), objectEmbeddings: told(ofObjects) };
    },
    startNextToLabel: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      // A query that cannot be understood is told now.
      await countImages(store, datasetId, { query: body.query });
      const model = body.model === undefined ? null : await askedModel(body.model);
      if (model === null && (await getEmbeddings(store, datasetId)) === null) {
        throw new StoreError('bad-query', {
          where: 'model',
          expected: phrase`a model, or embeddings of the dataset`,
          found: phrase`none`,
          advice: phrase`Name a model that was trained here; without one, let one compare the pictures first.`,
        });
      }
      const { count, query } = body;
      const asked: NextToLabelParams = { datasetId, model, count, query };
      const id = await jobs.enqueue({
        kind: 'next-to-label',
        params: asked,
        title: phrase`Choose what to label next in ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
    listNextToLabel: async ({ params: { datasetId }, query: { limit } }) => {
      await getDataset(store, datasetId);
      return { items: await listNextToLabel(store, datasetId, limit) };
    },
    listSimilarImages: async ({ params: { datasetId, imageId }, query: { limit } }) => {
      await getImage(store, datasetId, imageId);
      const similar = await similarImages(store, datasetId, imageId, limit);
      const ids = similar.map((one) => one.imageId);
      const images = await getImages(store, datasetId, ids);
      const nameOf = new Map(images.map((image) => [image.imageId, image.fileName]));
      return {
        items: similar.slice(1).map((one) => ({ ...one, fileName: nameOf.get(one.imageId) ?? '' })),
      };
    },
    listSimilarObjects: async ({ params: { datasetId, annotationId }, query: { limit } }) => {
      await getDataset(store, datasetId);
      const [, ...items] = await similarObjects(store, datasetId, annotationId, limit);
      return { items };
    },
    getEmbeddingMap: async ({ params: { datasetId }, query: { q } }) => {
      await getDataset(store, datasetId);
      return embeddingMap(store, datasetId, q);
    },
  };
}

/** Without what is known of it here alone. */
function told<Found extends { number: number; modelSha256: string; madeAt: Date }>(
  found: Found | null,
) {
  if (found === null) return null;
  const { number: _, modelSha256: _hash, madeAt, ...rest } = found;
  return { ...rest, madeAt: time(madeAt) };
}
