// What of the selected object lies under the pointer, before the object itself: keypoints, points, handles, edges.

import { type AnnotationObject, placeOf } from '../../document/annotation-object.ts';
import { boxContains } from '../../geometry/box.ts';
import { frameOfBox, type Handle, handlePoint, handles, turnPoint } from '../../geometry/frame.ts';
import { distance, type ImagePoint } from '../../geometry/point.ts';
import { type RotatedBox, rotatedBoxOf } from '../../geometry/rotated-box.ts';
import {
  nearestEdge,
  nearestKeypoint,
  nearestVertex,
  type RingPlace,
} from '../../hit-test/hit-test.ts';

export type Grip =
  | { readonly type: 'keypoint'; readonly keypoint: number }
  | { readonly type: 'vertex'; readonly place: RingPlace }
  | { readonly type: 'edge'; readonly place: RingPlace; readonly at: ImagePoint }
  | { readonly type: 'handle'; readonly handle: Handle; readonly frame: RotatedBox }
  | { readonly type: 'turn'; readonly frame: RotatedBox };

/** CSS pixels from the frame to the handle for turning. */
export const turnHandleScreenPixels = 24;

/** The frame on which handles stand; null for what has no place in the picture. */
export function frameOf(object: AnnotationObject): RotatedBox | null {
  const place = placeOf(object);
  return rotatedBoxOf(object) ?? (place === null ? null : frameOfBox(place));
}

/** Polygons can be turned; boxes and masks have no turn that would keep what they are. */
export const canTurn = ({ segmentation }: AnnotationObject): boolean =>
  segmentation?.type === 'polygons';

export function gripAt(
  object: AnnotationObject,
  point: ImagePoint,
  tolerancePixels: number,
  pixelsPerScreenPixel: number,
): Grip | null {
  const keypoint = nearestKeypoint(object, point, tolerancePixels);
  if (keypoint !== null) return { type: 'keypoint', keypoint };
  const isTurnedBox = rotatedBoxOf(object) !== null;
  const vertex = isTurnedBox ? null : nearestVertex(object, point, tolerancePixels);
  if (vertex !== null) return { type: 'vertex', place: vertex };
  const frame = frameOf(object);
  if (frame !== null) {
    const turnAt = turnPoint(frame, turnHandleScreenPixels * pixelsPerScreenPixel);
    if (canTurn(object) && distance(turnAt, point) <= tolerancePixels)
      return { type: 'turn', frame };
    // Inside a small object there must be room left to take hold of the object itself.
    const isInside = boxContains(placeOf(object)!, point);
    const room = Math.min(frame.width, frame.height) / 4;
    const reach = isInside ? Math.min(tolerancePixels, room) : tolerancePixels;
    const handle = handles.find((each) => distance(handlePoint(frame, each), point) <= reach);
    if (handle !== undefined) return { type: 'handle', handle, frame };
  }
  const edge = isTurnedBox ? null : nearestEdge(object, point, tolerancePixels / 2);
  return edge === null ? null : { type: 'edge', place: edge, at: edge.at };
}
