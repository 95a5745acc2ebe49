// Small documents for tests.

import { type AnnotationObject, emptyFields, reshape } from '../document/annotation-object.ts';
import { type Category, type Document, documentOf } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { Box } from '../geometry/box.ts';
import type { Ring } from '../geometry/ring.ts';
import type { ServerAnnotation } from '../save/server-object.ts';
import type { Change } from '../transaction/change.ts';
import { keyAt, type Transaction, type TransactionLabel } from '../transaction/transaction.ts';

export const sessionId = '3f0e8a52-5f0e-4c3a-9a54-0c9f2f1f7d11';

const plain = { supercategory: null, color: null, keypoints: null, skeleton: null };

export const categories: readonly Category[] = [
  { id: 1, name: 'cell', ...plain },
  { id: 2, name: 'plate', ...plain },
  {
    ...plain,
    id: 3,
    name: 'person',
    keypoints: ['head', 'left hand', 'right hand'],
    skeleton: [
      [1, 2],
      [1, 3],
    ],
  },
];

/** 100 × 80 pixels without objects. */
export const smallDocument: Document = documentOf(
  { id: 7, width: 100, height: 80, status: 'new' },
  categories,
  [],
);

export const boxObject = (id: ObjectId, bbox: Box): AnnotationObject => ({
  id,
  ...emptyFields,
  categoryId: 1,
  bbox,
  area: bbox[2] * bbox[3],
});

export function polygonObject(id: ObjectId, outer: Ring, holes: readonly Ring[] = []) {
  const fields = { ...emptyFields, categoryId: 1 };
  const segmentation = { type: 'polygons', regions: [{ outer, holes }] } as const;
  return { id, ...fields, ...reshape(fields, { segmentation }) } satisfies AnnotationObject;
}

/** What a model proposes: a box of 8 × 8 pixels at (10 × id, 10). */
export const proposal = (id: number, score: number): ServerAnnotation => ({
  id,
  categoryId: 1,
  bbox: [10 * id, 10, 8, 8],
  segmentation: null,
  keypoints: null,
  iscrowd: 0,
  area: 64,
  caption: null,
  attributes: {},
  score,
  origin: 'model cells@3',
  state: 'proposed',
  author: 'model',
  born: 50,
});

let counter = 0;
export const transactionOf = (
  label: TransactionLabel,
  changes: readonly Change[],
): Transaction => ({ key: keyAt(sessionId, ++counter), label, changes, atMillis: 0 });
