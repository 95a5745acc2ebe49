import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LabelMistake } from '@migaki/api';
import { takeEdit } from './take-edit.ts';

const shapes = { bbox: null, segmentation: null, keypoints: null, iscrowd: 0 } as const;
const mistake = {
  id: 1,
  image: { id: 7 },
  label: { ...shapes, id: 4, born: 9, categoryId: 1, bbox: [0, 0, 10, 10] },
  opinion: { ...shapes, categoryId: 2, bbox: [5, 5, 10, 20], area: 150 },
} as unknown as LabelMistake;

test('what was overlooked becomes a label', () => {
  assert.deepEqual(takeEdit({ ...mistake, kind: 'overlooked', label: null }), {
    type: 'add',
    imageId: 7,
    fields: { categoryId: 2, bbox: [5, 5, 10, 20], iscrowd: 0, area: 200 },
  });
});

test('a swapped label gets another category and stays where it is', () => {
  assert.deepEqual(takeEdit({ ...mistake, kind: 'swapped' }), {
    type: 'change',
    annotationId: 4,
    born: 9,
    fields: { categoryId: 2 },
  });
});

test('a misplaced label gets the shapes that it has, and keeps its category', () => {
  const counts = 'abc';
  const opinion = { ...mistake.opinion, segmentation: { size: [9, 9], counts } };
  const misplaced = { ...mistake, opinion, kind: 'misplaced' } as LabelMistake;
  const boxOnly = { bbox: [5, 5, 10, 20], iscrowd: 0, area: 200 };
  assert.deepEqual(takeEdit(misplaced), {
    type: 'change',
    annotationId: 4,
    born: 9,
    fields: boxOnly,
  });
  const label = { ...mistake.label!, segmentation: [[0, 0, 9, 0, 9, 9]] };
  assert.deepEqual(takeEdit({ ...misplaced, label }), {
    type: 'change',
    annotationId: 4,
    born: 9,
    fields: { ...boxOnly, area: 150, segmentation: opinion.segmentation },
  });
});
