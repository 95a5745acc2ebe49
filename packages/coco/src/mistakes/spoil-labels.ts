// Labels with mistakes made on purpose, of which it is known where they are: what a search for mistakes is measured with.

import type { CocoAnnotation, CocoDataset } from '../types.ts';
import { movedBox } from './moved-box.ts';
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
      const bbox = movedBox(annotation.bbox!, sizes.get(annotation.image_id)!, random);
      return { ...rest, bbox, area: bbox[2] * bbox[3] };
    });
  return { dataset: { ...dataset, annotations }, spoiled, removed, countOfEach };
}
