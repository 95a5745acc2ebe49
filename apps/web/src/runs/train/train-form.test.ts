import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf, settingsOf, usualForm } from './train-form.ts';

test('the form as it opens asks for a run that needs nothing else', () => {
  assert.deepEqual(problemsOf(usualForm, 'detect'), {});
  assert.deepEqual(settingsOf(usualForm, 'detect'), {
    size: 'tiny',
    minutes: 10,
    split: 0.2,
  });
});

test('each field says for itself what is wrong with it', () => {
  const form = {
    ...usualForm,
    minutes: 0,
    seed: 1.5,
    batch: 'many',
    validateWith: 'dataset' as const,
    beginFrom: 'hub' as const,
    hubName: '  ',
  };
  assert.deepEqual(problemsOf(form, 'regress'), {
    minutes: 'range',
    seed: 'whole',
    batch: 'range',
    valueField: 'missing',
    validationDatasetId: 'missing',
    hubName: 'missing',
  });
  assert.deepEqual(problemsOf({ ...usualForm, minutes: '' }, null), {
    minutes: 'missing',
    task: 'missing',
  });
});

test('a field that is not in use cannot be wrong, and is not asked for', () => {
  const form = { ...usualForm, budget: 'epochs' as const, minutes: '', mosaic: 0.5 };
  assert.deepEqual(problemsOf(form, 'classify'), {});
  assert.deepEqual(settingsOf({ ...form, isBalanced: false, isMultiLabel: true }, 'classify'), {
    size: 'tiny',
    epochs: 50,
    split: 0.2,
    balance: false,
    multiLabel: true,
  });
  assert.equal(settingsOf(form, 'detect').mosaic, 0.5);
});

test('a network to begin from has its own size, and one from scratch no stages to keep', () => {
  const form = { ...usualForm, size: 'medium' as const, freeze: 2 };
  const { size, freeze } = { freeze: undefined, ...settingsOf(form, 'detect') };
  assert.deepEqual([size, freeze], ['medium', undefined]);
  assert.deepEqual(settingsOf({ ...form, beginFrom: 'model', model: 'cells@1' }, 'detect'), {
    minutes: 10,
    split: 0.2,
    freeze: 2,
  });
});
