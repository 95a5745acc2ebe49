// What instance segmentation learns from: a detector's boxes, and the masks of some of the objects.

import { bitmapFromRle, mergeRles, rleFromPolygon } from '@migaki/coco';
import type { Size } from '../../augment/layout.ts';
import type { Placed } from '../../augment/place.ts';
import type { PlacedObject } from '../../augment/place-objects.ts';
import type { HostTensor } from '../../loader/host-tensor.ts';
import { detectTargets, sortedObjects } from '../detect/targets.ts';

/** Pixels of the input for one of a mask, along each side. */
export const maskStride = 4;
/** Masks are compared for this many objects of a picture, so that crowded pictures fit into memory. */
export const mostMasks = 16;

/**
 * Besides a detector's targets `masks` [N,P,H/4,W/4] of 0 and 1, and `mask_rows` [N,P]: whose they are, counted in the
 * rows of `boxes`. `has_mask` [N,P] is 0 for rows that fill it up.
 */
export function segmentTargets(
  placed: readonly Placed[],
  plan: { readonly classCount: number },
  input: Size,
): Record<string, HostTensor> {
  const { learned } = sortedObjects(placed);
  const [height, width] = [input.height / maskStride, input.width / maskStride];
  const count = placed.length * mostMasks;
  const masks = new Uint8Array(count * height * width);
  const rows = new BigInt64Array(count);
  const has = new Float32Array(count);
  learned.forEach((objects, n) => {
    const withMask = [...objects.entries()].filter(([, { rings }]) => rings.length > 0);
    for (const [p, [row, object]] of evenly(withMask, mostMasks).entries()) {
      const at = n * mostMasks + p;
      rows[at] = BigInt(row);
      has[at] = 1;
      masks.set(maskOf(object, height, width), at * height * width);
    }
  });
  const shape = [placed.length, mostMasks];
  return {
    ...detectTargets(placed, plan),
    masks: { type: 'uint8', shape: [...shape, height, width], data: masks },
    mask_rows: { type: 'int64', shape, data: rows },
    has_mask: { type: 'float32', shape, data: has },
  };
}

/** At most `most` of a list, from all over it. */
const evenly = <Item>(items: readonly Item[], most: number): Item[] =>
  items.length <= most
    ? [...items]
    : Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]);

/** Row by row. */
function maskOf({ rings }: PlacedObject, height: number, width: number): Uint8Array {
  const rles = rings.map((ring) =>
    rleFromPolygon(
      ring.map((value) => value / maskStride),
      height,
      width,
    ),
  );
  return bitmapFromRle(rles.length === 1 ? rles[0] : mergeRles(rles, 'union'));
}
