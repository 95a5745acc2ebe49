// Labels with mistakes made on purpose, of which it is known where they are.

import { type Bbox, bboxIou, type MistakeKind } from '@migaki/coco';
import type { LocatedDataset } from '../../packages/train/src/run/run-folder.ts';
import type { Random } from './random.ts';

export interface SpoiledLabels {
  dataset: LocatedDataset;
  /** Of labels that are there: what was done to them, by their ids. */
  spoiled: ReadonlyMap<number, MistakeKind>;
  /** Labels that were taken away. */
  removed: LocatedDataset['annotations'];
  /** How many of each kind. */
  countOfEach: number;
}

/** Overlaps (IoU) of a moved box with the one that it was. */
const [leastOverlap, greatestOverlap] = [0.3, 0.6];

/**
 * Takes labels away, moves and resizes as many others, and gives as many others another category.
 *
 * @param share of the labels, for each kind
 */
export function spoiledLabels(
  dataset: LocatedDataset,
  share: number,
  random: Random,
): SpoiledLabels {
  const order = [...dataset.annotations];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const countOfEach = Math.round(share * order.length);
  const chosen = (nth: number) => order.slice(nth * countOfEach, (nth + 1) * countOfEach);
  const removed = chosen(0);
  const isRemoved = new Set(removed.map(({ id }) => id));
  const spoiled = new Map<number, MistakeKind>([
    ...chosen(1).map(({ id }) => [id, 'misplaced'] as const),
    ...chosen(2).map(({ id }) => [id, 'swapped'] as const),
  ]);
  const sizes = new Map(dataset.images.map((image) => [image.id, image]));
  const categoryIds = dataset.categories.map(({ id }) => id);
  const annotations = dataset.annotations
    .filter(({ id }) => !isRemoved.has(id))
    .map((annotation) => {
      const kind = spoiled.get(annotation.id);
      if (kind === 'swapped') {
        const others = categoryIds.filter((id) => id !== annotation.category_id);
        return { ...annotation, category_id: others[random.integer(0, others.length - 1)] };
      }
      if (kind !== 'misplaced') return annotation;
      const bbox = moved(annotation.bbox!, sizes.get(annotation.image_id)!, random);
      return { ...annotation, bbox, area: bbox[2] * bbox[3] };
    });
  return { dataset: { ...dataset, annotations }, spoiled, removed, countOfEach };
}

/** Somewhere near, and of another size, inside of the picture. */
function moved(
  [left, top, width, height]: Bbox,
  picture: { width: number; height: number },
  random: Random,
): Bbox {
  for (;;) {
    const x = left + random.between(-0.5, 0.5) * width;
    const y = top + random.between(-0.5, 0.5) * height;
    const right = Math.min(picture.width, x + width * Math.exp(random.between(-0.5, 0.5)));
    const bottom = Math.min(picture.height, y + height * Math.exp(random.between(-0.5, 0.5)));
    const [newLeft, newTop] = [Math.max(0, x), Math.max(0, y)];
    const bbox: Bbox = [newLeft, newTop, right - newLeft, bottom - newTop];
    const overlap = bboxIou(bbox, [left, top, width, height], false);
    if (overlap >= leastOverlap && overlap <= greatestOverlap) return bbox;
  }
}
