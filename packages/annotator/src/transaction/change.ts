// The small steps of which every edit is made. Each says what was before and what is after, so that it can be read in
// both directions and held against what other people do.

import {
  type AnnotationObject,
  fieldNames,
  type ObjectFields,
  type Segmentation,
} from '../document/annotation-object.ts';
import type { Document, ImageStatus } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import { areSameRegions } from '../geometry/region.ts';
import type { Remark } from './remark.ts';

export type Change =
  | { readonly type: 'add'; readonly object: AnnotationObject }
  | { readonly type: 'delete'; readonly object: AnnotationObject }
  | {
      readonly type: 'change';
      readonly id: ObjectId;
      readonly before: Partial<ObjectFields>;
      readonly after: Partial<ObjectFields>;
    }
  | { readonly type: 'status'; readonly before: ImageStatus; readonly after: ImageStatus }
  | { readonly type: 'remark'; readonly remark: Remark };

/** The object that a change is about; null for a change of the picture. */
export function changedId(change: Change): ObjectId | null {
  if (change.type === 'status' || change.type === 'remark') return null;
  return change.type === 'change' ? change.id : change.object.id;
}

/** The change that gives some fields another value; null where all of them have it already. */
export function changeOf(
  object: AnnotationObject,
  wanted: Partial<ObjectFields>,
): (Change & { type: 'change' }) | null {
  const names = fieldNames.filter(
    (name) => Object.hasOwn(wanted, name) && !areEqual(object[name], wanted[name]),
  );
  if (names.length === 0) return null;
  const pick = (from: Partial<ObjectFields>): Partial<ObjectFields> =>
    Object.fromEntries(names.map((name) => [name, from[name]]));
  return { type: 'change', id: object.id, before: pick(object), after: pick(wanted) };
}

export function applyChange(document: Document, change: Change): Document {
  const { objects, picture } = document;
  switch (change.type) {
    case 'add':
      return { ...document, objects: objects.set(change.object.id, change.object) };
    case 'delete':
      return { ...document, objects: objects.delete(change.object.id) };
    case 'status':
      return { ...document, picture: { ...picture, status: change.after } };
    case 'remark':
      return change.remark.type === 'reject-picture'
        ? { ...document, picture: { ...picture, status: 'in_progress' } }
        : document;
    case 'change': {
      const object = objects.get(change.id);
      if (object === undefined) return document;
      return { ...document, objects: objects.set(change.id, { ...object, ...change.after }) };
    }
  }
}

export const applyChanges = (document: Document, changes: readonly Change[]): Document =>
  changes.reduce(applyChange, document);

function invertChange(change: Change): Change {
  switch (change.type) {
    case 'add':
      return { type: 'delete', object: change.object };
    case 'delete':
      return { type: 'add', object: change.object };
    case 'remark':
      return change;
    default:
      return { ...change, before: change.after, after: change.before } as Change;
  }
}

export const invertChanges = (changes: readonly Change[]): Change[] =>
  changes.toReversed().map(invertChange);

/** Whether the document is as it was when the change was made, so that the change can be made again. */
export function fits({ objects, picture }: Document, change: Change): boolean {
  switch (change.type) {
    case 'add':
      return !objects.has(change.object.id);
    case 'delete': {
      const object = objects.get(change.object.id);
      return object !== undefined && agree(object, change.object);
    }
    case 'status':
      return picture.status === change.before;
    case 'remark':
      return true;
    case 'change': {
      const object = objects.get(change.id);
      return object !== undefined && agree(object, change.before);
    }
  }
}

/** Whether an object has the fields that are told; rings may come back from the server beginning elsewhere. */
const agree = (object: AnnotationObject, told: Partial<AnnotationObject>): boolean =>
  Object.entries(told).every(
    ([name, value]) =>
      areEqual(object[name as keyof AnnotationObject], value) ||
      (name === 'segmentation' && areSameShape(object.segmentation, told.segmentation!)),
  );

const areSameShape = (a: Segmentation | null, b: Segmentation | null): boolean =>
  a?.type === 'polygons' && b?.type === 'polygons' && areSameRegions(a.regions, b.regions);

/** Whether two values say the same: plain data, and typed arrays within it. */
export function areEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint32Array && b instanceof Uint32Array) {
    return a.length === b.length && a.every((value, index) => value === b[index]);
  }
  const aKeys = Object.keys(a);
  if (Array.isArray(a) !== Array.isArray(b) || aKeys.length !== Object.keys(b).length) return false;
  return aKeys.every(
    (key) => Object.hasOwn(b, key) && areEqual(a[key as keyof typeof a], b[key as keyof typeof b]),
  );
}
