import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBbox } from '@migaki/coco';
import fc from 'fast-check';
import {
  type AnnotationObject,
  emptyFields,
  placeOf,
  reshape,
} from '../document/annotation-object.ts';
import { type Document, documentOf } from '../document/document.ts';
import { boxesMeet } from '../geometry/box.ts';
import { boxObject, polygonObject, smallDocument } from '../testing/documents.ts';
import { nearestEdge, nearestVertex, objectsAt } from './hit-test.ts';
import { snap } from './snap.ts';
import { idsNear, indexOf, moveInIndex, type SpatialIndex } from './spatial-index.ts';

const length = fc.integer({ min: 0, max: 120 });
const anyBox = fc.tuple(fc.integer({ min: -30, max: 130 }), length, length, length);

const withObjects = (objects: readonly AnnotationObject[]): [Document, SpatialIndex] => {
  const document = documentOf(smallDocument.picture, smallDocument.categories, objects);
  return [
    document,
    indexOf(
      document.picture,
      objects.map((o) => [o.id, placeOf(o)!] as const),
    ),
  ];
};
const idsAt = (objects: readonly AnnotationObject[], x: number, y: number): number[] =>
  objectsAt(...withObjects(objects), { x, y }, 2).map(({ id }) => id);

test('the index finds what a look at every box finds, also after edits', () => {
  const entries = fc.array(fc.tuple(anyBox, fc.option(anyBox)), { maxLength: 30 });
  fc.assert(
    fc.property(entries, anyBox, (boxes, asked) => {
      let index = indexOf(
        smallDocument.picture,
        boxes.map(([box], id) => [id, box] as const),
      );
      boxes.forEach(([before, after], id) => {
        if (id % 2 === 0) index = moveInIndex(index, id, before, after);
      });
      const expected = boxes.flatMap(([before, after], id) => {
        const box = id % 2 === 0 ? after : before;
        return box !== null && boxesMeet(box, asked) ? [id] : [];
      });
      assert.deepEqual(
        idsNear(index, asked).sort((a, b) => a - b),
        expected,
      );
    }),
  );
});

test('the smaller of two objects lies on top', () => {
  const objects = [boxObject(1, [10, 10, 10, 10]), boxObject(2, [5, 5, 40, 40])];
  assert.deepEqual(idsAt(objects, 15, 15), [1, 2]);
  assert.deepEqual(idsAt(objects, 40, 40), [2]);
});

test('a hole is not part of its polygon, its edge is', () => {
  const outer = [10, 10, 60, 10, 60, 60, 10, 60];
  const donut = polygonObject(1, outer, [[30, 30, 40, 30, 40, 40, 30, 40]]);
  assert.deepEqual(idsAt([donut], 35, 35), []);
  assert.deepEqual(idsAt([donut], 31, 35), [1]);
  assert.deepEqual(idsAt([donut], 20, 20), [1]);
});

test('a mask is hit where it has a pixel', () => {
  const fields = { ...emptyFields, categoryId: 1 };
  const rle = rleFromBbox([20, 20, 10, 10], 80, 100);
  const mask = { id: 1, ...fields, ...reshape(fields, { segmentation: { type: 'mask', rle } }) };
  assert.deepEqual(idsAt([mask], 29.5, 29.5), [1]);
  assert.deepEqual(idsAt([mask], 31, 29.5), []);
});

test('keypoints that are labelled are hit, others not', () => {
  const keypoints = [10, 10, 2, 50, 50, 1, 0, 0, 0];
  const pose = { id: 1, ...emptyFields, ...reshape(emptyFields, { keypoints }) };
  assert.deepEqual(pose.bbox, [10, 10, 40, 40]);
  assert.deepEqual(idsAt([pose], 51, 49), [1]);
  assert.deepEqual(idsAt([pose], 1, 1), []);
});

test('corners and sides are told by region, ring and point', () => {
  const hole = [30, 30, 40, 30, 40, 40, 30, 40];
  const donut = polygonObject(1, [10, 10, 60, 10, 60, 60, 10, 60], [hole]);
  assert.deepEqual(nearestVertex(donut, { x: 41, y: 41 }, 3), { region: 0, ring: 1, point: 2 });
  const edge = nearestEdge(donut, { x: 61, y: 30 }, 3);
  assert.deepEqual(edge, { region: 0, ring: 0, point: 1, at: { x: 60, y: 30 } });
  assert.equal(nearestEdge(donut, { x: 50, y: 50 }, 3), null);
});

test('points snap to corners before edges, and to edges before the border', () => {
  const [document, index] = withObjects([polygonObject(1, [0, 10, 30, 10, 30, 30, 0, 30])]);
  const at = (x: number, y: number) => snap(document, index, { x, y }, 4);
  assert.deepEqual(at(28, 12), { point: { x: 30, y: 10 }, to: 'vertex' });
  assert.deepEqual(at(15, 12), { point: { x: 15, y: 10 }, to: 'edge' });
  assert.deepEqual(at(98, 40), { point: { x: 100, y: 40 }, to: 'border' });
  assert.deepEqual(at(60, 40), { point: { x: 60, y: 40 }, to: null });
  assert.deepEqual(at(170, -40).point, { x: 100, y: 0 });
  assert.equal(snap(document, index, { x: 28, y: 12 }, 4, (id) => id !== 1).to, null);
});
