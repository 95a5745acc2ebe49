// From changes to the edits that the server takes (`POST …/edits`): one edit for each change, whatever else is in the
// picture. `@migaki/api` defines the same form; `test/annotator.test.ts` holds one against the other.

import { type Segmentation as CocoSegmentation, compressedFromRle } from '@migaki/coco';
import type { ObjectFields, Segmentation } from '../document/annotation-object.ts';
import type { ImageStatus } from '../document/document.ts';
import { bridgedRing } from '../geometry/region.ts';
import type { Change } from '../transaction/change.ts';
import { type ServerRemark, serverRemarkOf } from '../transaction/remark.ts';
import { annotationIdOf, type Identities } from './identities.ts';

/** Fields in COCO's words, but for the category; null takes a field away. */
export interface ServerFields {
  categoryId?: number | null;
  bbox?: [number, number, number, number] | null;
  segmentation?: CocoSegmentation | null;
  keypoints?: number[] | null;
  num_keypoints?: number | null;
  area?: number | null;
  iscrowd?: 0 | 1;
  caption?: string | null;
  attributes?: Record<string, unknown>;
  score?: number | null;
}

interface Provenance {
  origin?: string;
  state?: ObjectFields['state'];
}

/** `born` is the revision in which the editor saw the object: the server refuses to overwrite a later one. */
export type ServerEdit =
  | ({ type: 'add'; imageId: number; fields: ServerFields } & Provenance)
  | ({ type: 'change'; annotationId: number; born?: number; fields: ServerFields } & Provenance)
  /** Brings back what was deleted, under the same id and with its history. */
  | ({ type: 'restore'; annotationId: number; fields: ServerFields } & Provenance)
  | { type: 'delete' | 'accept' | 'reject'; annotationId: number; born?: number }
  | { type: 'setStatus'; imageId: number; status: ImageStatus }
  | ServerRemark;

/** How each field travels; a table that is total, so that no field is forgotten. */
const writers: {
  [Name in Exclude<keyof ObjectFields, 'origin' | 'state'>]: (
    value: ObjectFields[Name],
  ) => ServerFields;
} = {
  categoryId: (categoryId) => ({ categoryId }),
  bbox: (bbox) => ({ bbox: bbox === null ? null : [...bbox] }),
  segmentation: (segmentation) => ({
    segmentation: segmentation === null ? null : cocoSegmentation(segmentation),
  }),
  keypoints: (keypoints) => ({
    keypoints: keypoints === null ? null : [...keypoints],
    num_keypoints:
      keypoints === null ? null : keypoints.filter((value, i) => i % 3 === 2 && value > 0).length,
  }),
  area: (area) => ({ area }),
  isCrowd: (isCrowd) => ({ iscrowd: isCrowd ? 1 : 0 }),
  caption: (caption) => ({ caption }),
  attributes: (attributes) => ({ attributes: { ...attributes } }),
  score: (score) => ({ score }),
};

/** Polygons with their holes cut open, or a mask in COCO's text form. */
export const cocoSegmentation = (segmentation: Segmentation): CocoSegmentation =>
  segmentation.type === 'polygons'
    ? segmentation.regions.map(bridgedRing)
    : compressedFromRle(segmentation.rle);

/** The fields that are given, in the server's words. */
export function serverFields(fields: Partial<ObjectFields>): ServerFields {
  const written: ServerFields = {};
  for (const name of Object.keys(writers) as (keyof typeof writers)[]) {
    if (!Object.hasOwn(fields, name)) continue;
    const write = writers[name] as (value: unknown) => ServerFields;
    Object.assign(written, write(fields[name]));
  }
  return written;
}

/**
 * Without what is null anyway: a new object says only what it has. What has a place says of itself that it is no crowd, as
 * programs that read COCO take for granted.
 */
function newFields(fields: ObjectFields): ServerFields {
  const entries = Object.entries(serverFields(fields)).filter(([name, value]) => {
    const isEmptyRecord = name === 'attributes' && Object.keys(value as object).length === 0;
    const isLabelNoCrowd = name === 'iscrowd' && value === 0 && fields.bbox === null;
    return value !== null && !isEmptyRecord && !isLabelNoCrowd;
  });
  return Object.fromEntries(entries);
}

/**
 * The edit for one change. Ask at the moment of sending: ids and revisions come with the answers to earlier ones.
 *
 * @param now the object as it is in the document, which says whose it is: without that the server concludes from a change
 *   that a person has accepted it
 * @throws Error for a change of an object that the server has never been told of, which is a mistake of the caller's
 */
export function serverEditOf(
  change: Change,
  imageId: number,
  identities: Identities,
  now?: ObjectFields,
): ServerEdit {
  if (change.type === 'status') return { type: 'setStatus', imageId, status: change.after };
  if (change.type === 'remark') return serverRemarkOf(change.remark, imageId, identities);
  const id = change.type === 'change' ? change.id : change.object.id;
  const annotationId = annotationIdOf(identities, id);
  if (change.type === 'add') {
    const { origin, state } = change.object;
    if (annotationId === undefined) {
      return { type: 'add', imageId, fields: newFields(change.object), origin, state };
    }
    const { segmentation, ...others } = serverFields(change.object);
    const fields = identities.unreadable.has(id) ? others : { ...others, segmentation };
    return { type: 'restore', annotationId, fields, origin, state };
  }
  if (annotationId === undefined) throw new Error(`object ${id} is changed before it was added`);
  const born = identities.born.get(id);
  const guard = born === undefined ? {} : { born };
  if (change.type === 'delete') return { type: 'delete', annotationId, ...guard };
  const { origin = now?.origin, state = now?.state, ...after } = change.after;
  const isStateAlone = change.after.origin === undefined && Object.keys(after).length === 0;
  if (isStateAlone && state === 'accepted') return { type: 'accept', annotationId, ...guard };
  if (isStateAlone && state === 'rejected') return { type: 'reject', annotationId, ...guard };
  return {
    type: 'change',
    annotationId,
    ...guard,
    fields: serverFields(after),
    ...(origin !== undefined && { origin }),
    ...(state !== undefined && { state }),
  };
}
