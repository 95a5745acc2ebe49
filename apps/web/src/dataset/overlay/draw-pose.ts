// Poses as every page draws them. The left side is blue with marks that point to the left, the right one orange with marks
// that point to the right, what is in the middle round and of the object's own colour; hidden points are hollow.

import { edgeSide, keypointSides, type Side, sideColors } from '@migaki/annotator';
import { skeletonLines } from './geometry.ts';

type Category = Parameters<typeof keypointSides>[0] & {
  readonly skeleton: readonly (readonly [number, number])[] | null;
};

interface PoseLook {
  /** Of the object. */
  color: string;
  /** Whether the sides have colours of their own; their marks differ in any case. */
  areSidesColored: boolean;
  /** A CSS pixel, in units of the context. */
  unit: number;
  isDashed: boolean;
  /** With a white line around the limbs, and points as large as can be. */
  isSelected?: boolean;
}

/** Of a point, CSS pixels. */
const [leastRadius, greatestRadius] = [1.8, 4];
/** How much larger a pose is than its marks, or they would hide it. */
const markShare = 45;

function radiusOf(keypoints: readonly number[], scale: number, look: PoseLook): number {
  const points = [0, 1].map((axis) =>
    keypoints.filter((_, at) => at % 3 === axis && keypoints[at - axis + 2] > 0),
  );
  // Whoever has just begun a pose sees its points as they will be.
  if (look.isSelected || points[0].length < 3) return greatestRadius;
  const side = Math.max(...points.map((along) => Math.max(...along) - Math.min(...along)));
  const screenSide = (side * scale) / look.unit;
  return Math.min(greatestRadius, Math.max(leastRadius, screenSide / markShare));
}

/** Radius of a mark, CSS pixels. */
const leastRimmed = 3;

/** @param place from pixels of the picture to units of the context */
export function drawPose(
  context: CanvasRenderingContext2D,
  keypoints: readonly number[],
  category: Category | undefined,
  place: { readonly scale: number; readonly x: number; readonly y: number },
  look: PoseLook,
): void {
  const { unit } = look;
  const radius = radiusOf(keypoints, place.scale, look);
  const lineWidth = 0.56 * radius;
  const sides = keypointSides(category);
  const colorOf = (side: Side) => sideColor(side, look);
  const limbs: Record<Side, Path2D> = {
    left: new Path2D(),
    right: new Path2D(),
    middle: new Path2D(),
  };
  const all = new Path2D();
  for (const edge of category?.skeleton ?? []) {
    for (const [x1, y1, x2, y2] of skeletonLines(keypoints, [edge])) {
      const limb = limbs[edgeSide(sides, edge)];
      limb.moveTo(place.x + x1 * place.scale, place.y + y1 * place.scale);
      limb.lineTo(place.x + x2 * place.scale, place.y + y2 * place.scale);
    }
  }
  for (const limb of Object.values(limbs)) all.addPath(limb);
  const { lineCap } = context;
  context.lineCap = 'round';
  context.setLineDash([]);
  context.strokeStyle = look.isSelected ? '#fff' : 'rgb(0 0 0 / 0.4)';
  context.lineWidth = (lineWidth + (look.isSelected ? 2.25 : 1.75)) * unit;
  context.stroke(all);
  context.lineWidth = lineWidth * unit;
  context.setLineDash(look.isDashed ? [6 * unit, 5 * unit] : []);
  for (const side of Object.keys(limbs) as Side[]) {
    context.strokeStyle = colorOf(side);
    context.stroke(limbs[side]);
  }
  context.setLineDash([]);
  for (let index = 0; 3 * index + 2 < keypoints.length; index++) {
    const visibility = keypoints[3 * index + 2];
    if (!(visibility > 0)) continue;
    const x = place.x + keypoints[3 * index] * place.scale;
    const y = place.y + keypoints[3 * index + 1] * place.scale;
    const side = sides[index] ?? 'middle';
    const mark = markPath(x, y, radius * unit, side);
    const color = colorOf(side);
    const isVisible = visibility === 2;
    context.strokeStyle = 'rgb(0 0 0 / 0.5)';
    context.lineWidth = Math.min(3.5, radius) * unit;
    context.stroke(mark);
    context.fillStyle = isVisible ? color : 'rgb(0 0 0 / 0.7)';
    context.fill(mark);
    // On a small mark a rim would be all that is seen of it.
    if (isVisible && radius < leastRimmed) continue;
    context.strokeStyle = isVisible ? '#fff' : color;
    context.lineWidth = Math.min(1.75, radius / 2) * unit;
    context.stroke(mark);
  }
  context.lineCap = lineCap;
}

export const sideColor = (
  side: Side,
  { color, areSidesColored }: Pick<PoseLook, 'color' | 'areSidesColored'>,
): string => (side === 'middle' || !areSidesColored ? color : sideColors[side]);

/** Corners of the mark of a left point about its place, for a radius of 1; the mark of a right one is mirrored. */
export const leftMark = [
  [-1.45, 0],
  [0.95, -1.25],
  [0.95, 1.25],
] as const;

function markPath(x: number, y: number, radius: number, side: Side): Path2D {
  const path = new Path2D();
  if (side === 'middle') {
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return path;
  }
  const towards = side === 'left' ? 1 : -1;
  for (const [across, down] of leftMark) {
    path.lineTo(x + towards * across * radius, y + down * radius);
  }
  path.closePath();
  return path;
}
