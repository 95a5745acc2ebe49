import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnCells, randomOf } from '@migaki/train/drawn';
import { halfLabelled } from './half-labelled.ts';

const { dataset } = drawnCells(20);
const project = halfLabelled(dataset, randomOf(1).uniform);
const namesWithLabels = () => {
  const named = new Map(project.shown.images.map(({ id, file_name }) => [id, file_name]));
  return new Set(project.shown.annotations.map(({ image_id }) => named.get(image_id)!));
};

test('every picture measures, is labelled or is bare, and only the bare ones and those that are left have no labels', () => {
  const { validation, labelled, bare, left } = project;
  assert.deepEqual([validation.size, labelled.size, bare.size, left.size], [4, 8, 7, 1]);
  assert.equal(new Set([...validation, ...labelled, ...bare, ...left]).size, 20);
  assert.deepEqual([...namesWithLabels()].sort(), [...validation, ...labelled].sort());
  for (const { file_name, split } of project.shown.images) {
    assert.equal(split, validation.has(file_name) ? 'val' : 'train');
  }
});

test('mistakes are in labelled pictures alone, as many as are told', () => {
  const { mistakes, shown, truth, validation, labelled } = project;
  const textOf = (each: object) => JSON.stringify(each);
  const asShown = new Set(shown.annotations.map(textOf));
  const nameOf = new Map(truth.images.map(({ id, file_name }) => [id, file_name]));
  const wrong = truth.annotations.filter(
    (each) => !asShown.has(textOf(each)) && labelled.has(nameOf.get(each.image_id)!),
  );
  assert.ok(mistakes.overlooked > 0);
  assert.equal(wrong.length, mistakes.overlooked + mistakes.misplaced + mistakes.swapped);
  const ofValidation = ({ image_id }: { image_id: number }) =>
    validation.has(nameOf.get(image_id)!);
  const measured = truth.annotations.filter(ofValidation);
  assert.ok(measured.every((each) => asShown.has(textOf(each))));
});
