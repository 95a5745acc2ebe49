// From the store's records to the API's: dates become text, COCO fields become the names of the API.

import type {
  Annotation,
  Category,
  CommentThread,
  DatasetSummary,
  ImageSummary,
  Job,
  Overlay,
} from '@migaki/api';
import type {
  LiveAnnotation,
  Review,
  Category as StoredCategory,
  Comment as StoredComment,
  Dataset as StoredDataset,
  Image as StoredImage,
  Job as StoredJob,
  CommentThread as StoredThread,
} from '@migaki/store';

import { statusOf } from '../http/http-error.ts';

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
    proposalCount: image.proposalCount,
    isReviewed: image.reviewed !== null && image.unreviewedCount === 0,
    openCommentCount: image.openCommentCount,
  };
}

export const review = (of: Review | null): Annotation['reviewed'] =>
  of === null ? null : { by: of.by, at: time(of.at), revision: of.revision };

const comment = ({ commentId, text, author, writtenAt, editedAt }: StoredComment) => ({
  id: commentId,
  text,
  author,
  writtenAt: time(writtenAt),
  editedAt: timeOrNull(editedAt),
});

export function commentThread(thread: StoredThread): CommentThread {
  const { imageId, annotationId, at, resolved, replies } = thread;
  return {
    ...comment(thread),
    imageId,
    annotationId,
    at,
    resolved: resolved === null ? null : { by: resolved.by, at: time(resolved.at) },
    replies: replies.map(comment),
  };
}

/** Geometry as COCO writes it, null where there is none. */
export function geometry({
  coco,
}: {
  coco: Partial<LiveAnnotation['coco']>;
}): Pick<Overlay, 'bbox' | 'segmentation' | 'keypoints' | 'iscrowd'> {
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

const said = (live: LiveAnnotation): Omit<Overlay, 'isReviewed'> => ({
  ...geometry(live),
  id: live.annotationId,
  categoryId: live.coco.category_id ?? null,
  score: live.coco.score ?? null,
  origin: live.origin,
  state: live.state,
  caption: typeof live.coco.caption === 'string' ? live.coco.caption : null,
  born: live.born,
});

export const overlay = (live: LiveAnnotation): Overlay => ({
  ...said(live),
  isReviewed: live.reviewed !== null,
});

export function annotation(live: LiveAnnotation): Annotation {
  const { coco } = live;
  return {
    ...said(live),
    imageId: live.imageId,
    area: coco.area ?? null,
    attributes: coco.attributes ?? {},
    author: live.author,
    reviewed: review(live.reviewed),
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
    error:
      error === null
        ? null
        : {
            code: error.code ?? 'internal',
            status: statusOf(error.code ?? 'internal'),
            message: error.message,
            ...error.fault,
          },
    createdAt: time(stored.createdAt),
    startedAt: timeOrNull(stored.startedAt),
    finishedAt: timeOrNull(stored.finishedAt),
  };
}
