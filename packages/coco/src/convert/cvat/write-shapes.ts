// An annotation as the shapes of CVAT that say the same. Where one shape is not enough, a common group
// makes them one object, see `groups.ts`.

import { rleArea, rleBbox } from '../../mask/rle.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { Bbox, CocoAnnotation, CocoImage, Polygon } from '../../types.ts';
import { isPictureLabel } from '../conventions.ts';
import { bboxFromCorners, cornersFromBbox } from '../corner-box.ts';
import type { LossList } from '../loss.ts';
import { decimalText, sensibleNumber } from '../numbers.ts';
import { pointsBbox, polygonsArea, polygonsBbox } from '../outline-measures.ts';
import { reportMeasures, reportPrecision } from '../shape-losses.ts';
import { objectOf } from '../text-file.ts';
import type { XmlNode } from '../xml/write.ts';
import type { ShapeRole } from './groups.ts';
import { labelledPoints } from './join-shapes.ts';
import type { LabelPlan } from './label-plans.ts';
import { cvatMaskFromRle } from './mask-runs.ts';
import { boxOfRotatedCorners, rotatedCorners } from './rotated-box.ts';

type ElementName = 'tag' | 'box' | 'polygon' | 'mask' | 'points' | 'skeleton';

/** A shape without what all shapes have: label, source, group, attributes. */
export interface WrittenShape {
  element: ElementName;
  attributes: Record<string, string | number>;
  /** The points of a skeleton. */
  children?: XmlNode[];
}

/** Which shapes an annotation becomes, before any of them is worked out. */
export interface ShapePlan {
  elements: ElementName[];
  /** The upright box of a box that was turned. */
  rotatedBox?: Bbox;
}

export function planShapes(annotation: CocoAnnotation, { hasPlainPoints }: LabelPlan): ShapePlan {
  if (isPictureLabel(annotation)) return { elements: ['tag'] };
  const { bbox, segmentation, keypoints } = annotation;
  const points: ElementName[] =
    keypoints === undefined ? [] : [hasPlainPoints ? 'points' : 'skeleton'];
  if (Array.isArray(segmentation) && segmentation.length > 0) {
    const rotatedBox = rotatedBoxOf(annotation, segmentation);
    if (rotatedBox !== undefined) return { elements: ['box'], rotatedBox };
    return { elements: [...segmentation.map(() => 'polygon' as const), ...points] };
  }
  if (segmentation !== undefined && !Array.isArray(segmentation)) {
    return { elements: ['mask', ...points] };
  }
  if (bbox !== undefined && rotationOf(annotation) !== 0 && keypoints === undefined) {
    return { elements: ['box'], rotatedBox: bbox };
  }
  const labelled = labelledPoints(keypoints);
  const isImplied = labelled.length > 0 && isSameBbox(bbox, pointsBbox(labelled));
  return { elements: bbox === undefined || isImplied ? points : ['box', ...points] };
}

/** The role that a shape has when the file is read, for a plan of one shape. */
export function roleOf({ elements, rotatedBox }: ShapePlan): ShapeRole {
  if (elements[0] === 'tag' || rotatedBox !== undefined) return 'alone';
  if (elements[0] === 'box') return 'box';
  return elements[0] === 'polygon' || elements[0] === 'mask' ? 'outline' : 'keypoints';
}

export function shapesOf(
  annotation: CocoAnnotation,
  image: CocoImage,
  plan: ShapePlan,
  label: LabelPlan,
  where: string,
  losses: LossList,
): WrittenShape[] {
  const { bbox, segmentation, keypoints } = annotation;
  const polygons = Array.isArray(segmentation) ? segmentation : [];
  if (plan.rotatedBox !== undefined) {
    return [rotatedBoxShape(annotation, plan.rotatedBox, where, losses)];
  }
  if (polygons.length > 0) {
    const derived = { bbox: polygonsBbox(polygons), area: polygonsArea(polygons) };
    reportMeasures(annotation, derived, where, losses);
  }
  return plan.elements.map((element, index): WrittenShape => {
    if (element === 'tag') return { element, attributes: {} };
    if (element === 'polygon') {
      return { element, attributes: { points: pointsText(polygons[index]) } };
    }
    if (element === 'mask') return maskShape(annotation, image, where, losses);
    if (element === 'box') return boxShape(annotation, bbox!, where, losses);
    if (plan.elements.length === 1) {
      // The reader draws a box around lone keypoints.
      if (bbox === undefined) losses.add('boxes', where);
      reportArea(annotation, pointsBbox(labelledPoints(keypoints)), where, losses);
    }
    return keypointShape(element, keypoints!, label, where, losses);
  });
}

/** The rotation that an annotation tells of, 0 for none. */
function rotationOf({ attributes }: CocoAnnotation): number {
  return sensibleNumber(objectOf(attributes)?.rotation) ?? 0;
}

