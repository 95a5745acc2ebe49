// One shape of a CVAT picture as COCO can say it. What a shape of CVAT becomes is in the table `geometries`;
// shapes that COCO has no word for become polygons or are left out, and are reported.

import { type Rle, rleArea } from '../../mask/rle.ts';
import { phrase } from '../../phrase.ts';
import type { Bbox, Polygon } from '../../types.ts';
import { bboxFromCorners } from '../corner-box.ts';
import type { LossList } from '../loss.ts';
import { numberFromText, sensibleNumber } from '../numbers.ts';
import type { PictureSize } from '../picture-index.ts';
import { badInput, shown } from '../text-file.ts';
import type { XmlElement } from '../xml/parse.ts';
import { groupOf, type ReadAttributes, readAttributes } from './attributes.ts';
import { convexHull } from './convex-hull.ts';
import type { ShapeRole } from './groups.ts';
import type { CvatLabel, CvatLabels } from './labels.ts';
import { rleFromCvatMask } from './mask-runs.ts';
import { rotated, rotatedCorners } from './rotated-box.ts';

/** The part of a shape that is drawn. A label of the whole picture has none. */
interface Geometry {
  role: ShapeRole;
  bbox?: Bbox;
  polygon?: Polygon;
  rle?: Rle;
  keypoints?: number[];
  /** Degrees, for a box that was turned. */
  rotation?: number;
}

/** A shape of a picture, not yet joined with others of its group. */
export interface CvatShape extends Geometry, ReadAttributes {
  label: string;
  /** 0 for none. */
  group: number;
  /** File and line. */
  where: string;
}

/** What a geometry is read from and reported to. */
interface Context {
  image: PictureSize;
  label: CvatLabel;
  /** File and line. */
  where: string;
  losses: LossList;
}

/** By the element's name. Undefined where the shape is left out, which is then already reported. */
const geometries: Readonly<
  Record<string, (element: XmlElement, context: Context) => Geometry | undefined>
> = {
  tag: () => ({ role: 'alone' }),
  box: boxGeometry,
  polygon: (element, { where }) => ({ role: 'outline', polygon: polygonOf(element, where) }),
  mask: maskGeometry,
  points: pointsGeometry,
  skeleton: skeletonGeometry,
  ellipse: ellipseGeometry,
  cuboid: cuboidGeometry,
  polyline: (_, { where, losses }) => {
    losses.add('shapes', phrase`${where} <polyline>, left out`);
    return undefined;
  },
};

/** Enough corners that the area is right to half a thousandth. */
const ELLIPSE_CORNERS = 128;

/**
 * @param file names the file in messages; the line is added.
 * @throws CocoError `bad-format-input` for a shape that makes no sense.
 */
export function readShape(
  element: XmlElement,
  image: PictureSize,
  labels: CvatLabels,
  file: string,
  losses: LossList,
): CvatShape | undefined {
  const where = `${file}:${element.line}`;
  if (!Object.hasOwn(geometries, element.name)) {
    losses.add('shapes', phrase`${where} <${element.name}>, left out`);
    return undefined;
  }
  const label = labels.named(textOf(element, 'label', where), where);
  const context = { image, label, where, losses };
  const geometry = geometries[element.name](element, context);
  if (geometry === undefined) return undefined;
  const attributes = readAttributes(element, label.attributeKinds, where, losses);
  if (geometry.rotation !== undefined) attributes.values.set('rotation', geometry.rotation);
  return { label: label.name, group: groupOf(element), where, ...geometry, ...attributes };
}

function boxGeometry(element: XmlElement, { where, losses }: Context): Geometry {
  const [xMin, yMin, xMax, yMax] = numbersOf(element, ['xtl', 'ytl', 'xbr', 'ybr'], where);
  if (xMax < xMin || yMax < yMin) {
    const found = `${xMin}, ${yMin}, ${xMax}, ${yMax}`;
    throw badInput(where, phrase`xtl ≤ xbr and ytl ≤ ybr`, found);
  }
  const bbox = bboxFromCorners([xMin, yMin, xMax, yMax]);
  const rotation = rotationOf(element, where);
  if (rotation === 0) return { role: 'box', bbox };
  losses.add('rotation', where);
  return { role: 'alone', polygon: rotatedCorners(bbox, rotation), rotation };
}

function maskGeometry(element: XmlElement, { image, where }: Context): Geometry {
  const [left, top, width, height] = numbersOf(element, ['left', 'top', 'width', 'height'], where);
  const runs = textOf(element, 'rle', where).split(',').map(Number);
  const rectangle = [left, top, width, height];
  if (!rectangle.every(Number.isInteger) || width < 1 || height < 1) {
    throw badInput(where, phrase`a mask of whole pixels`, rectangle.join(', '));
  }
  const mask = { runs, left, top, width, height };
  const rle = rleFromCvatMask(mask, image.height, image.width, where);
  if (rleArea(rle) === 0) throw badInput(where, phrase`a mask with pixels`, phrase`an empty one`);
  return { role: 'outline', rle };
}

