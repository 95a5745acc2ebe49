// One `<object>` of a Pascal VOC file and the annotation that it stands for. Beyond the elements of the
// VOC development kit it knows what tools have added: `<polygon>` (Roboflow: `<x1>`, `<y1>`, `<x2>`, …;
// LabelMe: `<pt>`) and `<attributes>` (CVAT, Datumaro).
//
// Coordinates are edges: `xmax − xmin` is the width. VOC's own pictures count pixels from 1 and include the
// last one, but the files that people have come from tools which write `x` and `x + width` (labelImg, CVAT,
// Roboflow), and published COCO versions of VOC sets follow the same rule. Nothing is shifted, so no
// round trip moves a box.

import { phrase } from '../../phrase.ts';
import type { Bbox, CocoAnnotation, Polygon } from '../../types.ts';
import { bboxFromCorners, type Corners, cornersFromBbox } from '../corner-box.ts';
import type { NewAnnotation } from '../dataset-builder.ts';
import type { LossList } from '../loss.ts';
import { decimalText, numberFromText, sensibleNumber } from '../numbers.ts';
import { polygonsBbox } from '../outline-measures.ts';
import { badInput, objectOf, shown } from '../text-file.ts';
import { childNamed, childrenNamed, childText, isCarriedText, unpadded } from '../xml/element.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlNode } from '../xml/write.ts';
import { attributeFromText, textOfAttribute } from './attribute-text.ts';

/** Part of an object with a box of its own, such as a person's head; kept in the annotation's `parts`. */
export interface VocPart {
  name: string;
  bbox: Bbox;
}

/** Text of `<pose>` where nothing is known of it. */
const UNKNOWN_POSE = 'Unspecified';

/** Elements with a meaning of their own; every other one with plain text is an attribute. */
const KNOWN_ELEMENTS = new Set(
  'name pose truncated difficult occluded bndbox polygon part attributes actions'.split(' '),
);

/**
 * @param where names the file in messages; the line is added.
 * @throws CocoError `bad-format-input` for an object without name or without a box or polygon.
 */
export function annotationFromObject(
  object: XmlElement,
  where: string,
  losses: LossList,
): { name: string; annotation: Omit<NewAnnotation, 'category_id'> } {
  const name = childText(object, 'name');
  if (name === undefined) throw missing(object, 'name', where);
  const box = childNamed(object, 'bndbox');
  const segmentation = childrenNamed(object, 'polygon').map((polygon) =>
    pointsOf(polygon, `${where}:${polygon.line}`),
  );
  if (box === undefined && segmentation.length === 0) throw missing(object, 'bndbox', where);
  const attributes = attributesOf(object, where, losses);
  const parts = childrenNamed(object, 'part').map((part): VocPart => {
    const partBox = childNamed(part, 'bndbox');
    if (partBox === undefined) throw missing(part, 'bndbox', where);
    return { name: childText(part, 'name') ?? '', bbox: bboxOf(partBox, where) };
  });
  return {
    name,
    annotation: {
      ...(segmentation.length > 0 && { segmentation }),
      bbox: box === undefined ? polygonsBbox(segmentation) : bboxOf(box, where),
      ...(attributes.size > 0 && { attributes: Object.fromEntries(attributes) }),
      ...(parts.length > 0 && { parts }),
    },
  };
}

/** `polygons` are those to be written, empty for a box alone. */
export function objectFromAnnotation(
  annotation: CocoAnnotation,
  name: string,
  bbox: Bbox,
  polygons: readonly Polygon[],
  where: string,
  losses: LossList,
): XmlNode {
  const { flags, generic } = textsOfAttributes(annotation, where, losses);
  const children: XmlNode[] = [
    { name: 'name', text: name },
    { name: 'pose', text: flags.pose ?? UNKNOWN_POSE },
    // Readers of the first hour fail without these two, so they are always written.
    { name: 'truncated', text: flags.truncated ?? '0' },
    { name: 'difficult', text: flags.difficult ?? '0' },
    ...(flags.occluded === undefined ? [] : [{ name: 'occluded', text: flags.occluded }]),
    boxNode(bbox),
    ...polygons.map(polygonNode),
    ...partsToWrite(annotation, where, losses).map(({ name, bbox }) => ({
      name: 'part',
      children: [{ name: 'name', text: name }, boxNode(bbox)],
    })),
  ];
  if (generic.length > 0) {
    const attribute = ([name, value]: [string, string]): XmlNode => ({
      name: 'attribute',
      children: [
        { name: 'name', text: name },
        { name: 'value', text: value },
      ],
    });
    children.push({ name: 'attributes', children: generic.map(attribute) });
  }
  return { name: 'object', children };
}

function missing(element: XmlElement, child: string, where: string): Error {
  return badInput(
    `${where}:${element.line}`,
    phrase`<${child}> in <${element.name}>`,
    phrase`none`,
  );
}

function bboxOf(box: XmlElement, where: string): Bbox {
  const edge = (name: string): number => {
    const text = childText(box, name);
    const number = text === undefined ? undefined : numberFromText(text);
    if (number !== undefined) return number;
    throw badInput(`${where}:${box.line}`, phrase`a number in <${name}>`, shown(text));
  };
  const corners: Corners = [edge('xmin'), edge('ymin'), edge('xmax'), edge('ymax')];
  if (corners[2] < corners[0] || corners[3] < corners[1]) {
    throw badInput(`${where}:${box.line}`, phrase`xmin ≤ xmax and ymin ≤ ymax`, corners.join(', '));
  }
  return bboxFromCorners(corners);
}

