// From the server's annotations (`GET …/images/:imageId`) to objects of the editor.

import {
  CocoError,
  type Segmentation as CocoSegmentation,
  checkRle,
  rleFromSegmentation,
} from '@migaki/coco';
import type { ObjectFields, ObjectState, Segmentation } from '../document/annotation-object.ts';
import type { Box } from '../geometry/box.ts';
import type { Size } from '../geometry/point.ts';
import { regionsFromPolygons } from '../geometry/region.ts';

/** COCO's own, but that one type stands for both forms of run lengths. */
type ServerSegmentation =
  | number[][]
  | { size: [height: number, width: number]; counts: string | number[] };

/** What `@migaki/api` calls an annotation, as far as the editor reads it. */
export interface ServerAnnotation {
  readonly id: number;
  readonly categoryId: number | null;
  readonly bbox: Box | null;
  readonly segmentation: ServerSegmentation | null;
  readonly keypoints: readonly number[] | null;
  readonly iscrowd: 0 | 1;
  readonly area: number | null;
  readonly caption: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly score: number | null;
  readonly origin: string;
  readonly state: ObjectState;
  readonly author: string;
  readonly born: number;
}

/**
 * A mask that does not fit its picture cannot be drawn or edited: the object is shown without it, and as edits say only
 * what they change, the server keeps it.
 */
export function fieldsFromServer(annotation: ServerAnnotation, picture: Size): ObjectFields {
  const { categoryId, bbox, keypoints, area, caption, attributes, score, origin, state } =
    annotation;
  return {
    categoryId,
    bbox,
    segmentation: segmentationFromCoco(annotation.segmentation, picture),
    keypoints,
    area,
    isCrowd: annotation.iscrowd === 1,
    caption,
    attributes,
    score,
    origin,
    state,
  };
}

function segmentationFromCoco(
  coco: ServerSegmentation | null,
  { width, height }: Size,
): Segmentation | null {
  if (coco === null) return null;
  if (Array.isArray(coco)) {
    const regions = regionsFromPolygons(coco);
    return regions.length === 0 ? null : { type: 'polygons', regions };
  }
  try {
    const rle = rleFromSegmentation(coco as CocoSegmentation, height, width);
    checkRle(rle);
    return rle.width === width && rle.height === height ? { type: 'mask', rle } : null;
  } catch (error) {
    if (error instanceof CocoError) return null;
    throw error;
  }
}
