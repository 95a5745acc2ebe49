// How a COCO dataset carries what COCO has no field for. Every converter keeps to this, so that two
// formats which both know a thing can pass it on through COCO.
//
// - Split: `image.split`, a string such as `train`, `val`, `test`.
// - Label of a whole picture: an annotation with a category and no `bbox`, `segmentation` or `keypoints`.
//   Tools that expect a box skip it or say so; a box of the whole picture would be counted as an object.
// - Captions: the section `captions` of the dataset, in the form of a COCO captions file's annotations.
//   They have no category, so among the instances they would break tools that ask for one.
// - Score of a prediction: `annotation.score`, as in COCO's results files.
// - Everything else that a tool lets people say of an object: `annotation.attributes`.
// - Rotated box: COCO has none. It becomes the polygon of its corners, from the one that was top left, clockwise, with
//   `attributes.rotation` in degrees, clockwise too, and is reported as the loss `rotation`. Formats that have
//   rotated boxes make one of such a polygon again, see `cvat/rotated-box.ts`.

import type { CaptionAnnotation, CocoAnnotation, CocoDataset, CocoImage } from '../types.ts';
import { objectOf } from './text-file.ts';

/** The category of objects in files that have no names for them, having only one kind. */
export const unnamedCategory = 'object';

/** Whether the annotation says something of the whole picture instead of a place in it. */
export function isPictureLabel(annotation: CocoAnnotation): boolean {
  return (
    annotation.bbox === undefined &&
    annotation.segmentation === undefined &&
    annotation.keypoints === undefined
  );
}

/** The split that the picture belongs to, or undefined. */
export function splitOf(image: CocoImage): string | undefined {
  return typeof image.split === 'string' && image.split !== '' ? image.split : undefined;
}

/** `train`, `val` or `test`: what a split is called where only these three are known. `train` when in doubt. */
export function standardSplit(split: string | undefined): 'train' | 'val' | 'test' {
  if (/^val/i.test(split ?? '')) return 'val';
  return /^test/i.test(split ?? '') ? 'test' : 'train';
}

/** The dataset's captions; entries that are none are left to the validation. */
export function captionsOf(dataset: CocoDataset): CaptionAnnotation[] {
  if (!Array.isArray(dataset.captions)) return [];
  return dataset.captions.filter(
    (entry) => typeof objectOf(entry)?.caption === 'string',
  ) as CaptionAnnotation[];
}
