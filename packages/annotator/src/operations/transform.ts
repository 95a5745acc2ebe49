// Moving, scaling and turning whole objects of any kind. What comes out lies in the picture.

import type { Rle } from '@migaki/coco';
import {
  type Geometry,
  isBoxOfPoints,
  type ObjectFields,
  placeOf,
  reshape,
  segmentationBox,
} from '../document/annotation-object.ts';
import { type Box, boxAround, boxInPicture, moveWithin } from '../geometry/box.ts';
import { regionsInPicture } from '../geometry/clip-regions.ts';
import { type ImagePoint, pointInPicture, roundPoint, type Size } from '../geometry/point.ts';
import { isRing, mapRegions } from '../geometry/region.ts';
import {
  cornersOf,
  normalDegrees,
  type RotatedBox,
  rotatedBoxOf,
  turned,
} from '../geometry/rotated-box.ts';
import { shiftedRle, stretchedRle } from '../mask/move-mask.ts';

/** What of an object another geometry changes. */
export type Reshaped = Pick<ObjectFields, 'bbox' | 'segmentation' | 'keypoints' | 'area'> & {
  attributes?: ObjectFields['attributes'];
};

/** Moves an object as far as the picture lets it. Masks move by whole pixels. */
export function translate(
  object: ObjectFields,
  wish: { dx: number; dy: number },
  picture: Size,
): Reshaped {
  // The box of an import need not be that of its mask, and no pixel may leave the picture.
  const { segmentation } = object;
  const place = segmentation === null ? placeOf(object) : segmentationBox(segmentation);
  if (place === null) return reshape(object, {});
  let { dx, dy } = moveWithin(place, wish, picture);
  if (segmentation?.type === 'mask') [dx, dy] = [Math.trunc(dx), Math.trunc(dy)];
  const move = ({ x, y }: ImagePoint): ImagePoint => ({ x: x + dx, y: y + dy });
  return mapped(object, picture, move, (rle) => shiftedRle(rle, dx, dy));
}

/**
 * Stretches an object from one box to another. A box drawn around a pose is changed without the pose.
 *
 * @returns null where nothing would be left of it
 */
export function resize(object: ObjectFields, to: Box, picture: Size): Reshaped | null {
  const from = placeOf(object);
  const target = boxInPicture(to, picture);
  if (from === null || target === null) return null;
  const scaleX = from[2] === 0 ? 1 : target[2] / from[2];
  const scaleY = from[3] === 0 ? 1 : target[3] / from[3];
  const scale = ({ x, y }: ImagePoint): ImagePoint => ({
    x: target[0] + (x - from[0]) * scaleX,
    y: target[1] + (y - from[1]) * scaleY,
  });
  const hasOwnBox = object.segmentation === null && !isBoxOfPoints(object);
  if (hasOwnBox) return reshape(object, { bbox: target });
  const result = mapped(object, picture, scale, (rle) => stretchedRle(rle, scale));
  const isGone = object.segmentation !== null && (result.bbox === null || (result.area ?? 0) === 0);
  return isGone ? null : result;
}

/** Gives a turned box another frame. @returns null where it would reach over the border, or be nothing */
export function resizeTurnedBox(
  object: ObjectFields,
  frame: RotatedBox,
  picture: Size,
): Reshaped | null {
  const corners = cornersOf(frame);
  const [x, y, width, height] = boxAround(corners)!;
  // Cut at the border it would be no box any more.
  const isInside = x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height;
  if (!isInside || !isRing(corners)) return null;
  const degrees = normalDegrees(frame.degrees);
  const regions = [{ outer: corners, holes: [] }];
  const shape = reshape(object, { segmentation: { type: 'polygons', regions } });
  return { ...shape, attributes: { ...object.attributes, rotation: degrees } };
}

/** Turns polygons and poses about a point. Boxes and masks stay: they have no turn that would keep what they are. */
export function rotate(
  object: ObjectFields,
  degrees: number,
  about: ImagePoint,
  picture: Size,
): Reshaped | null {
  const { segmentation } = object;
  const box = rotatedBoxOf(object);
  if (box !== null)
    return resizeTurnedBox(object, { ...box, degrees: box.degrees + degrees }, picture);
  if (segmentation?.type !== 'polygons') return null;
  return mapped(object, picture, (point) =>
    turned(about, point.x - about.x, point.y - about.y, degrees),
  );
}

function mapped(
  object: ObjectFields,
  picture: Size,
  map: (point: ImagePoint) => ImagePoint,
  mapMask: (rle: Rle) => Rle = (rle) => rle,
): Reshaped {
  const inPicture = (point: ImagePoint) => pointInPicture(map(point), picture);
  const geometry: { -readonly [Name in keyof Geometry]?: Geometry[Name] } = {};
  const { bbox, segmentation, keypoints } = object;
  if (segmentation?.type === 'polygons') {
    const moved = mapRegions(segmentation.regions, (point) => roundPoint(map(point)));
    const inside = regionsInPicture(moved, picture);
    // An import without any area has nothing to be cut.
    const regions =
      inside.length > 0 ? inside : mapRegions(moved, (point) => pointInPicture(point, picture));
    geometry.segmentation = { type: 'polygons', regions };
  } else if (segmentation !== null) {
    geometry.segmentation = { type: 'mask', rle: mapMask(segmentation.rle) };
  } else if (bbox !== null && !isBoxOfPoints(object)) {
    geometry.bbox = mapBox(bbox, inPicture);
  }
  if (keypoints !== null) geometry.keypoints = mapKeypoints(keypoints, inPicture);
  return reshape(object, geometry);
}

function mapBox([x, y, width, height]: Box, map: (point: ImagePoint) => ImagePoint): Box {
  const a = map({ x, y });
  const b = map({ x: x + width, y: y + height });
  return boxAround([a.x, a.y, b.x, b.y])!;
}

const mapKeypoints = (
  keypoints: readonly number[],
  map: (point: ImagePoint) => ImagePoint,
): number[] => {
  const moved: number[] = [];
  for (let at = 0; at + 2 < keypoints.length; at += 3) {
    const visibility = keypoints[at + 2];
    const { x, y } =
      visibility === 0 ? { x: 0, y: 0 } : map({ x: keypoints[at], y: keypoints[at + 1] });
    moved.push(x, y, visibility);
  }
  return moved;
};
