import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleFromBbox } from '../mask/rasterize.ts';
import type { Bbox } from '../types.ts';
import { type Finding, objectMistakes, type PlacedLabel } from './object-mistakes.ts';

const [cat, dog] = [1, 2];
const places: Bbox[] = [
  [0, 0, 40, 40],
  [100, 0, 40, 40],
  [0, 100, 40, 40],
  [100, 100, 40, 40],
];
const label = (bbox: Bbox, categoryId = cat): PlacedLabel => ({ categoryId, bbox });
const finding = (bbox: Bbox, score = 0.9, categoryId = cat): Finding => ({
  categoryId,
  bbox,
  score,
});
const found = places.map((bbox) => finding(bbox));
const tell = (labels: PlacedLabel[], findings: Finding[]) =>
  objectMistakes(labels, findings).map(
    ({ kind, label: at, finding: of, doubt }) => `${kind} ${at ?? '-'} ${of} ${doubt.toFixed(2)}`,
  );

test('labels that the model finds as they are are not doubted', () => {
  assert.deepEqual(
    tell(
      places.map((bbox) => label(bbox)),
      found,
    ),
    [],
  );
});

test('a label that was taken away, moved or given another category is told, and nothing else', () => {
  const labels = places.map((bbox) => label(bbox));
  assert.deepEqual(tell(labels.slice(1), found), ['overlooked - 0 0.90']);
  assert.deepEqual(tell(labels.with(1, label([115, 10, 40, 40])), found), ['misplaced 1 1 0.90']);
  assert.deepEqual(tell(labels.with(2, label(places[2], dog)), found), ['swapped 2 2 0.90']);
});

test('the doubt grows with how sure the model is, and with how far the label lies off', () => {
  const of = (bbox: Bbox, score: number) =>
    objectMistakes([label(bbox)], [finding(places[0], score)])[0]?.doubt ?? 0;
  assert.ok(of([10, 0, 40, 40], 0.9) > of([5, 0, 40, 40], 0.9));
  assert.ok(of([10, 0, 40, 40], 0.9) > of([10, 0, 40, 40], 0.4));
  assert.equal(of([1, 0, 40, 40], 0.9), 0);
});

test('a model that finds both categories at a place doubts the label less', () => {
  const swap = (own: number) =>
    objectMistakes(
      [label(places[0], dog)],
      [finding(places[0], 0.8), finding(places[0], own, dog)],
    )[0];
  assert.equal(swap(0).doubt, 0.8);
  assert.ok(Math.abs(swap(0.5).doubt - 0.4) < 1e-9);
  assert.equal(swap(0.5).ownScore, 0.5);
});

test('in a crowd each label has one finding, so that neighbours do not stand in for what was overlooked', () => {
  const crowd: Bbox[] = [0, 16, 32].map((x) => [x, 0, 40, 40]);
  const things = crowd.map((bbox) => finding(bbox));
  assert.deepEqual(
    tell(
      crowd.map((bbox) => label(bbox)),
      things,
    ),
    [],
  );
  assert.deepEqual(tell([label(crowd[0]), label(crowd[2])], things), ['overlooked - 1 0.51']);
});

test('a neighbour of another category does not hide what was overlooked', () => {
  const neighbour = label([24, 0, 40, 40], dog);
  assert.deepEqual(tell([neighbour], [finding(places[0])]), ['overlooked - 0 0.68']);
});

test('what is no one’s word is not doubted, and keeps its place', () => {
  const proposal = { ...label(places[0], dog), isUnjudged: true };
  assert.deepEqual(tell([proposal], found.slice(0, 1)), []);
  const crowd = { ...label([0, 0, 200, 200]), isCrowd: true };
  assert.deepEqual(tell([crowd], found), []);
});

test('masks are compared where both have them', () => {
  const masked = (box: Bbox) => ({ mask: rleFromBbox(box, 200, 200) });
  const own = { ...label(places[0]), ...masked([0, 0, 40, 20]) };
  const model = { ...finding(places[0]), ...masked(places[0]) };
  assert.deepEqual(tell([own], [model]), ['misplaced 0 0 0.90']);
  assert.deepEqual(tell([own], [finding(places[0])]), []);
});

test('pictures without labels, and without findings, are no error', () => {
  assert.deepEqual(objectMistakes([], []), []);
  assert.deepEqual(tell([label(places[0])], []), []);
  assert.equal(objectMistakes([], found).length, 4);
});