function rotatedBoxOf(annotation: CocoAnnotation, polygons: readonly Polygon[]): Bbox | undefined {
  const degrees = rotationOf(annotation);
  if (degrees === 0 || polygons.length > 1 || annotation.keypoints !== undefined) return undefined;
  return boxOfRotatedCorners(polygons[0], degrees);
}

/** `rotation` itself is written with the attributes. */
function rotatedBoxShape(
  annotation: CocoAnnotation,
  box: Bbox,
  where: string,
  losses: LossList,
): WrittenShape {
  const corners = cornersFromBbox(box);
  const read = rotatedCorners(bboxFromCorners(corners), rotationOf(annotation));
  const { segmentation } = annotation;
  if (!Array.isArray(segmentation) || segmentation.length === 0) {
    // An upright box and an angle, as in CVAT's own COCO export.
    losses.add('rotation', where);
  } else if (!isSameList(read, segmentation[0])) losses.add('precision', where);
  reportMeasures(annotation, { bbox: pointsBbox(read), area: polygonsArea([read]) }, where, losses);
  return { element: 'box', attributes: cornerTexts(corners) };
}

function boxShape(
  annotation: CocoAnnotation,
  bbox: Bbox,
  where: string,
  losses: LossList,
): WrittenShape {
  const corners = cornersFromBbox(bbox);
  const read = bboxFromCorners(corners);
  reportPrecision(bbox, where, losses);
  reportArea(annotation, read, where, losses);
  return { element: 'box', attributes: cornerTexts(corners) };
}

function maskShape(
  annotation: CocoAnnotation,
  image: CocoImage,
  where: string,
  losses: LossList,
): WrittenShape {
  const rle = rleFromSegmentation(annotation.segmentation!, image.height, image.width);
  const mask = cvatMaskFromRle(rle);
  if (mask === undefined) {
    losses.add('masks', where);
    return boxShape(annotation, annotation.bbox ?? rleBbox(rle), where, losses);
  }
  reportMeasures(annotation, { bbox: rleBbox(rle), area: rleArea(rle) }, where, losses);
  const { left, top, width, height } = mask;
  const rleText = Array.from(mask.runs).join(', ');
  return { element: 'mask', attributes: { rle: rleText, left, top, width, height } };
}

function keypointShape(
  element: 'points' | 'skeleton',
  keypoints: readonly number[],
  { skeleton }: LabelPlan,
  where: string,
  losses: LossList,
): WrittenShape {
  const names = skeleton.keypoints;
  const count = keypoints.length / 3;
  if (count > names.length) losses.add('keypoints', where);
  const points = names.map((name, i) => {
    const [x = 0, y = 0, visibility = 0] = keypoints.slice(3 * i, 3 * i + 3);
    return { name, x, y, visibility };
  });
  const isStandard = points.every(({ x, y, visibility }) =>
    visibility === 0 ? x === 0 && y === 0 : visibility === 1 || visibility === 2,
  );
  if (!isStandard || count < names.length) losses.add('keypoint-visibility', where);
  if (element === 'points') {
    const labelled = points.filter(({ visibility }) => visibility > 0);
    const occluded = labelled[0].visibility === 1 ? 1 : 0;
    const text = pointsText(labelled.flatMap(({ x, y }) => [x, y]));
    return { element, attributes: { occluded, points: text } };
  }
  const children = points.map(({ name, x, y, visibility }) => ({
    name: 'points',
    attributes: {
      label: name,
      source: 'manual',
      outside: visibility === 0 ? 1 : 0,
      occluded: visibility === 1 ? 1 : 0,
      points: pointsText([x, y]),
    },
  }));
  return { element, attributes: {}, children };
}

/** The area that a reader gives to a box without a mask. */
function reportArea(annotation: CocoAnnotation, bbox: Bbox, where: string, losses: LossList): void {
  reportMeasures({ ...annotation, bbox }, { bbox, area: bbox[2] * bbox[3] }, where, losses);
}

function cornerTexts(corners: readonly number[]): Record<string, string> {
  const [xtl, ytl, xbr, ybr] = corners.map((corner) => decimalText(corner));
  return { xtl, ytl, xbr, ybr };
}

function pointsText(points: readonly number[]): string {
  let text = '';
  for (let i = 0; i < points.length; i += 2) {
    text += `${i === 0 ? '' : ';'}${decimalText(points[i])},${decimalText(points[i + 1])}`;
  }
  return text;
}

function isSameBbox(a: Bbox | undefined, b: Bbox): boolean {
  return a !== undefined && isSameList(a, b);
}

/** Equal but for what arithmetic in doubles leaves behind. */
function isSameList(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-9 * Math.max(1, Math.abs(value)));
}
