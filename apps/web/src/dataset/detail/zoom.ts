import type { Placement, Size } from '../overlay/geometry.ts';

/** Screen pixels per picture pixel. */
export const scaleLimits = { min: 0.02, max: 40 };

/**
 * Zooms about a point of the stage, which keeps the picture's pixel that it lies on.
 *
 * @example
 * zoomedAt({ scale: 1, x: 0, y: 0, width: 10, height: 10 }, { width: 10, height: 10 }, 2, { x: 5, y: 5 }).x; // -5
 */
export function zoomedAt(
  placement: Placement,
  picture: Size,
  factor: number,
  point: { x: number; y: number },
): Placement {
  const scale = Math.min(scaleLimits.max, Math.max(scaleLimits.min, placement.scale * factor));
  const change = scale / placement.scale;
  return {
    scale,
    width: picture.width * scale,
    height: picture.height * scale,
    x: point.x - (point.x - placement.x) * change,
    y: point.y - (point.y - placement.y) * change,
  };
}
