// From one annotation to the results that Label Studio keeps of a region: its geometry with its label, its keypoints, and
// what else is said of it.

import { type Rle, rleArea, rleBbox } from '../../mask/rle.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { CocoAnnotation, CocoImage, Polygon } from '../../types.ts';
import { boxOfRotatedCorners } from '../cvat/rotated-box.ts';
import { isLonePoint, type NamedPoint, namedPoints } from '../keypoint-names.ts';
import type { LossList } from '../loss.ts';
import { rowRunsOfRle } from '../mask-crop.ts';
import { fractionDecimals, pixelDecimals, roundTo, sensibleNumber } from '../numbers.ts';
import { polygonArea, polygonsBbox } from '../outline-measures.ts';
import { boxOf, reportMeasures, reportPrecision } from '../shape-losses.ts';
import { objectOf } from '../text-file.ts';
import type { WritableAnnotation } from '../writable-dataset.ts';
import { brushFromRowRuns } from './brush-rle.ts';
import { controls } from './label-config.ts';
import { cornersTurnedAboutFirst } from './regions.ts';

/** A result without what all results of a picture have in common. */
export interface ResultJson {
  id: string;
  parentID?: string;
  type: string;
  from_name: string;
  value: Record<string, unknown>;
  score?: number;
}

/** Points are drawn with this width, in per cent of the picture's. */
const pointSize = 0.75;

/** @param id Of the region, unique in its task. */
export function regionResults(
  { annotation, category, where }: WritableAnnotation,
  image: CocoImage,
  names: readonly string[],
  id: string,
  losses: LossList,
): ResultJson[] {
  if (annotation.iscrowd === 1) losses.add('crowds', where);
  const points = namedPoints(annotation, names, where, losses);
  if (points.some(({ isHidden }) => isHidden)) losses.add('keypoint-visibility', where);
  reportPrecision(
    points.flatMap(({ x, y }) => [x, y]),
    where,
    losses,
  );
  const isPointAlone = isLonePoint(annotation, category, points);
  const { score } = annotation;
  const body = isPointAlone
    ? pointResult(points[0], id, image)
    : bodyResult(annotation, category.name, id, image, where, losses);
  const others = isPointAlone ? [] : points;
  return [
    { ...body, ...(score !== undefined && { score }) },
    ...findings(annotation, body, where, losses),
    ...others.map((point, index) => ({
      ...pointResult(point, `${id}-${index + 1}`, image),
      parentID: id,
    })),
  ];
}

function pointResult({ name, x, y }: NamedPoint, id: string, image: CocoImage): ResultJson {
  return regionResult(id, 'keypoint', name, { ...at(x, y, image), width: pointSize });
}

function bodyResult(
  annotation: CocoAnnotation,
  label: string,
  id: string,
  image: CocoImage,
  where: string,
  losses: LossList,
): ResultJson {
  const { segmentation } = annotation;
  if (Array.isArray(segmentation) && segmentation.length === 1) {
    const [polygon] = segmentation;
    reportPrecision(polygon, where, losses);
    const measures = { bbox: polygonsBbox([polygon]), area: polygonArea(polygon) };
    reportMeasures(annotation, measures, where, losses);
    const rounded = polygon.map((value) => roundTo(value, pixelDecimals));
    const rectangle = turnedRectangle(annotation, rounded, image);
    if (rectangle !== undefined) return regionResult(id, 'rectangle', label, rectangle);
    return regionResult(id, 'polygon', label, { points: pointsOf(rounded, image), closed: true });
  }
  const rle = maskOf(annotation, image, where, losses);
  if (rle !== undefined) {
    reportMeasures(annotation, { bbox: rleBbox(rle), area: rleArea(rle) }, where, losses);
    const value = {
      format: 'rle',
      rle: brushFromRowRuns(rowRunsOfRle(rle), image.height, image.width),
    };
    return regionResult(id, 'brush', label, value);
  }
  const bbox = boxOf(annotation, image)!;
  reportPrecision(bbox, where, losses);
  reportMeasures(annotation, { bbox, area: bbox[2] * bbox[3] }, where, losses);
  const [x, y, width, height] = bbox.map((value) => roundTo(value, pixelDecimals));
  return regionResult(id, 'rectangle', label, boxValue(x, y, width, height, 0, image));
}

