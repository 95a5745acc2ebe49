// The labels in the `<meta>` of a CVAT file. A skeleton's keypoints are labels too: its sublabels, which
// name it as their `<parent>`.

import { CocoError } from '../../coco-error.ts';
import { phrase } from '../../phrase.ts';
import type { CocoCategory } from '../../types.ts';
import type { LossList } from '../loss.ts';
import { badInput, shown } from '../text-file.ts';
import { childNamed, childrenNamed, childText } from '../xml/element.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlNode } from '../xml/write.ts';
import type { AttributeKind, AttributeKinds } from './attribute-kinds.ts';
import { type Skeleton, skeletonFromSvg, svgOfSkeleton } from './skeleton-svg.ts';

/** A category as CVAT sees it. */
export interface CvatLabel {
  name: string;
  color?: string;
  attributeKinds: AttributeKinds;
  skeleton: Skeleton;
  /** Keypoints are not declared, so they are taken as they come. */
  isOpen: boolean;
}

/** Labels by name. As long as none is declared, every name is taken for one. */
export class CvatLabels {
  readonly #byName = new Map<string, CvatLabel>();
  #isClosed = false;

  /** @throws CocoError `bad-format-input` where files of one tree declare different skeletons by one name. */
  declare(label: CvatLabel, where: string): void {
    this.#isClosed = true;
    const known = this.#byName.get(label.name);
    if (known === undefined || known.skeleton.keypoints.length === 0) {
      this.#byName.set(label.name, label);
      return;
    }
    const [names, knownNames] = [label, known].map(({ skeleton }) => skeleton.keypoints.join(', '));
    if (label.isOpen || names === knownNames) return;
    const expected = phrase`the keypoints of ${shown(label.name)} in an earlier file (${knownNames})`;
    throw badInput(where, expected, names);
  }

  /** @throws CocoError `bad-format-input` for a name that is not among the declared ones. */
  named(name: string, where: string): CvatLabel {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#isClosed) {
      const names = [...this.#byName.keys()].map(shown).join(', ');
      throw badInput(where, phrase`one of the labels in <meta> (${names})`, shown(name));
    }
    const label: CvatLabel = {
      name,
      attributeKinds: new Map(),
      skeleton: { keypoints: [], edges: [] },
      isOpen: true,
    };
    this.#byName.set(name, label);
    return label;
  }

  all(): Iterable<CvatLabel> {
    return this.#byName.values();
  }
}

/** The labels that `<meta>` declares for its task, project or job; none where there is no list. */
export function labelsFromMeta(meta: XmlElement, where: string, losses: LossList): CvatLabel[] {
  const list = firstDescendant(meta, 'labels');
  if (list === undefined) return [];
  const all = childrenNamed(list, 'label');
  const parentOf = (label: XmlElement) => childText(label, 'parent');
  return all
    .filter((label) => (parentOf(label) ?? '') === '')
    .map((label) => {
      const name = childText(label, 'name') ?? '';
      const sublabels = all.filter((other) => parentOf(other) === name);
      return labelFrom(label, name, sublabels, where, losses);
    });
}

function labelFrom(
  element: XmlElement,
  name: string,
  sublabels: readonly XmlElement[],
  where: string,
  losses: LossList,
): CvatLabel {
  const color = childText(element, 'color');
  const type = childText(element, 'type') ?? 'any';
  const isLost = (found: XmlElement, what: string) =>
    losses.add('category-details', `${where}:${found.line} ${what}`);
  // What may be drawn of a label is a rule of the tool, not of the data.
  if (!['', 'any', 'skeleton', 'points'].includes(type)) isLost(element, `<type> ${type}`);
  const attributeKinds = new Map<string, AttributeKind>();
  for (const attribute of childNamed(element, 'attributes')?.children ?? []) {
    const { name, kind, isPlain } = attributeFrom(attribute);
    attributeKinds.set(name, kind);
    if (!isPlain) isLost(attribute, `choices or default of attribute ${shown(name)}`);
  }
  for (const sublabel of sublabels) {
    const hasMore =
      (childNamed(sublabel, 'attributes')?.children.length ?? 0) > 0 ||
      (childText(sublabel, 'color') ?? '') !== '';
    if (hasMore) isLost(sublabel, 'colour or attributes of a sublabel');
  }
  const known = sublabels.map((sublabel) => childText(sublabel, 'name') ?? '');
  const skeleton = skeletonFrom(childText(element, 'svg') ?? '', known);
  if (skeleton === undefined)
    losses.add('skeleton', phrase`${where}:${element.line} <svg> is no drawing`);
  const { keypoints, edges } = skeleton ?? { keypoints: known, edges: [] };
  return {
    name,
    ...(color && { color }),
    attributeKinds,
    skeleton: { keypoints, edges },
    isOpen: keypoints.length === 0,
  };
}

