// What `<meta>` has to declare, found out before the first picture is written: the keypoints of a category
// and the kinds of its attributes.

import type { CocoAnnotation, CocoCategory } from '../../types.ts';
import type { LossList } from '../loss.ts';
import type { WritableAnnotation } from '../writable-dataset.ts';
import { withoutForbidden } from '../xml/characters.ts';
import { isCarriedText, unpadded } from '../xml/element.ts';
import { type AttributeKind, kindOfTypes } from './attribute-kinds.ts';
import { CROWD } from './attributes.ts';
import type { CvatLabel } from './labels.ts';

/** A label to be written, and how its keypoints are. */
export interface LabelPlan extends CvatLabel {
  /** Its keypoints go into `<points>`, not into a `<skeleton>`. */
  hasPlainPoints: boolean;
}

/** The name as CVAT can have it. */
export function labelNameOf({ name }: CocoCategory): string {
  return unpadded(withoutForbidden(name)) || 'unnamed';
}

/**
 * @param annotations All of the category that will be written.
 * @param where `categories[3]`
 */
export function planLabel(
  category: CocoCategory,
  annotations: readonly WritableAnnotation[],
  where: string,
  losses: LossList,
): LabelPlan {
  const { color } = category;
  const isColour = typeof color === 'string' && color !== '' && isCarriedText(color);
  if (color !== undefined && !isColour) losses.add('category-details', `${where}.color`);
  const name = labelNameOf(category);
  if (name !== category.name) losses.add('category-names', where);

  const counts = annotations.map(({ annotation }) => (annotation.keypoints?.length ?? 0) / 3);
  const most = Math.max(0, ...new Set(counts));
  const numbers = Array.from({ length: most }, (_, i) => String(i + 1));
  const isNamed = areNames(category.keypoints);
  // Names for keypoints that have none appear when the file is read.
  if (!isNamed && (category.keypoints !== undefined || most > 0)) {
    losses.add('skeleton', `${where}.keypoints`);
  }
  const keypoints = isNamed ? category.keypoints! : numbers;
  const all = Array.isArray(category.skeleton) ? category.skeleton : [];
  const edges = all.filter((edge) => isEdge(edge, keypoints.length));
  if (edges.length < all.length) losses.add('skeleton', `${where}.skeleton`);
  const isNumbered =
    edges.length === 0 &&
    keypoints.length === most &&
    keypoints.every((name, i) => name === numbers[i]);
  return {
    name,
    ...(isColour && { color }),
    attributeKinds: new Map(),
    skeleton: { keypoints, edges },
    isOpen: keypoints.length === 0,
    hasPlainPoints:
      isNumbered && annotations.every(({ annotation }) => arePlainPoints(annotation.keypoints)),
  };
}

/** Declares attributes by the values that they have in all annotations of the label. */
export function declareAttributes(
  plan: LabelPlan,
  annotations: Iterable<{ annotation: CocoAnnotation; own: ReadonlyMap<string, unknown> }>,
): void {
  const types = new Map<string, Set<string>>();
  const kinds = new Map<string, AttributeKind>();
  for (const { annotation, own } of annotations) {
    if (annotation.iscrowd === 1) kinds.set(CROWD, 'checkbox');
    for (const [name, value] of own) {
      const known = types.get(name);
      if (known === undefined) types.set(name, new Set([typeof value]));
      else known.add(typeof value);
    }
  }
  for (const [name, found] of types) {
    if (!kinds.has(name)) kinds.set(name, kindOfTypes(found));
  }
  plan.attributeKinds = kinds;
}

function areNames(names: unknown): boolean {
  if (!Array.isArray(names) || names.length === 0) return false;
  const isName = (name: unknown) => typeof name === 'string' && name !== '' && isCarriedText(name);
  return names.every(isName) && new Set(names).size === names.length;
}

function isEdge(edge: unknown, count: number): boolean {
  const isEnd = (end: unknown) => Number.isInteger(end) && Number(end) >= 1 && Number(end) <= count;
  return Array.isArray(edge) && edge.length === 2 && edge.every(isEnd);
}

/** All visible or all hidden, but for a tail that is not labelled: what `<points>` can say. */
function arePlainPoints(keypoints: readonly number[] | undefined): boolean {
  if (keypoints === undefined) return true;
  const visibilities = keypoints.filter((_, i) => i % 3 === 2);
  const labelled = visibilities.indexOf(0);
  const head = labelled === -1 ? visibilities : visibilities.slice(0, labelled);
  const tail = keypoints.slice(3 * head.length);
  return (
    (head[0] === 1 || head[0] === 2) &&
    head.every((visibility) => visibility === head[0]) &&
    tail.every((value) => value === 0)
  );
}
