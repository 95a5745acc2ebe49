import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnnotationObject, emptyFields, ObjectMap } from '@migaki/annotator';
import { type ObjectFilter, objectRows } from './object-rows.ts';

const plain = { supercategory: null, color: null, keypoints: null, skeleton: null };
const categories = [
  { id: 2, name: 'Leaf', ...plain },
  { id: 1, name: 'Stem', ...plain },
];
const object = (id: number, fields: Partial<AnnotationObject>): AnnotationObject => ({
  ...emptyFields,
  bbox: [0, 0, 5, 5],
  id,
  ...fields,
});
const objects = ObjectMap.from(
  [
    object(1, { categoryId: 1 }),
    object(2, { categoryId: 2, attributes: { torn: true } }),
    object(3, { categoryId: 2, state: 'rejected' }),
    object(4, { categoryId: null, caption: 'A fern.' }),
    object(-1, { categoryId: 9 }),
  ].map((each) => [each.id, each] as const),
);
const everything: ObjectFilter = { text: '', withRejected: false, closed: new Set() };
const print = (filter: Partial<ObjectFilter>) =>
  objectRows(objects, categories, { ...everything, ...filter }).map((row) =>
    row.type === 'object' ? row.object.id : `${row.category?.name ?? '?'} ${row.ids.length}`,
  );

test('objects stand under their categories, in the order of the number keys', () => {
  assert.deepEqual(print({}), ['Leaf 1', 2, 'Stem 1', 1, '? 1', 4, '? 1', -1]);
});

test('closed groups show no objects, unless one is looked for', () => {
  assert.deepEqual(print({ closed: new Set([2, null]) }).slice(0, 3), ['Leaf 1', 'Stem 1', 1]);
  assert.deepEqual(print({ closed: new Set([2]), text: 'leaf' }), ['Leaf 1', 2]);
});

test('names, ids, attributes and captions are looked for', () => {
  assert.deepEqual(print({ text: 'TORN: true' }), ['Leaf 1', 2]);
  assert.deepEqual(print({ text: 'fern' }), ['? 1', 4]);
  assert.deepEqual(print({ text: '#1' }), ['Stem 1', 1]);
  assert.deepEqual(print({ text: 'nothing' }), []);
});

test('what was rejected is listed when it is asked for', () => {
  assert.deepEqual(print({ withRejected: true }).slice(0, 3), ['Leaf 2', 2, 3]);
});
