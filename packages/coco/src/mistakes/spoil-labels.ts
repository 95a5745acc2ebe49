// Labels with mistakes made on purpose, of which it is known where they are: what a search for mistakes is measured with.

import { bboxIou } from '../mask/iou.ts';
import type { Bbox, CocoAnnotation, CocoDataset } from '../types.ts';
import type { MistakeKind } from './object-mistakes.ts';

export interface SpoiledLabels<Dataset extends CocoDataset> {
  dataset: Dataset;
  /** Of labels that are there: what was done to them, by their ids. */
  spoiled: ReadonlyMap<number, Exclude<MistakeKind, 'overlooked'>>;
  /** Labels that were taken away. */
  removed: Dataset['annotations'];
  /** How many of each kind; none is swapped where there is one category alone. */
  countOfEach: number;
}

/** Overlaps (IoU) of a moved box with the one that it was. */
const [leastOverlap, greatestOverlap] = [0.3, 0.6];

/**
 * Takes labels away, moves and resizes as many others, and gives as many others another category. A moved label keeps
 * nothing of its outline. Crowds, and labels without a box, stay as they are.
 *
 * @param share of the labels, for each kind
 * @param random uniform in [0, 1); the same numbers spoil the same labels
 * @example
 * const { dataset: spoiled, removed } = spoilLabels(dataset, 0.05, Math.random);
 */
export function spoilLabels<Dataset extends CocoDataset>(
  dataset: Dataset,
  share: number,
  random: () => number,
): SpoiledLabels<Dataset> {
  const integerBelow = (end: number) => Math.floor(random() * end);
  const order = dataset.annotations.filter(
    ({ bbox, iscrowd }) => bbox !== undefined && bbox[2] > 0 && bbox[3] > 0 && iscrowd !== 1,
  );
  for (let i = order.length - 1; i > 0; i--) {
    const j = integerBelow(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const countOfEach = Math.round(share * order.length);
  const chosen = (nth: number) => order.slice(nth * countOfEach, (nth + 1) * countOfEach);
  const removed = chosen(0);
  const isRemoved = new Set(removed.map(({ id }) => id));
  const categoryIds = dataset.categories.map(({ id }) => id);
  const spoiled = new Map([
    ...chosen(1).map(({ id }) => [id, 'misplaced'] as const),
    ...(categoryIds.length > 1 ? chosen(2) : []).map(({ id }) => [id, 'swapped'] as const),
  ]);
  const sizes = new Map(dataset.images.map((image) => [image.id, image]));
  const annotations = dataset.annotations
    .filter(({ id }) => !isRemoved.has(id))
    .map((annotation): CocoAnnotation => {
      const kind = spoiled.get(annotation.id);
      if (kind === 'swapped') {
        const others = categoryIds.filter((id) => id !== annotation.category_id);
        return { ...annotation, category_id: others[integerBelow(others.length)] };
      }
      if (kind !== 'misplaced') return annotation;
      const { segmentation: _, ...rest } = annotation;
      const bbox = moved(annotation.bbox!, sizes.get(annotation.image_id)!, random);
      return { ...rest, bbox, area: bbox[2] * bbox[3] };
    });
  return { dataset: { ...dataset, annotations }, spoiled, removed, countOfEach };
}

/** Somewhere near, and of another size, inside of the picture. */
function moved(
  [left, top, width, height]: Bbox,
  picture: { width: number; height: number },
  random: () => number,
): Bbox {
  /** Uniform in [-0.5, 0.5). */
  const offset = () => random() - 0.5;
  for (;;) {
    const x = left + offset() * width;
    const y = top + offset() * height;
    const right = Math.min(picture.width, x + width * Math.exp(offset()));
    const bottom = Math.min(picture.height, y + height * Math.exp(offset()));
    const [newLeft, newTop] = [Math.max(0, x), Math.max(0, y)];
    const bbox: Bbox = [newLeft, newTop, right - newLeft, bottom - newTop];
    const overlap = bboxIou(bbox, [left, top, width, height], false);
    if (overlap >= leastOverlap && overlap <= greatestOverlap) return bbox;
  }
}
