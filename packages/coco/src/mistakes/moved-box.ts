import { bboxIou } from '../mask/iou.ts';
import type { Bbox } from '../types.ts';

/** Overlaps (IoU) of a moved box with the one that it was. */
const [leastOverlap, greatestOverlap] = [0.3, 0.6];

/**
 * A box near another one, and of another size, inside of the picture: it overlaps with it by 0.3 to 0.6 (IoU).
 *
 * @param box of some width and height, pixels
 * @param random uniform in [0, 1)
 */
export function movedBox(
  [left, top, width, height]: Bbox,
  picture: { readonly width: number; readonly height: number },
  random: () => number,
): Bbox {
  /** Uniform in [-0.5, 0.5). */
  const offset = () => random() - 0.5;
  for (;;) {
    const x = left + offset() * width;
    const y = top + offset() * height;
    const right = Math.min(picture.width, x + width * Math.exp(offset()));
    const bottom = Math.min(picture.height, y + height * Math.exp(offset()));
    const [newLeft, newTop] = [Math.max(0, x), Math.max(0, y)];
    const bbox: Bbox = [newLeft, newTop, right - newLeft, bottom - newTop];
    const overlap = bboxIou(bbox, [left, top, width, height], false);
    if (overlap >= leastOverlap && overlap <= greatestOverlap) return bbox;
  }
}
