// From what a model answers to COCO fields of proposals.

import { type Rle, rleArea } from '@migaki/coco';
import type { ImageProposals } from '@migaki/store';
import { cocoResults, type ModelCard, type PictureAnswer } from '@migaki/train';

/** What becomes of a class of the model. */
export interface ProposedClass {
  /** Of the dataset. */
  readonly categoryId: number;
  /** From this score on it is proposed, 0 to 1. */
  readonly threshold: number;
}

type Fields = ImageProposals['found'][number];

/** @param classes by the model's name of the class; others are not proposed */
export function proposalsOf(
  answer: PictureAnswer,
  { imageId, fileName }: { readonly imageId: number; readonly fileName: string },
  card: ModelCard,
  classes: ReadonlyMap<string, ProposedClass>,
): Fields[] {
  const nameOf = new Map(card.classes.map(({ categoryId, name }) => [categoryId, name]));
  // Where a picture has one class, the likeliest is the answer.
  const isOneLabel = card.task.task === 'classify' && !card.task.isMultiLabel;
  const results = cocoResults(answer, { imageId, fileName }, card.classes);
  const masks = answer.kind === 'objects' ? answer.objects.map(({ mask }) => mask) : [];
  return (isOneLabel ? results.slice(0, 1) : results).flatMap((result, i): Fields[] => {
    const proposed = classes.get(nameOf.get(result.category_id) ?? '');
    if (proposed === undefined || result.score < proposed.threshold) return [];
    const { bbox, score, segmentation, keypoints } = result;
    if (bbox !== undefined && bbox[2] * bbox[3] === 0) return [];
    return [
      {
        category_id: proposed.categoryId,
        score,
        ...(bbox && { bbox, iscrowd: 0, area: areaOf(bbox, masks[i]) }),
        ...(segmentation && { segmentation }),
        ...(keypoints && keypointFields(keypoints)),
      },
    ];
  });
}

/** Square pixels. */
const areaOf = ([, , width, height]: readonly number[], mask: Rle | undefined): number =>
  mask === undefined ? Math.round(100 * width * height) / 100 : rleArea(mask);

/** COCO knows seen and hidden where a model says how likely a point is to be seen. */
function keypointFields(keypoints: readonly number[]) {
  const marked = keypoints.map((value, i) => (i % 3 === 2 ? (value >= 0.5 ? 2 : 1) : value));
  return { keypoints: marked, num_keypoints: marked.length / 3 };
}
