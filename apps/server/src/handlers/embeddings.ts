// What models see in the pictures of a dataset: asked for, told, looked up.

import { phrase } from '@migaki/coco';
import {
  embeddingMap,
  findModelVersion,
  getDataset,
  getEmbeddings,
  getImage,
  getImages,
  type Jobs,
  type Store,
  similarImages,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { EmbedParams } from '../jobs/embed/embed-job.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { job, time } from './answers.ts';

type EmbeddingHandlers = Pick<
  Handlers,
  'startEmbedding' | 'getEmbeddings' | 'listSimilarImages' | 'getEmbeddingMap'
>;

export function embeddingHandlers(store: Store, jobs: Jobs): EmbeddingHandlers {
  return {
    startEmbedding: async ({ params: { datasetId }, body }, { caller }) => {
      const dataset = await getDataset(store, datasetId);
      const { modelId, version, name } = await findModelVersion(store, body.model);
      const model = { modelId, version, name };
      const asked: EmbedParams = { datasetId, model };
      const id = await jobs.enqueue({
        kind: 'embed',
        params: asked,
        title: phrase`Let ${nameOfModel(model)} compare the pictures of ${dataset.name}`,
        datasetId,
        createdBy: caller.user,
      });
      return { job: job(await jobs.get(id)) };
    },
    getEmbeddings: async ({ params: { datasetId } }) => {
      await getDataset(store, datasetId);
      const found = await getEmbeddings(store, datasetId);
      if (found === null) return { embeddings: null };
      const { number: _, modelSha256: _hash, madeAt, ...embeddings } = found;
      return { embeddings: { ...embeddings, madeAt: time(madeAt) } };
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
    getEmbeddingMap: async ({ params: { datasetId }, query: { q } }) => {
      await getDataset(store, datasetId);
      return embeddingMap(store, datasetId, q);
    },
  };
}
