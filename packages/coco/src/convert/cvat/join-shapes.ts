// The shapes of a picture as annotations: those that are one object joined.

import { mergeRles } from '../../mask/combine.ts';
import { rleFromPolygon } from '../../mask/rasterize.ts';
import { rleArea, rleBbox } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoAnnotation } from '../../types.ts';
import type { NewAnnotation } from '../dataset-builder.ts';
import type { LossList } from '../loss.ts';
import { pointsBbox } from '../outline-measures.ts';
import type { PictureSize } from '../picture-index.ts';
import { shown } from '../text-file.ts';
import { byGroupAndLabel, isOneObject } from './groups.ts';
import type { CvatShape } from './read-shape.ts';

/** An annotation whose category is still a name. */
export interface NamedAnnotation {
  label: string;
  annotation: Omit<NewAnnotation, 'category_id'>;
}

/** Each object takes the place of its first shape. */
export function joinShapes(
  shapes: readonly CvatShape[],
  image: PictureSize,
  losses: LossList,
): NamedAnnotation[] {
  const objectOf = new Map<CvatShape, CvatShape[]>();
  for (const members of byGroupAndLabel(shapes)) {
    if (!isOneObject(members.map(({ role }) => role))) continue;
    for (const member of members) objectOf.set(member, members);
  }
  return shapes
    .filter((shape) => (objectOf.get(shape)?.[0] ?? shape) === shape)
    .map((shape) => {
      const members = objectOf.get(shape) ?? [shape];
      const annotation = {
        ...joinedGeometry(members, image, losses),
        ...joinedAttributes(members, losses),
      };
      return { label: shape.label, annotation };
    });
}

function joinedGeometry(
  members: readonly CvatShape[],
  image: PictureSize,
  losses: LossList,
): Partial<Pick<CocoAnnotation, 'bbox' | 'segmentation' | 'area' | 'keypoints'>> {
  const bbox = members.find((shape) => shape.bbox !== undefined)?.bbox;
  const keypoints = members.find((shape) => shape.keypoints !== undefined)?.keypoints;
  const joint = { ...(keypoints !== undefined && { keypoints }) };
  const polygons = members.flatMap(({ polygon }) => (polygon === undefined ? [] : [polygon]));
  const rles = members.flatMap(({ rle }) => (rle === undefined ? [] : [rle]));
  if (rles.length > 0) {
    if (polygons.length > 0) losses.add('mask-pixels', members[0].where, polygons.length);
    const drawn = polygons.map((polygon) => rleFromPolygon(polygon, image.height, image.width));
    const mask = mergeRles([...rles, ...drawn], 'union');
    return {
      ...joint,
      segmentation: compressedFromRle(mask),
      bbox: rleBbox(mask),
      area: rleArea(mask),
    };
  }
  if (polygons.length > 0) return { ...joint, segmentation: polygons };
  if (bbox !== undefined) return { ...joint, bbox };
  const labelled = labelledPoints(keypoints);
  return { ...joint, ...(labelled.length > 0 && { bbox: pointsBbox(labelled) }) };
}

/** The points that are labelled, `[x0, y0, x1, y1, …]`. */
export function labelledPoints(keypoints: readonly number[] = []): number[] {
  return keypoints.flatMap((x, i) =>
    i % 3 === 0 && keypoints[i + 2] > 0 ? [x, keypoints[i + 1]] : [],
  );
}

function joinedAttributes(
  members: readonly CvatShape[],
  losses: LossList,
): Partial<Pick<CocoAnnotation, 'attributes' | 'iscrowd'>> {
  const [first, ...others] = members;
  const values = new Map(first.values);
  for (const other of others) {
    for (const [name, value] of other.values) {
      if (!values.has(name)) values.set(name, value);
      else if (values.get(name) !== value) {
        losses.add('attributes', `${other.where} attribute ${shown(name)}`);
      }
    }
  }
  if (others.length === 0 && first.group > 0) values.set('group_id', first.group);
  return {
    ...(values.size > 0 && { attributes: Object.fromEntries(values) }),
    ...(members.some(({ isCrowd }) => isCrowd) && { iscrowd: 1 as const }),
  };
}
