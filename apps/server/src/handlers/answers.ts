// From the store's records to the API's: dates become text, COCO fields become the names of the API.

import type { Annotation, Category, DatasetSummary, ImageSummary, Job, Overlay } from '@migaki/api';
import type {
  LiveAnnotation,
  Category as StoredCategory,
  Dataset as StoredDataset,
  Image as StoredImage,
  Job as StoredJob,
} from '@migaki/store';

export const time = (date: Date): string => date.toISOString();
export const timeOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** @param covers pictures for the list, @param missing images whose picture has not come */
export function datasetSummary(
  dataset: StoredDataset,
  { covers, missing }: { covers: string[]; missing: number },
): DatasetSummary {
  return {
    id: dataset.id,
    name: dataset.name,
    description: dataset.description,
    revision: dataset.revision,
    imageCount: dataset.imageCount,
    missingPictureCount: missing,
    annotationCount: dataset.annotationCount,
    covers,
    createdAt: time(dataset.createdAt),
    changedAt: time(dataset.changedAt),
    deletedAt: timeOrNull(dataset.deletedAt),
  };
}

export function category(stored: StoredCategory): Category {
  const { categoryId, coco, color, imageCount, annotationCount } = stored;
  return {
    id: categoryId,
    name: coco.name,
    supercategory: coco.supercategory ?? null,
    color,
    keypoints: coco.keypoints ?? null,
    skeleton: coco.skeleton ?? null,
    flipIndex: isFlipIndex(coco.flip_idx) ? coco.flip_idx : null,
    keypointPositions: arePositions(coco.keypoint_positions) ? coco.keypoint_positions : null,
    imageCount,
    objectCount: annotationCount,
  };
}

const isFlipIndex = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((index) => Number.isSafeInteger(index) && index >= 0);

const arePositions = (value: unknown): value is [number, number][] =>
  Array.isArray(value) &&
  value.every((at) => Array.isArray(at) && at.length === 2 && at.every(Number.isFinite));

export function imageSummary(image: StoredImage): ImageSummary {
  return {
    id: image.imageId,
    fileName: image.fileName,
    sha256: image.sha256,
    width: image.width,
    height: image.height,
    status: image.status,
    tags: image.tags,
    objectCount: image.objectCount,
  };
}

function geometry({
  coco,
}: LiveAnnotation): Pick<Overlay, 'bbox' | 'segmentation' | 'keypoints' | 'iscrowd'> {
  const { segmentation } = coco;
  return {
    bbox: coco.bbox ?? null,
    // Files of boxes alone carry an empty list, which is no outline.
    segmentation:
      Array.isArray(segmentation) && segmentation.length === 0 ? null : (segmentation ?? null),
    keypoints: coco.keypoints ?? null,
    iscrowd: coco.iscrowd === 1 ? 1 : 0,
  };
}

export function overlay(annotation: LiveAnnotation): Overlay {
  return {
    ...geometry(annotation),
    id: annotation.annotationId,
    categoryId: annotation.coco.category_id ?? null,
    score: annotation.coco.score ?? null,
    origin: annotation.origin,
    state: annotation.state,
  };
}

export function annotation(live: LiveAnnotation): Annotation {
  const { coco } = live;
  return {
    ...overlay(live),
    imageId: live.imageId,
    area: coco.area ?? null,
    caption: typeof coco.caption === 'string' ? coco.caption : null,
    attributes: coco.attributes ?? {},
    author: live.author,
    born: live.born,
  };
}

export function job(stored: StoredJob): Job {
  const { progress, error } = stored;
  return {
    id: stored.id,
    kind: stored.kind,
    title: stored.title,
    datasetId: stored.datasetId,
    state: stored.state,
    done: progress.done,
    total: progress.total,
    unit: progress.unit,
    perSecond: progress.ratePerSecond,
    secondsLeft: progress.secondsLeft,
    message: stored.message,
    attempt: stored.attempt,
    result: stored.result,
    error: error === null ? null : { code: error.code ?? 'internal', message: error.message },
    createdAt: time(stored.createdAt),
    startedAt: timeOrNull(stored.startedAt),
    finishedAt: timeOrNull(stored.finishedAt),
  };
}
