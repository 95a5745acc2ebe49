// What a person does who takes a model's word against a label. Pure.

import type { Edit, LabelMistake } from '@migaki/api';

/**
 * An object that was overlooked becomes a person's label; a misplaced one gets the shapes that it has, where the model has
 * them; a swapped one its category. Of a label that someone else has changed meanwhile, nothing.
 *
 * @example
 * takeEdit(swapped); // { type: 'change', annotationId: 4, born: 7, fields: { categoryId: 2 } }
 */
export function takeEdit({ kind, image, label, opinion }: LabelMistake): Edit {
  const { categoryId } = opinion;
  if (label === null || kind === 'overlooked') {
    return { type: 'add', imageId: image.id, fields: { categoryId, ...shapesOf(opinion) } };
  }
  const { id: annotationId, born } = label;
  const fields = kind === 'swapped' ? { categoryId } : shapesOf(opinion, label);
  return { type: 'change', annotationId, born, fields };
}

type Shapes = LabelMistake['opinion'];

/** @param like only of the kinds that this has */
function shapesOf(
  { bbox, segmentation, keypoints, area }: Shapes,
  like: Partial<Pick<Shapes, 'segmentation' | 'keypoints'>> | null = null,
) {
  const isLike = (kind: 'segmentation' | 'keypoints') => like === null || like[kind] != null;
  const outline = isLike('segmentation') ? segmentation : null;
  const points = isLike('keypoints') ? keypoints : null;
  // Of a mask the area is its own; a box alone has that of the box.
  const ownArea = outline !== null || bbox === null ? area : bbox[2] * bbox[3];
  return {
    ...(bbox !== null && { bbox, iscrowd: 0 as const, area: ownArea }),
    ...(outline !== null && { segmentation: outline }),
    ...(points !== null && {
      keypoints: points,
      num_keypoints: points.filter((value, at) => at % 3 === 2 && value > 0).length,
    }),
  };
}
