// Which pictures a model was trained on. About them it is a biased witness: it may have learned the very mistakes.

import { type CocoImage, splitOf } from '@migaki/coco';
import { annotationsOfImages, countImages, getModelVersion, type Image } from '@migaki/store';
import { chosenImages } from '../../runs/chosen-images.ts';
import type { ModelServices, ShownDataset } from '../show-dataset.ts';

/** Tells of some images of a dataset those that a model was trained on: their labels were in the version that it learned from. */
export async function learnedImages(
  services: ModelServices,
  { datasetId, model }: ShownDataset,
): Promise<(images: readonly Image[]) => Promise<ReadonlySet<number>>> {
  const { store } = services;
  const { dataset, run } = await getModelVersion(store, model.modelId, model.version);
  if (dataset?.datasetId !== datasetId) return async () => new Set();
  const chosen =
    dataset.query === undefined || run === null
      ? null
      : new Set(await chosenImages(services, run.id));
  // A dataset with a part for validation is divided by that; else a share of it validates, and chooses the best state.
  const hasParts = (await countImages(store, datasetId, { query: 'split:val' })) > 0;
  return async (images) => {
    const ids = images
      .filter(({ imageId }) => chosen === null || chosen.has(imageId))
      .filter(({ coco }) => !hasParts || !/^(val|test)/i.test(splitOf(coco as CocoImage) ?? ''))
      .map(({ imageId }) => imageId);
    const labels = await annotationsOfImages(store, datasetId, ids, {
      at: dataset.revision,
      states: ['accepted'],
    });
    return new Set(labels.map(({ imageId }) => imageId));
  };
}
