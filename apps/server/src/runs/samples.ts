// What a model said of pictures at a validation, beside what is true of them in the version that it learned from.

import type { Sample, SampleObject } from '@migaki/api';
import type { CocoImage } from '@migaki/coco';
import {
  annotationsOfImages,
  getImages,
  getRun,
  type LiveAnnotation,
  listCategories,
  type PinnedDataset,
  type RunSample,
  runSamples,
  type Store,
  StoreError,
  sampledSteps,
} from '@migaki/store';
import { geometry } from '../handlers/answers.ts';

/** @param step of a validation; the last one where left out */
export async function samplesOf(store: Store, runId: number, step: number | undefined) {
  const run = await getRun(store, runId);
  const validations = await sampledSteps(store, runId);
  const shown = step ?? validations.at(-1)?.step ?? null;
  const samples = shown === null ? [] : await runSamples(store, runId, shown);
  const valueField = run.settings.valueField as string | undefined;
  const pin = run.validation ?? run.dataset;
  return {
    validations,
    step: shown,
    items: await withTruth(store, pin, samples, valueField),
  };
}

async function withTruth(
  store: Store,
  pin: PinnedDataset | null,
  samples: readonly RunSample[],
  valueField: string | undefined,
): Promise<Sample[]> {
  const known = await truthOf(
    store,
    pin,
    samples.flatMap(({ imageId, predicted: { neighbours = [] } }) => [
      imageId,
      ...neighbours.map((neighbour) => neighbour.imageId),
    ]),
  );
  return samples.map(({ imageId, fileName, predicted: { neighbours = [], ...predicted } }) => {
    const image = known.images.get(imageId);
    const value = image === undefined ? null : numberAt(image.coco, valueField);
    return {
      datasetId: pin?.datasetId ?? null,
      imageId,
      fileName,
      sha256: image?.sha256 ?? null,
      width: image?.width ?? null,
      height: image?.height ?? null,
      predicted: predicted as Sample['predicted'],
      truth: { objects: known.objects.get(imageId) ?? [], value },
      neighbours: neighbours.map((neighbour) => ({
        ...neighbour,
        sha256: known.images.get(neighbour.imageId)?.sha256 ?? null,
        categoryName: known.objects.get(neighbour.imageId)?.find(isOfPicture)?.categoryName ?? '',
      })),
    };
  });
}

/** A label of the whole picture: it has no place. */
const isOfPicture = ({ bbox, segmentation, keypoints }: SampleObject): boolean =>
  bbox === null && segmentation === null && keypoints === null;

async function truthOf(store: Store, pin: PinnedDataset | null, ids: readonly number[]) {
  if (pin === null || pin.datasetId === null || ids.length === 0) return nothing;
  const at = pin.revision;
  try {
    const [images, annotations, categories] = await Promise.all([
      getImages(store, pin.datasetId, ids, { at }),
      annotationsOfImages(store, pin.datasetId, ids, { at, states: ['accepted'] }),
      listCategories(store, pin.datasetId, { at }),
    ]);
    const nameOf = new Map(categories.map(({ categoryId, coco }) => [categoryId, coco.name]));
    const objects = annotations.map((live) => ({ live, object: objectOf(live, nameOf) }));
    return {
      images: new Map(images.map((image) => [image.imageId, image])),
      objects: new Map(
        [...Map.groupBy(objects, ({ live }) => live.imageId)].map(([imageId, of]) => [
          imageId,
          of.map(({ object }) => object),
        ]),
      ),
    };
  } catch (error) {
    // The dataset was deleted meanwhile; what the model said stays.
    if (error instanceof StoreError) return nothing;
    throw error;
  }
}

const nothing = {
  images: new Map<number, Awaited<ReturnType<typeof getImages>>[number]>(),
  objects: new Map<number, SampleObject[]>(),
};

function objectOf(live: LiveAnnotation, nameOf: ReadonlyMap<number, string>): SampleObject {
  const categoryId = live.coco.category_id ?? null;
  return {
    ...geometry(live),
    categoryId,
    categoryName: nameOf.get(categoryId ?? -1) ?? '',
    score: null,
  };
}

/** The number in a field such as `metadata.score`; null where there is none. */
function numberAt(image: CocoImage, field: string | undefined): number | null {
  if (field === undefined) return null;
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], image);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
