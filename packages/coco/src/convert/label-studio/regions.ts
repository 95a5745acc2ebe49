// The regions that people draw in Label Studio: each control tag leaves a result with the same region's id, geometry and
// its own finding (https://labelstud.io/guide/task_format). Lengths are per cent of the picture's.

import { compressedFromRle } from '../../mask/rle-text.ts';
import { phrase } from '../../phrase.ts';
import type { CocoImage } from '../../types.ts';
import { rotatedCorners } from '../cvat/rotated-box.ts';
import type { NewShape } from '../dataset-builder.ts';
import type { LossList } from '../loss.ts';
import { rleFromRowRuns } from '../mask-crop.ts';
import { pixelDecimals, roundTo, sensibleNumber } from '../numbers.ts';
import { badInput, shown } from '../text-file.ts';
import { rowRunsFromBrush } from './brush-rle.ts';

/** One entry of a `result` list, its fields checked. */
export interface Result {
  where: string;
  id: string | undefined;
  parentId: string | undefined;
  type: string;
  fromName: string;
  value: Record<string, unknown>;
  score: number | undefined;
}

/** The shape of a region; `keypoint` is a point that may belong to another region. */
export type RegionShape =
  | { kind: 'shape'; shape: NewShape; rotation?: number }
  | { kind: 'keypoint'; x: number; y: number };

type RegionReader = (result: Result, image: CocoImage, losses: LossList) => RegionShape | undefined;

/** By `type`, without the ending `labels`. What is not here is no region of a picture that COCO could hold. */
const regionReaders: Record<string, RegionReader> = {
  rectangle: readRectangle,
  polygon: ({ value, where }, image) => {
    if (!Array.isArray(value.points) || value.points.length < 3) {
      throw badInput(`${where}.value.points`, phrase`three points or more`, shown(value.points));
    }
    const polygon = value.points.flatMap((point, index) => {
      const [x, y] = Array.isArray(point) && point.length === 2 ? point.map(sensibleNumber) : [];
      if (x === undefined || y === undefined) {
        throw badInput(
          `${where}.value.points[${index}]`,
          phrase`a point [x, y] in per cent`,
          shown(point),
        );
      }
      return [pixels(x, image.width), pixels(y, image.height)];
    });
    return { kind: 'shape', shape: { segmentation: [polygon] } };
  },
  ellipse: readEllipse,
  brush: ({ value, where }, { height, width }) => {
    if (value.format !== 'rle' || !Array.isArray(value.rle)) {
      throw badInput(`${where}.value`, phrase`a mask in the format rle`, shown(value.format));
    }
    const runs = rowRunsFromBrush(value.rle, height, width, `${where}.value.rle`);
    const segmentation = compressedFromRle(rleFromRowRuns(runs, height, width));
    return { kind: 'shape', shape: { segmentation } };
  },
  keypoint: ({ value, where }, image) => ({
    kind: 'keypoint',
    x: pixels(numberAt(value, 'x', where), image.width),
    y: pixels(numberAt(value, 'y', where), image.height),
  }),
};

/** Whether results of this type say where something is. */
export function regionKind(type: string): string | undefined {
  const kind = type.replace(/labels$/, '');
  return Object.hasOwn(regionReaders, kind) ? kind : undefined;
}

/** @throws CocoError `bad-format-input` for a geometry that is none. */
export function readRegion(
  kind: string,
  result: Result,
  image: CocoImage,
  losses: LossList,
): RegionShape | undefined {
  return regionReaders[kind](result, image, losses);
}

/** Turned about its top left corner, clockwise as the picture is seen. */
function readRectangle({ value, where }: Result, image: CocoImage, losses: LossList): RegionShape {
  const x = pixels(numberAt(value, 'x', where), image.width);
  const y = pixels(numberAt(value, 'y', where), image.height);
  const width = pixels(numberAt(value, 'width', where), image.width);
  const height = pixels(numberAt(value, 'height', where), image.height);
  if (width < 0 || height < 0)
    throw badInput(`${where}.value`, phrase`a box of a size`, `${width} × ${height}`);
  const rotation = value.rotation === undefined ? 0 : numberAt(value, 'rotation', where);
  if (rotation === 0) return { kind: 'shape', shape: { bbox: [x, y, width, height] } };
  losses.add('rotation', where);
  return {
    kind: 'shape',
    shape: { segmentation: [cornersTurnedAboutFirst(x, y, width, height, rotation)] },
    rotation,
  };
}

/** The corners of a box that was turned about its top left one, in pixels. */
export function cornersTurnedAboutFirst(
  x: number,
  y: number,
  width: number,
  height: number,
  degrees: number,
): number[] {
  // Turned about its centre, then moved until the first corner is in its place again.
  const corners = rotatedCorners([x, y, width, height], degrees);
  const [dx, dy] = [x - corners[0], y - corners[1]];
  return corners.map((value, i) => roundTo(value + (i % 2 === 0 ? dx : dy), pixelDecimals));
}

/** Enough corners that the area is right to half a thousandth. */
const ellipseCorners = 128;

function readEllipse({ value, where }: Result, image: CocoImage, losses: LossList): RegionShape {
  const x = pixels(numberAt(value, 'x', where), image.width);
  const y = pixels(numberAt(value, 'y', where), image.height);
  const radiusX = pixels(numberAt(value, 'radiusX', where), image.width);
  const radiusY = pixels(numberAt(value, 'radiusY', where), image.height);
  if (radiusX <= 0 || radiusY <= 0) {
    throw badInput(`${where}.value`, phrase`an ellipse of a size`, `${radiusX} × ${radiusY}`);
  }
  losses.add('shapes', where);
  const turn =
    ((value.rotation === undefined ? 0 : numberAt(value, 'rotation', where)) * Math.PI) / 180;
  const polygon = Array.from({ length: ellipseCorners }, (_, i) => {
    const angle = (2 * Math.PI * i) / ellipseCorners;
    const [dx, dy] = [radiusX * Math.cos(angle), radiusY * Math.sin(angle)];
    return [
      x + dx * Math.cos(turn) - dy * Math.sin(turn),
      y + dx * Math.sin(turn) + dy * Math.cos(turn),
    ];
  });
  return { kind: 'shape', shape: { segmentation: [polygon.flat()] } };
}

function pixels(percent: number, length: number): number {
  return roundTo((percent / 100) * length, pixelDecimals);
}

function numberAt(value: Record<string, unknown>, field: string, where: string): number {
  const number = sensibleNumber(value[field]);
  if (number !== undefined) return number;
  throw badInput(`${where}.value.${field}`, phrase`a number`, shown(value[field]));
}