function pointsOf(polygon: XmlElement, where: string): Polygon {
  const points = childrenNamed(polygon, 'pt');
  const texts =
    points.length > 0
      ? points.flatMap((point) => [childText(point, 'x'), childText(point, 'y')])
      : numberedTexts(polygon);
  const numbers = texts.map((text) => (text === undefined ? undefined : numberFromText(text)));
  const broken = numbers.indexOf(undefined);
  if (broken !== -1) throw badInput(where, phrase`a number`, shown(texts[broken]));
  if (numbers.length < 6 || numbers.length % 2 !== 0) {
    throw badInput(
      where,
      phrase`a polygon of three points or more`,
      phrase`${numbers.length} coordinates`,
    );
  }
  return numbers as number[];
}

/** Texts of `<x1>`, `<y1>`, `<x2>`, …, whatever order they are in. */
function numberedTexts({ children }: XmlElement): (string | undefined)[] {
  const byName = new Map(children.map(({ name, text }) => [name, unpadded(text)]));
  const count = children.filter(({ name }) => /^[xy]\d+$/.test(name)).length;
  return Array.from({ length: count }, (_, i) =>
    byName.get(`${i % 2 === 0 ? 'x' : 'y'}${Math.floor(i / 2) + 1}`),
  );
}

function attributesOf(
  object: XmlElement,
  where: string,
  losses: LossList,
): Map<string, boolean | number | string> {
  const attributes = new Map<string, boolean | number | string>();
  const pose = childText(object, 'pose');
  if (pose !== undefined && pose !== '' && pose !== UNKNOWN_POSE) attributes.set('pose', pose);
  for (const flag of ['truncated', 'difficult', 'occluded']) {
    const text = childText(object, flag)?.trim();
    // `<occluded>` is written only where it is known; a 0 of the others may only mean that nobody looked.
    if (text === '1') attributes.set(flag, true);
    else if (text === '0' && flag === 'occluded') attributes.set(flag, false);
    else if (text !== undefined && text !== '0' && text !== '') {
      attributes.set(flag, attributeFromText(text));
    }
  }
  for (const action of childNamed(object, 'actions')?.children ?? []) {
    if (action.text.trim() === '1') attributes.set(action.name, true);
  }
  for (const child of object.children) {
    if (KNOWN_ELEMENTS.has(child.name)) continue;
    if (child.children.length > 0)
      losses.add('attributes', `${where}:${child.line} <${child.name}>`);
    else attributes.set(child.name, attributeFromText(unpadded(child.text)));
  }
  for (const attribute of childNamed(object, 'attributes')?.children ?? []) {
    const name = childText(attribute, 'name');
    const value = childText(attribute, 'value');
    if (name === undefined || value === undefined) {
      losses.add('attributes', `${where}:${attribute.line} <${attribute.name}>`);
    } else attributes.set(name, attributeFromText(value));
  }
  return attributes;
}

/** Attributes that have an element of their own, and all others, each as text that reads back the same. */
function textsOfAttributes(
  { attributes }: CocoAnnotation,
  where: string,
  losses: LossList,
): { flags: Record<string, string | undefined>; generic: [string, string][] } {
  const flags: Record<string, string | undefined> = {};
  const generic: [string, string][] = [];
  if (attributes !== undefined && objectOf(attributes) === undefined) {
    losses.add('attributes', `${where}.attributes`);
  }
  for (const [name, value] of Object.entries(objectOf(attributes) ?? {})) {
    if (value === undefined) continue;
    const text = textOfAttribute(value);
    if (text === undefined || !isCarriedText(name)) {
      losses.add('attributes', `${where}.attributes.${name}`);
    } else if (
      name === 'pose' &&
      typeof value === 'string' &&
      value !== '' &&
      value !== UNKNOWN_POSE
    ) {
      flags.pose = text;
    } else if ((name === 'truncated' || name === 'difficult') && value === true) {
      flags[name] = '1';
    } else if (name === 'occluded' && typeof value === 'boolean') {
      flags.occluded = value ? '1' : '0';
    } else generic.push([name, text]);
  }
  return { flags, generic };
}

function partsToWrite(annotation: CocoAnnotation, where: string, losses: LossList): VocPart[] {
  if (annotation.parts === undefined) return [];
  const parts = Array.isArray(annotation.parts) ? annotation.parts.map(partFrom) : [undefined];
  if (parts.some((part) => part === undefined)) losses.add('attributes', `${where}.parts`);
  return parts.filter((part) => part !== undefined);
}

function partFrom(value: unknown): VocPart | undefined {
  const part = objectOf(value);
  const bbox = part?.bbox;
  if (part === undefined || Object.keys(part).length !== 2 || !Array.isArray(bbox))
    return undefined;
  const isBox = bbox.length === 4 && bbox.every((edge) => sensibleNumber(edge) !== undefined);
  if (!isBox || typeof part.name !== 'string' || !isCarriedText(part.name)) return undefined;
  const back = bboxFromCorners(cornersFromBbox(bbox as Bbox));
  if (bbox[2] < 0 || bbox[3] < 0 || back.some((edge, i) => edge !== bbox[i])) return undefined;
  return { name: part.name, bbox: bbox as Bbox };
}

function boxNode(bbox: Bbox): XmlNode {
  const [xmin, ymin, xmax, ymax] = cornersFromBbox(bbox).map((edge) => decimalText(edge));
  return {
    name: 'bndbox',
    children: [
      { name: 'xmin', text: xmin },
      { name: 'ymin', text: ymin },
      { name: 'xmax', text: xmax },
      { name: 'ymax', text: ymax },
    ],
  };
}

function polygonNode(polygon: Polygon): XmlNode {
  const children = polygon.map((value, index) => ({
    name: `${index % 2 === 0 ? 'x' : 'y'}${Math.floor(index / 2) + 1}`,
    text: decimalText(value),
  }));
  return { name: 'polygon', children };
}
