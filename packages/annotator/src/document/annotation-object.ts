// One object of a picture, as the editor holds it. Everything COCO says of an object has its field; a label of the whole
// picture is an object without geometry, a caption one without category.

import { keypointsBbox, type Rle, rleArea, rleBbox } from '@migaki/coco';
import { type Box, boxesAreEqual } from '../geometry/box.ts';
import { roundPixels } from '../geometry/point.ts';
import { type Region, regionsArea, regionsBox } from '../geometry/region.ts';
import type { ObjectId } from './object-map.ts';

export type Segmentation =
  | { readonly type: 'polygons'; readonly regions: readonly Region[] }
  | { readonly type: 'mask'; readonly rle: Rle };

/** `proposed` is what a model says until a person accepts, changes or rejects it. */
export type ObjectState = 'accepted' | 'proposed' | 'rejected';

/** Who an object is from: `human`, `import`, or `model name@version`. */
export type Origin = string;

/** What can be changed of an object. Values are never changed in place. */
export interface ObjectFields {
  /** Null for a caption. */
  readonly categoryId: number | null;
  /** The smallest box around the segmentation where there is one, unless an import said otherwise. */
  readonly bbox: Box | null;
  readonly segmentation: Segmentation | null;
  /** `[x, y, visibility, …]` in the order of the category's keypoints: 0 not labelled, 1 hidden, 2 visible. */
  readonly keypoints: readonly number[] | null;
  /** Square pixels of the segmentation, or of the box. */
  readonly area: number | null;
  /** A region of many objects that nobody told apart. COCO wants a mask for it. */
  readonly isCrowd: boolean;
  readonly caption: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of a prediction, 0 to 1. */
  readonly score: number | null;
  readonly origin: Origin;
  readonly state: ObjectState;
}

export interface AnnotationObject extends ObjectFields {
  readonly id: ObjectId;
}

export type Geometry = Pick<ObjectFields, 'bbox' | 'segmentation' | 'keypoints'>;

export const emptyFields: ObjectFields = {
  categoryId: null,
  bbox: null,
  segmentation: null,
  keypoints: null,
  area: null,
  isCrowd: false,
  caption: null,
  attributes: {},
  score: null,
  origin: 'human',
  state: 'accepted',
};

/** The names of all fields, for loops over them. */
export const fieldNames = Object.keys(emptyFields) as readonly (keyof ObjectFields)[];

/** A label of the whole picture has no place in it. */
export const isPictureLabel = ({ bbox, segmentation, keypoints }: Geometry): boolean =>
  bbox === null && segmentation === null && keypoints === null;

export function segmentationBox(segmentation: Segmentation): Box | null {
  if (segmentation.type === 'polygons') return regionsBox(segmentation.regions);
  const box = rleBbox(segmentation.rle);
  return box[2] > 0 ? box : null;
}

const segmentationArea = (segmentation: Segmentation): number =>
  segmentation.type === 'polygons' ? regionsArea(segmentation.regions) : rleArea(segmentation.rle);

/** The box around all labelled keypoints, a pixel wide and high at least; null for none. */
export function keypointsBox(keypoints: readonly number[] | null): Box | null {
  const [x, y, width, height] = (keypoints && keypointsBbox(keypoints)) ?? [];
  return x === undefined ? null : [x, y!, roundPixels(width!), roundPixels(height!)];
}

/** Whether the box follows from the points. One without a width or height was made of them, whoever made it. */
export const isBoxOfPoints = ({ bbox, keypoints }: Geometry): boolean =>
  boxesAreEqual(bbox, keypointsBox(keypoints)) ||
  (keypoints !== null && bbox !== null && (bbox[2] === 0 || bbox[3] === 0));

/**
 * The fields that change when an object gets another geometry: box and area follow from it. A pose alone has the box
 * around its points; a box that someone drew around a pose stays when points move.
 */
export function reshape(
  before: ObjectFields,
  geometry: Partial<Geometry>,
): Pick<ObjectFields, 'bbox' | 'segmentation' | 'keypoints' | 'area'> {
  const { segmentation, keypoints, bbox: asked } = { ...before, ...geometry };
  const isPosesOwn = before.bbox === null || isBoxOfPoints(before);
  const bbox =
    segmentation !== null
      ? segmentationBox(segmentation)
      : keypoints !== null && isPosesOwn && geometry.bbox === undefined
        ? keypointsBox(keypoints)
        : asked;
  const boxArea = bbox === null ? null : bbox[2] * bbox[3];
  const area = segmentation === null ? boxArea : segmentationArea(segmentation);
  return { bbox, segmentation, keypoints, area: area === null ? null : roundArea(area) };
}

/** Of sides in hundredths of a pixel. What is finer is an error of floating point: 6261.0599999999995. */
const roundArea = (squarePixels: number) => Math.round(squarePixels * 1e4) / 1e4;

/** The same work by a person: what a model proposed becomes theirs once they change it. */
export const asHumans = ({ origin, score, state }: ObjectFields): Partial<ObjectFields> =>
  origin.startsWith('model ') || state === 'proposed'
    ? { origin: 'human', score: null, state: 'accepted' }
    : { state: 'accepted', score };

/** Where an object is; a box of no size for a label of the whole picture, which is nowhere. */
export const placeOf = ({ bbox, segmentation, keypoints }: Geometry): Box | null =>
  bbox ?? (segmentation === null ? keypointsBox(keypoints) : segmentationBox(segmentation));
