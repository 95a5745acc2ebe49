// One line of a YOLO label file. What it says follows from `kpt_shape` and the number of columns
// (https://docs.ultralytics.com/datasets/):
//
// | with kpt_shape [K, D] | class, box, K × D numbers            | 5 + K·D, one more with a score |
// | otherwise             | class, box (centre, width, height)   | 5, 6 with a score              |
// |                       | class, polygon (three points or more)| odd from 7 on, even with a score |
//
// An oriented box (four corners) is a polygon of nine columns. All coordinates are fractions of the picture's size.

import { phrase } from '../../phrase.ts';
import type { Bbox, CocoAnnotation, CocoImage, Polygon } from '../../types.ts';
import {
  decimalText,
  fractionDecimals,
  numberFromText,
  pixelDecimals,
  roundTo,
} from '../numbers.ts';
import { badInput, shown } from '../text-file.ts';
import type { DataYaml } from './data-yaml.ts';

/** The shape on a line, in pixels. */
export interface LabelLine {
  classIndex: number;
  shape: Pick<CocoAnnotation, 'bbox' | 'segmentation' | 'keypoints' | 'score'>;
}

/**
 * Shapes may reach over the edge of the picture, but nothing reaches further than its own size beyond: such numbers are
 * pixels, or keypoints without their `kpt_shape`.
 */
const leastFraction = -1;
const largestFraction = 2;

/** @throws CocoError `bad-format-input` naming `where`. */
export function parseLabelLine(
  text: string,
  where: string,
  image: Pick<CocoImage, 'width' | 'height'>,
  classCount: number,
  keypointShape: DataYaml['keypointShape'],
): LabelLine {
  const columns = text.trim().split(/\s+/);
  const values = columns.map((column, index) => {
    const value = numberFromText(column);
    if (value === undefined)
      throw badInput(where, phrase`a number`, phrase`${shown(column)} in column ${index + 1}`);
    return value;
  });
  const classIndex = values[0];
  if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= classCount) {
    const expected =
      classCount === 0 ? phrase`a class with a name` : phrase`a class from 0 to ${classCount - 1}`;
    throw badInput(where, expected, shown(columns[0]), phrase`Add its name, or correct the line.`);
  }
  const fractionAt = (index: number): number => {
    const fraction = values[index];
    if (fraction >= leastFraction && fraction <= largestFraction) return fraction;
    throw badInput(
      where,
      phrase`a fraction of the picture's size`,
      phrase`${shown(columns[index])} in column ${index + 1}`,
      keypointShape === undefined
        ? phrase`Pixels must be divided by the size; keypoints need kpt_shape in data.yaml.`
        : phrase`Pixels must be divided by the size.`,
    );
  };
  const scoreAt = (index: number): { score?: number } => {
    if (index >= values.length) return {};
    if (values[index] >= 0 && values[index] <= 1) return { score: values[index] };
    throw badInput(
      where,
      phrase`a score from 0 to 1`,
      phrase`${shown(columns[index])} in the last column`,
    );
  };
  const pointAt = (index: number): [x: number, y: number] => [
    roundTo(fractionAt(index) * image.width, pixelDecimals),
    roundTo(fractionAt(index + 1) * image.height, pixelDecimals),
  ];
  const box = (): Bbox => {
    const [centreX, centreY, width, height] = [1, 2, 3, 4].map(fractionAt);
    if (width < 0 || height < 0) throw badInput(where, phrase`a box of a size`, text.trim());
    return [
      roundTo((centreX - width / 2) * image.width, pixelDecimals),
      roundTo((centreY - height / 2) * image.height, pixelDecimals),
      roundTo(width * image.width, pixelDecimals),
      roundTo(height * image.height, pixelDecimals),
    ];
  };

  if (keypointShape !== undefined) {
    const { count, dimensions } = keypointShape;
    const end = 5 + count * dimensions;
    if (values.length !== end && values.length !== end + 1) {
      throw badInput(where, phrase`${end} columns (kpt_shape)`, `${values.length}`);
    }
    const keypoints: number[] = [];
    for (let index = 5; index < end; index += dimensions) {
      const [x, y] = pointAt(index);
      // Without a visibility, Ultralytics takes the origin for a point that was not labelled.
      const visibility = dimensions === 3 ? values[index + 2] : x === 0 && y === 0 ? 0 : 2;
      if (![0, 1, 2].includes(visibility)) {
        throw badInput(where, phrase`a visibility of 0, 1 or 2`, shown(columns[index + 2]));
      }
      keypoints.push(x, y, visibility);
    }
    return { classIndex, shape: { bbox: box(), keypoints, ...scoreAt(end) } };
  }
  if (values.length < 5) {
    throw badInput(where, phrase`a class and a box or polygon`, phrase`${values.length} columns`);
  }
  if (values.length < 7) return { classIndex, shape: { bbox: box(), ...scoreAt(5) } };
  const end = values.length % 2 === 1 ? values.length : values.length - 1;
  const polygon: Polygon = [];
  for (let index = 1; index < end; index += 2) polygon.push(...pointAt(index));
  return { classIndex, shape: { segmentation: [polygon], ...scoreAt(end) } };
}

/** `class cx cy w h` as Ultralytics' detect task reads it. */
export function boxLine(classIndex: number, [x, y, width, height]: Bbox, image: CocoImage): string {
  return [
    classIndex,
    fractionText(x + width / 2, image.width),
    fractionText(y + height / 2, image.height),
    fractionText(width, image.width),
    fractionText(height, image.height),
  ].join(' ');
}

/** `class x y x y …` as the segment task reads it. */
export function polygonLine(classIndex: number, polygon: Polygon, image: CocoImage): string {
  return `${classIndex} ${pointsText(polygon, image)}`;
}

/** `class cx cy w h x y v …` as the pose task reads it. */
export function poseLine(
  classIndex: number,
  bbox: Bbox,
  keypoints: readonly number[],
  image: CocoImage,
): string {
  const columns = [boxLine(classIndex, bbox, image)];
  for (let i = 0; i < keypoints.length; i += 3) {
    columns.push(`${pointsText(keypoints.slice(i, i + 2), image)} ${keypoints[i + 2]}`);
  }
  return columns.join(' ');
}

function pointsText(points: readonly number[], image: CocoImage): string {
  return points
    .map((value, index) => fractionText(value, index % 2 === 0 ? image.width : image.height))
    .join(' ');
}

function fractionText(pixels: number, length: number): string {
  return decimalText(pixels / length, fractionDecimals);
}