/** Undefined where the drawing cannot be read; the sublabels still say which keypoints there are. */
function skeletonFrom(svg: string, known: string[]): Skeleton | undefined {
  if (svg === '') return { keypoints: known, edges: [] };
  try {
    return skeletonFromSvg(svg, known);
  } catch (error) {
    if (error instanceof CocoError) return undefined;
    throw error;
  }
}

interface DeclaredAttribute {
  name: string;
  kind: AttributeKind;
  /** There is nothing to it but name and kind. */
  isPlain: boolean;
}

function attributeFrom(element: XmlElement): DeclaredAttribute {
  // Versions before 1.0 put all into one text: `@select=quality:good,bad`.
  const old = /^\s*[@~](\w+)=([^:]*):/.exec(element.text);
  if (old !== null) return { name: old[2], kind: kindNamed(old[1]), isPlain: false };
  const inputType = childText(element, 'input_type') ?? 'text';
  const kind = kindNamed(inputType);
  const standard = kind === 'checkbox' ? 'false' : '';
  const extras = ['default_value', 'values'].map((name) => childText(element, name) ?? '');
  const isPlain = kind === inputType && extras.every((text) => text === '' || text === standard);
  return { name: childText(element, 'name') ?? '', kind, isPlain };
}

function kindNamed(inputType: string): AttributeKind {
  return inputType === 'checkbox' || inputType === 'number' ? inputType : 'text';
}

/** The label and its sublabels, as `labelsFromMeta` reads them. */
export function nodesOfLabel(label: CvatLabel, type: 'any' | 'points' | 'skeleton'): XmlNode[] {
  const { keypoints } = label.skeleton;
  const attributes = [...label.attributeKinds].map(([name, kind]) => ({
    name: 'attribute',
    children: [
      { name: 'name', text: name },
      { name: 'mutable', text: 'False' },
      { name: 'input_type', text: kind },
      { name: 'default_value', text: kind === 'checkbox' ? 'false' : '' },
      { name: 'values', text: kind === 'checkbox' ? 'false' : '' },
    ],
  }));
  const children: XmlNode[] = [
    { name: 'name', text: label.name },
    ...(label.color === undefined ? [] : [{ name: 'color', text: label.color }]),
    { name: 'type', text: type },
    { name: 'attributes', children: attributes },
  ];
  if (type !== 'skeleton') return [{ name: 'label', children }];
  children.push({ name: 'svg', text: svgOfSkeleton(label.skeleton) });
  const sublabels = keypoints.map((keypoint) => ({
    name: 'label',
    children: [
      { name: 'name', text: keypoint },
      { name: 'type', text: 'points' },
      { name: 'attributes' },
      { name: 'parent', text: label.name },
    ],
  }));
  return [{ name: 'label', children }, ...sublabels];
}

/** Puts what a label says into its category. */
export function fillInCategory(category: CocoCategory, label: CvatLabel): void {
  const { keypoints, edges } = label.skeleton;
  if (label.color !== undefined) category.color ??= label.color;
  if (keypoints.length > 0) category.keypoints ??= keypoints;
  if (edges.length > 0) category.skeleton ??= edges;
}

function firstDescendant(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : firstDescendant(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
