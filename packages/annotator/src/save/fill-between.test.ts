import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnnotationObject } from '../document/annotation-object.ts';
import { onTrack } from '../operations/track.ts';
import { boxObject, polygonObject } from '../testing/documents.ts';
import { changed } from '../tools/drawing.ts';
import { fillBetween, type TrackedFrame } from './fill-between.ts';

const frame = (imageId: number, object: AnnotationObject | null, width = 100): TrackedFrame => ({
  imageId,
  width,
  height: 80,
  found: object === null ? null : { object, born: 3 },
});
const filledIn = (object: AnnotationObject): AnnotationObject => ({
  ...object,
  attributes: onTrack(object.attributes, 7, false),
});

test('a box moves evenly between two pictures, and all of it becomes one track', () => {
  const { edits, filled } = fillBetween(7, [
    frame(1, boxObject(20, [0, 0, 10, 10])),
    frame(2, null),
    frame(3, null),
    frame(4, boxObject(23, [30, 15, 10, 10])),
  ]);
  assert.equal(filled, 2);
  assert.deepEqual(
    edits.map((edit) => ('fields' in edit ? [edit.type, edit.fields.bbox ?? null] : [edit.type])),
    [
      ['change', null],
      ['add', [10, 5, 10, 10]],
      ['add', [20, 10, 10, 10]],
      ['change', null],
    ],
  );
  assert.deepEqual(
    edits.map((edit) => ('fields' in edit ? edit.fields.attributes : null)),
    [
      { track_id: 7 },
      { track_id: 7, keyframe: false },
      { track_id: 7, keyframe: false },
      { track_id: 7 },
    ],
  );
});

test('what was filled in before moves along, what a person drew between is a key frame', () => {
  const drawnBetween = { ...boxObject(22, [30, 0, 10, 10]), attributes: { track_id: 7 } };
  const { edits } = fillBetween(7, [
    frame(1, { ...boxObject(20, [0, 0, 10, 10]), attributes: { track_id: 7 } }),
    frame(2, filledIn(boxObject(21, [1, 0, 10, 10]))),
    frame(3, drawnBetween),
    frame(4, null),
    frame(5, { ...boxObject(24, [40, 0, 10, 10]), attributes: { track_id: 7 } }),
  ]);
  assert.deepEqual(
    edits.map((edit) => [
      edit.type,
      'born' in edit ? edit.born : null,
      'fields' in edit ? edit.fields.bbox : null,
    ]),
    [
      ['change', 3, [15, 0, 10, 10]],
      ['add', null, [35, 0, 10, 10]],
    ],
  );
});

test('pictures of another size are left out, and polygons are not guessed at', () => {
  const boxes = [frame(1, boxObject(20, [0, 0, 9, 9])), frame(2, null, 60)];
  assert.deepEqual(
    [fillBetween(7, [...boxes, frame(3, boxObject(21, [8, 0, 9, 9]))])].map(
      ({ filled, leftOut }) => [filled, leftOut],
    ),
    [[0, 1]],
  );
  const triangle = polygonObject(20, [0, 0, 9, 0, 0, 9]);
  assert.equal(fillBetween(7, [frame(1, triangle), frame(2, null), frame(3, triangle)]).filled, 0);
});

test('who moves what was filled in has drawn it', () => {
  const object = filledIn(boxObject(21, [1, 0, 10, 10]));
  const [change] = changed(object, { bbox: [5, 0, 10, 10] }, 'move')!.changes;
  assert.deepEqual(change.type === 'change' && change.after.attributes, { track_id: 7 });
  const [other] = changed(object, { categoryId: 2 }, 'category')!.changes;
  assert.equal(other.type === 'change' && other.after.attributes, undefined);
});
