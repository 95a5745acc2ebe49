// One entry of `shapes` in a labelme file (https://github.com/wkentaro/labelme).

import { compressedFromRle } from '../../mask/rle-text.ts';
import { type Phrase, phrase } from '../../phrase.ts';
import type { CocoImage, Polygon } from '../../types.ts';
import { bytesFromBase64 } from '../base64.ts';
import { bboxFromCorners } from '../corner-box.ts';
import type { NewShape } from '../dataset-builder.ts';
import type { LossList } from '../loss.ts';
import { rleFromCrop } from '../mask-crop.ts';
import { sensibleNumber } from '../numbers.ts';
import { readMaskPng } from '../png/mask-png.ts';
import { badInput, objectOf, shown } from '../text-file.ts';

export interface LabelmeShape {
  where: string;
  label: string;
  groupId: number | undefined;
  /** Undefined for a point, which may be a keypoint of another shape. */
  body: NewShape | undefined;
  /** The coordinates as they stand there. */
  points: [x: number, y: number][];
  /** Of a point: it was placed, but cannot be seen. */
  isHidden: boolean;
  attributes: Record<string, unknown>;
  score: number | undefined;
}

/** Enough corners that the circle's area is right to half a thousandth. */
const circleCorners = 128;

type ShapeReader = (
  points: [x: number, y: number][],
  shape: Record<string, unknown>,
  image: CocoImage,
  where: string,
  losses: LossList,
) => NewShape | undefined;

/** By `shape_type`. Lines enclose nothing that COCO could say. */
const shapeReaders: Record<string, ShapeReader> = {
  polygon: (points, _, __, where) => ({ segmentation: [polygonOf(points, where, 3)] }),
  rectangle: (points, _, __, where) => {
    // Two corners, whichever; some versions write all four.
    if (points.length !== 2 && points.length !== 4)
      throw wrongCount(where, phrase`two corners`, points);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    return {
      bbox: bboxFromCorners([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]),
    };
  },
  oriented_rectangle: cornersOfRotated,
  // X-AnyLabeling's name for it.
  rotation: cornersOfRotated,
  circle: (points, _, __, where, losses) => {
    if (points.length !== 2)
      throw wrongCount(where, phrase`a centre and a point on the circle`, points);
    losses.add('shapes', where);
    const [[x, y], [edgeX, edgeY]] = points;
    const radius = Math.hypot(edgeX - x, edgeY - y);
    if (radius === 0) throw badInput(where, phrase`a circle of a size`, phrase`a radius of 0`);
    const angles = Array.from(
      { length: circleCorners },
      (_, i) => (2 * Math.PI * i) / circleCorners,
    );
    return {
      segmentation: [
        angles.flatMap((angle) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]),
      ],
    };
  },
  mask: (points, shape, { width, height }, where) => {
    const png = typeof shape.mask === 'string' ? bytesFromBase64(shape.mask) : undefined;
    if (png === undefined)
      throw badInput(where, phrase`a PNG in Base64 as mask`, shown(shape.mask));
    // The first point is the crop's top left pixel; its size is the PNG's own.
    const [[left, top]] = points;
    const crop = { ...readMaskPng(png, where), left: Math.round(left), top: Math.round(top) };
    return { segmentation: compressedFromRle(rleFromCrop(crop, height, width)) };
  },
  point: (points, _, __, where) => {
    if (points.length !== 1) throw wrongCount(where, phrase`one point`, points);
    return undefined;
  },
};

function cornersOfRotated(
  points: [x: number, y: number][],
  _: unknown,
  __: unknown,
  where: string,
  losses: LossList,
): NewShape {
  if (points.length !== 4) throw wrongCount(where, phrase`four corners`, points);
  losses.add('rotation', where);
  return { segmentation: [polygonOf(points, where, 4)] };
}

/**
 * The shape, or undefined where COCO has none for it, which is reported.
 *
 * @throws CocoError `bad-format-input` for what is no shape.
 */
export function readShape(
  value: unknown,
  image: CocoImage,
  where: string,
  losses: LossList,
): LabelmeShape | undefined {
  const shape = objectOf(value);
  if (shape === undefined) throw badInput(where, phrase`a shape`, shown(value));
  if (typeof shape.label !== 'string')
    throw badInput(`${where}.label`, phrase`a name`, shown(shape.label));
  const points = pointsOf(shape.points, `${where}.points`);
  const kind = shape.shape_type ?? 'polygon';
  if (typeof kind !== 'string' || !Object.hasOwn(shapeReaders, kind)) {
    losses.add('shapes', `${where}: ${shown(kind)}`);
    return undefined;
  }
  const body = shapeReaders[kind](points, shape, image, where, losses);
  const { hidden, ...flags } = objectOf(shape.flags) ?? {};
  const isHidden = body === undefined && hidden === true;
  return {
    where,
    label: shape.label,
    groupId: Number.isSafeInteger(shape.group_id) ? (shape.group_id as number) : undefined,
    body,
    points,
    isHidden,
    attributes: {
      ...(isHidden || hidden === undefined ? flags : { hidden, ...flags }),
      ...(shapeReaders[kind] === cornersOfRotated && { rotation: rotationOf(points) }),
      ...attributesOf(shape),
    },
    score: sensibleNumber(shape.score),
  };
}

/** In degrees, clockwise: of the side that was the upper one. */
function rotationOf([[x0, y0], [x1, y1]]: [x: number, y: number][]): number {
  return (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
}

const knownFields: ReadonlySet<string> = new Set(
  'label points group_id shape_type flags description mask attributes score'.split(' '),
);

/**
 * The description, the attributes that X-AnyLabeling writes, and what else other tools say of a shape: labelme keeps fields
 * that it does not know.
 */
function attributesOf(shape: Record<string, unknown>): Record<string, unknown> {
  const { description } = shape;
  const isSaid = ([field, value]: [string, unknown]) =>
    !knownFields.has(field) && Boolean(value) && !['[]', '{}'].includes(JSON.stringify(value));
  return {
    ...(typeof description === 'string' && description !== '' && { description }),
    ...Object.fromEntries(Object.entries(shape).filter(isSaid)),
    ...objectOf(shape.attributes),
  };
}

function pointsOf(value: unknown, where: string): [x: number, y: number][] {
  if (!Array.isArray(value) || value.length === 0)
    throw badInput(where, phrase`points`, shown(value));
  return value.map((point, index) => {
    const [x, y] = Array.isArray(point) && point.length === 2 ? point.map(sensibleNumber) : [];
    if (x === undefined || y === undefined) {
      throw badInput(`${where}[${index}]`, phrase`a point [x, y] in pixels`, shown(point));
    }
    return [x, y];
  });
}

function polygonOf(points: readonly number[][], where: string, least: number): Polygon {
  if (points.length < least) throw wrongCount(where, phrase`${least} points or more`, points);
  return points.flat();
}

function wrongCount(where: string, expected: Phrase, points: readonly unknown[]) {
  return badInput(`${where}.points`, expected, `${points.length}`);
}
