// What CVAT says of a shape beside its outline: `<attribute>` elements that the label declares, and XML
// attributes that every shape has. In COCO all of them are `attributes`, under CVAT's own names, as
// CVAT's COCO export has it: `occluded`, `rotation`, `z_order`, `group_id`, `source`. A crowd is the attribute
// `is_crowd`, as in CVAT's COCO import.

import type { CocoAnnotation } from '../../types.ts';
import type { LossList } from '../loss.ts';
import { numberFromText, sensibleNumber } from '../numbers.ts';
import { objectOf, shown } from '../text-file.ts';
import { isXmlText } from '../xml/characters.ts';
import { childrenNamed, unpadded } from '../xml/element.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlNode } from '../xml/write.ts';
import { type AttributeKinds, textFromValue, valueFromText } from './attribute-kinds.ts';

/** The XML attributes that shapes have for what COCO keeps in `attributes`. */
export type StandardName = 'occluded' | 'rotation' | 'z_order' | 'group_id' | 'source';

/** Which of them an element has. Points tell by their visibility whether they are occluded. */
export const standardNames: Readonly<Record<string, readonly StandardName[]>> = {
  tag: ['group_id', 'source'],
  points: ['z_order', 'group_id', 'source'],
  skeleton: ['z_order', 'group_id', 'source'],
  box: ['occluded', 'rotation', 'z_order', 'group_id', 'source'],
  polygon: ['occluded', 'z_order', 'group_id', 'source'],
  mask: ['occluded', 'z_order', 'group_id', 'source'],
  ellipse: ['occluded', 'z_order', 'group_id', 'source'],
  cuboid: ['occluded', 'z_order', 'group_id', 'source'],
};

/** Sources that tell nothing: drawn by hand, or imported by whoever made the file. */
const PLAIN_SOURCES = new Set(['', 'manual', 'file']);

/** Sources that a shape drawn by hand does not have. */
const TELLING_SOURCES = new Set(['auto', 'semi-auto', 'consensus']);

export const CROWD = 'is_crowd';

/** Attributes by name, with `is_crowd` taken out. */
export interface ReadAttributes {
  values: Map<string, unknown>;
  isCrowd: boolean;
}

/** @param where file and line of the element. */
export function readAttributes(
  element: XmlElement,
  kinds: AttributeKinds,
  where: string,
  losses: LossList,
): ReadAttributes {
  const values = new Map<string, unknown>();
  for (const child of childrenNamed(element, 'attribute')) {
    const name = child.attributes.get('name');
    if (name === undefined || values.has(name)) losses.add('attributes', `${where} <attribute>`);
    else values.set(name, valueFromText(unpadded(child.text), kinds.get(name) ?? 'text'));
  }
  const isCrowd = values.get(CROWD);
  if (typeof isCrowd === 'boolean') values.delete(CROWD);
  for (const [name, value] of standardAttributes(element)) {
    // Two things of one name; the tool's own is what its users see.
    if (values.has(name)) losses.add('attributes', `${where} attribute ${shown(name)}`);
    values.set(name, value);
  }
  return { values, isCrowd: isCrowd === true };
}

/** But for the group, which decides what becomes of the shape, and the rotation, which belongs to its outline. */
function standardAttributes({ name, attributes }: XmlElement): [StandardName, unknown][] {
  const found: [StandardName, unknown][] = [];
  const hasPlace = standardNames[name].includes('occluded');
  if (hasPlace && attributes.get('occluded') === '1') found.push(['occluded', true]);
  const zOrder = numberFromText(attributes.get('z_order') ?? '');
  if (isZOrder(zOrder)) found.push(['z_order', zOrder]);
  const source = attributes.get('source') ?? '';
  if (!PLAIN_SOURCES.has(source)) found.push(['source', source]);
  return found;
}

/** The group that a shape belongs to, 0 for none. */
export function groupOf({ attributes }: XmlElement): number {
  const group = numberFromText(attributes.get('group_id') ?? '');
  return isGroupId(group) ? group : 0;
}

export function isGroupId(value: unknown): value is number {
  return Number.isInteger(value) && sensibleNumber(value) !== undefined && (value as number) > 0;
}

function isZOrder(value: unknown): value is number {
  return Number.isInteger(value) && sensibleNumber(value) !== undefined && value !== 0;
}

/** An annotation's attributes, sorted by where CVAT keeps them. */
export interface SortedAttributes {
  standard: Partial<Record<StandardName, unknown>>;
  /** Those of the label, `is_crowd` among them. */
  own: Map<string, unknown>;
}

/**
 * @param element Name of the element that will state them.
 * @param except XML attributes that this shape must not use.
 */
export function sortAttributes(
  annotation: CocoAnnotation,
  element: string,
  except: readonly StandardName[],
): SortedAttributes {
  const places = standardNames[element].filter((name) => !except.includes(name)) as string[];
  const standard: SortedAttributes['standard'] = {};
  const own = new Map<string, unknown>();
  for (const [name, value] of Object.entries(objectOf(annotation.attributes) ?? {})) {
    if (value === undefined) continue;
    const isStandard = places.includes(name) && fitsStandard(name as StandardName, value);
    if (isStandard) standard[name as StandardName] = value;
    else own.set(name, value);
  }
  return { standard, own };
}

function fitsStandard(name: StandardName, value: unknown): boolean {
  switch (name) {
    case 'occluded':
      return typeof value === 'boolean';
    case 'rotation':
      return sensibleNumber(value) !== undefined;
    case 'z_order':
      return isZOrder(value);
    case 'group_id':
      return isGroupId(value);
    case 'source':
      return TELLING_SOURCES.has(value as string);
  }
}

/** `<attribute>` elements for those of the label; what their kinds cannot say is reported. */
export function attributeNodes(
  annotation: CocoAnnotation,
  own: ReadonlyMap<string, unknown>,
  kinds: AttributeKinds,
  where: string,
  losses: LossList,
): XmlNode[] {
  if (annotation.attributes !== undefined && objectOf(annotation.attributes) === undefined) {
    losses.add('attributes', `${where}.attributes`);
  }
  const nodes: XmlNode[] = [];
  const add = (name: string, text: string) =>
    nodes.push({ name: 'attribute', attributes: { name }, text });
  if (annotation.iscrowd === 1) add(CROWD, 'true');
  for (const [name, value] of own) {
    const kind = kinds.get(name) ?? 'text';
    const text = textFromValue(value, kind);
    const isTaken = name === CROWD && (annotation.iscrowd === 1 || typeof value === 'boolean');
    if (text !== undefined && isXmlText(name) && !isTaken) add(name, text);
    else losses.add('attributes', `${where}.attributes.${name}`);
  }
  return nodes;
}