/** Keypoints without names: they are called by their numbers. */
function pointsGeometry(element: XmlElement, context: Context): Geometry | undefined {
  const { label, where, losses } = context;
  const points = pointsOf(element, where);
  const visibility = element.attributes.get('occluded') === '1' ? 1 : 2;
  const { keypoints } = label.skeleton;
  const count = points.length / 2;
  const names = Array.from({ length: count }, (_, i) => String(i + 1));
  if (label.isOpen) keypoints.push(...names.slice(keypoints.length));
  if (!names.every((name, i) => keypoints[i] === name)) {
    losses.add('shapes', phrase`${where} <points>, left out: ${shown(label.name)} is a skeleton`);
    return undefined;
  }
  const triples = names.flatMap((_, i) => [points[2 * i], points[2 * i + 1], visibility]);
  return { role: 'keypoints', keypoints: triples };
}

function skeletonGeometry(element: XmlElement, { label, where, losses }: Context): Geometry {
  const { keypoints: names } = label.skeleton;
  const keypoints = names.flatMap(() => [0, 0, 0]);
  for (const child of element.children) {
    if (child.name === 'attribute') continue;
    if (child.name !== 'points') {
      losses.add('shapes', phrase`${where} <${child.name}> in a skeleton, left out`);
      continue;
    }
    if (child.children.length > 0)
      losses.add('attributes', phrase`${where} attributes of a keypoint`);
    const name = textOf(child, 'label', where);
    let index = names.indexOf(name);
    if (index === -1) {
      if (!label.isOpen)
        throw badInput(where, phrase`one of ${names.map(shown).join(', ')}`, shown(name));
      index = names.push(name) - 1;
    }
    const [x, y] = pointsOf(child, where);
    const isOutside = child.attributes.get('outside') === '1';
    const visibility = isOutside ? 0 : child.attributes.get('occluded') === '1' ? 1 : 2;
    // Where CVAT keeps an absent point has no meaning; COCO has 0, 0 there.
    keypoints.splice(3 * index, 3, ...(isOutside ? [0, 0, 0] : [x, y, visibility]));
  }
  return { role: 'keypoints', keypoints };
}

function ellipseGeometry(element: XmlElement, { where, losses }: Context): Geometry {
  const [cx, cy, rx, ry] = numbersOf(element, ['cx', 'cy', 'rx', 'ry'], where);
  const rotation = rotationOf(element, where);
  losses.add('shapes', phrase`${where} <ellipse>, now a polygon`);
  const polygon = Array.from({ length: ELLIPSE_CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / ELLIPSE_CORNERS;
    return rotated(rx * Math.cos(angle), ry * Math.sin(angle), rotation, [cx, cy]);
  }).flat();
  return { role: 'alone', polygon };
}

/** A cuboid is drawn as two faces; what it covers of the picture is the hull of both. */
function cuboidGeometry(element: XmlElement, { where, losses }: Context): Geometry {
  const corners = ['tl1', 'bl1', 'tr1', 'br1', 'tl2', 'bl2', 'tr2', 'br2'];
  const names = corners.flatMap((corner) => [`x${corner}`, `y${corner}`]);
  losses.add('shapes', phrase`${where} <cuboid>, now a polygon`);
  return { role: 'alone', polygon: convexHull(numbersOf(element, names, where)) };
}

function polygonOf(element: XmlElement, where: string): Polygon {
  const points = pointsOf(element, where);
  if (points.length >= 6) return points;
  throw badInput(where, phrase`a polygon of three points or more`, `${points.length / 2}`);
}

function textOf(element: XmlElement, name: string, where: string): string {
  const text = element.attributes.get(name);
  if (text !== undefined) return text;
  throw badInput(where, phrase`the attribute ${name} in <${element.name}>`, phrase`none`);
}

function numbersOf(element: XmlElement, names: readonly string[], where: string): number[] {
  return names.map((name) => {
    const text = textOf(element, name, where);
    const number = numberFromText(text);
    if (number !== undefined) return number;
    throw badInput(where, phrase`a number for ${name}`, shown(text));
  });
}

function rotationOf(element: XmlElement, where: string): number {
  return element.attributes.has('rotation') ? numbersOf(element, ['rotation'], where)[0] : 0;
}

/** `x,y;x,y`. Most of a file is this, so the text is checked as a whole before its numbers are. */
function pointsOf(element: XmlElement, where: string): number[] {
  const text = textOf(element, 'points', where);
  const isPlain = /^[-+.\deE,;\s]*$/.test(text);
  const points: number[] = [];
  for (const pair of text.split(';')) {
    const comma = pair.indexOf(',');
    const [x, y] = [pair.slice(0, comma), pair.slice(comma + 1)];
    if (!isPlain || comma === -1 || !isNumberText(x) || !isNumberText(y)) {
      throw badInput(where, phrase`points as "x,y;x,y"`, shown(pair));
    }
    points.push(Number(x), Number(y));
  }
  return points;
}

/** For text without letters but for exponents: `Number` alone takes hexadecimal and an empty text too. */
function isNumberText(text: string): boolean {
  return text.trim() !== '' && sensibleNumber(Number(text)) !== undefined;
}