/** A region is one outline: several parts become pixels, which one brush stroke can hold. */
function maskOf(
  { segmentation }: CocoAnnotation,
  image: CocoImage,
  where: string,
  losses: LossList,
): Rle | undefined {
  if (segmentation === undefined || (Array.isArray(segmentation) && segmentation.length === 0)) {
    return undefined;
  }
  const rle = rleFromSegmentation(segmentation, image.height, image.width);
  if (rleArea(rle) === 0) {
    losses.add('masks', where);
    return undefined;
  }
  if (Array.isArray(segmentation)) losses.add('mask-pixels', where);
  return rle;
}

/** The value of a rectangle that was turned, where the polygon is one by its attribute `rotation`. */
function turnedRectangle(
  { attributes }: CocoAnnotation,
  polygon: Polygon,
  image: CocoImage,
): Record<string, unknown> | undefined {
  const degrees = sensibleNumber(objectOf(attributes)?.rotation) ?? 0;
  const box = degrees === 0 ? undefined : boxOfRotatedCorners(polygon, degrees);
  if (box === undefined) return undefined;
  const [x, y] = polygon;
  const [, , width, height] = box;
  const read = cornersTurnedAboutFirst(x, y, width, height, degrees);
  if (read.some((value, i) => value !== polygon[i])) return undefined;
  return boxValue(x, y, width, height, degrees, image);
}

function boxValue(
  x: number,
  y: number,
  width: number,
  height: number,
  rotation: number,
  image: CocoImage,
): Record<string, unknown> {
  return {
    ...at(x, y, image),
    width: percent(width, image.width),
    height: percent(height, image.height),
    rotation,
  };
}

function pointsOf(polygon: Polygon, image: CocoImage): number[][] {
  const points: number[][] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const { x, y } = at(polygon[i], polygon[i + 1], image);
    points.push([x, y]);
  }
  return points;
}

function at(x: number, y: number, image: CocoImage): { x: number; y: number } {
  return { x: percent(x, image.width), y: percent(y, image.height) };
}

function percent(pixels: number, length: number): number {
  return roundTo((100 * pixels) / length, fractionDecimals - 2);
}

function regionResult(
  id: string,
  kind: 'rectangle' | 'polygon' | 'brush' | 'keypoint',
  label: string,
  value: Record<string, unknown>,
): ResultJson {
  const type = `${kind}labels`;
  return { id, type, from_name: controls[kind], value: { ...value, [type]: [label] } };
}

/** Attributes as what controls find: texts, numbers, and the choice between true and false. */
function findings(
  annotation: CocoAnnotation,
  body: ResultJson,
  where: string,
  losses: LossList,
): ResultJson[] {
  const attributes = objectOf(annotation.attributes);
  if (attributes !== annotation.attributes) losses.add('attributes', where);
  return Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    if (name === 'rotation' && body.value.rotation === value) return [];
    const finding = findingOf(value);
    if (finding !== undefined) return [{ id: body.id, from_name: name, ...finding }];
    losses.add('attributes', `${where}.attributes.${name}`);
    return [];
  });
}

function findingOf(value: unknown): Pick<ResultJson, 'type' | 'value'> | undefined {
  if (typeof value === 'boolean') return { type: 'choices', value: { choices: [String(value)] } };
  if (Number.isFinite(value)) return { type: 'number', value: { number: value } };
  if (typeof value === 'string') return { type: 'textarea', value: { text: [value] } };
  const isTexts = Array.isArray(value) && value.every((text) => typeof text === 'string');
  // One text alone would come back without its list.
  return isTexts && value.length !== 1 ? { type: 'textarea', value: { text: value } } : undefined;
}
