// From what a model answers to what it has against the labels of a picture.

import {
  type Bbox,
  type Finding,
  type LabelConfidence,
  objectMistakes,
  type PlacedLabel,
  rivalOf,
  rleFromSegmentation,
  type Segmentation,
  withConfidence,
} from '@migaki/coco';
import type { Image, LiveAnnotation, NewSuspicion } from '@migaki/store';
import type { ModelCard, PictureAnswer } from '@migaki/train';
import { type ProposedClass, proposalsOf } from '../preannotate/proposals-of.ts';

/** From this score on a picture has a label that it lacks, where it may have several. */
const leastLabelScore = 0.5;

type Opinion = NewSuspicion['opinion'];

/**
 * Of objects, where both have a place.
 *
 * @param leastDoubt 0 to 1; smaller ones are not worth a look
 * @param labels accepted; those of a category that the model does not know only keep their places
 */
export function objectSuspicions(
  answer: PictureAnswer,
  image: Pick<Image, 'imageId' | 'fileName' | 'width' | 'height'>,
  labels: readonly LiveAnnotation[],
  card: ModelCard,
  classes: ReadonlyMap<string, ProposedClass>,
  leastDoubt: number,
): NewSuspicion[] {
  const opinions = proposalsOf(answer, image, card, classes) as (Opinion & {
    score: number;
    segmentation?: Segmentation;
  })[];
  const placed = labels.filter(({ coco }) => coco.bbox !== undefined && coco.bbox !== null);
  const known = new Set([...classes.values()].map(({ categoryId }) => categoryId));
  const hasMasks = card.task.task === 'segment';
  const maskOf = ({ segmentation }: { segmentation?: Segmentation | null }) =>
    hasMasks && isOutline(segmentation) && image.width !== null && image.height !== null
      ? { mask: rleFromSegmentation(segmentation, image.height, image.width) }
      : {};
  const asLabel = ({ coco }: LiveAnnotation): PlacedLabel => ({
    categoryId: coco.category_id!,
    bbox: coco.bbox!,
    isCrowd: coco.iscrowd === 1,
    isUnjudged: !known.has(coco.category_id!),
    ...maskOf(coco),
  });
  const asFinding = (opinion: (typeof opinions)[number]): Finding => ({
    categoryId: opinion.category_id,
    bbox: opinion.bbox as Bbox,
    score: opinion.score,
    ...maskOf(opinion),
  });
  const mistakes = objectMistakes(placed.map(asLabel), opinions.map(asFinding), leastDoubt);
  return mistakes.flatMap(({ kind, label, finding, doubt, ownScore }): NewSuspicion[] => {
    const { score, ...opinion } = opinions[finding];
    const own = label === null ? null : placed[label];
    // The model must say of the place all that the label says, or taking its word would lose some of that.
    if (kind === 'misplaced' && !saysAsMuch(opinion, own!)) return [];
    const annotationId = own?.annotationId ?? null;
    return [{ kind, doubt, annotationId, opinion, score, ownScore }];
  });
}

const isOutline = (segmentation: unknown): segmentation is Segmentation =>
  Array.isArray(segmentation) ? segmentation.length > 0 : segmentation != null;

function saysAsMuch(
  opinion: { segmentation?: unknown; keypoints?: unknown },
  { coco }: LiveAnnotation,
): boolean {
  return (
    (!isOutline(coco.segmentation) || isOutline(opinion.segmentation)) &&
    ((coco.keypoints ?? []).length === 0 || opinion.keypoints !== undefined)
  );
}

/** What came of a picture that a classifier has seen. */
export interface LabelSuspicions {
  found: NewSuspicion[];
  confidence: LabelConfidence;
}

/**
 * Of labels of whole pictures. Where a picture has one label, it counts only once all pictures were seen.
 *
 * @param categoryIds of the dataset, those that the model knows
 * @param confidence of the pictures before
 */
export function labelSuspicions(
  probabilities: ReadonlyMap<number, number>,
  labels: readonly LiveAnnotation[],
  categoryIds: readonly number[],
  { isMultiLabel, leastDoubt }: { isMultiLabel: boolean; leastDoubt: number },
  confidence: LabelConfidence,
): LabelSuspicions {
  const own = labels.filter(({ coco }) => !coco.bbox && categoryIds.includes(coco.category_id!));
  const scores = categoryIds.map((id) => probabilities.get(id) ?? 0);
  if (isMultiLabel) {
    const found = categoryIds.flatMap((category_id, at): NewSuspicion[] => {
      const isLabelled = own.some(({ coco }) => coco.category_id === category_id);
      if (isLabelled || scores[at] < leastLabelScore) return [];
      const opinion = { category_id };
      const [score, doubt] = [scores[at], scores[at]];
      return [{ kind: 'overlooked', doubt, annotationId: null, opinion, score, ownScore: 0 }];
    });
    return { found: own.length === 0 ? [] : found, confidence };
  }
  // Of several labels it cannot be told which one was meant.
  if (own.length !== 1) return { found: [], confidence };
  const [{ annotationId, coco }] = own;
  const label = categoryIds.indexOf(coco.category_id!);
  const rival = rivalOf(label, scores);
  const found: NewSuspicion[] =
    rival === null || rival.doubt < leastDoubt
      ? []
      : [
          {
            kind: 'swapped',
            doubt: rival.doubt,
            annotationId,
            opinion: { category_id: categoryIds[rival.rival] },
            score: rival.score,
            ownScore: rival.ownScore,
          },
        ];
  return { found, confidence: withConfidence(confidence, label, scores) };
}
