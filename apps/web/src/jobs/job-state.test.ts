import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { emptyExport, importCounts, lastWordsOf, reportOf, runIdOf } from './job-state.ts';

test('a report tells counts, missing pictures, losses and problems apart', () => {
  const loss = { feature: 'keypoints', count: 7, example: 'annotation 12' };
  assert.deepEqual(
    reportOf({
      imagesAdded: 3,
      imagesKnown: 0,
      missingPictures: ['a.jpg'],
      missingPictureCount: 700,
      losses: [loss, 'odd'],
      problems: [{ file: 'b.jpg', message: 'is no picture' }],
      name: 'x',
    }),
    {
      counts: [['imagesAdded', 3]],
      missingPictures: ['a.jpg'],
      missingPictureCount: 700,
      losses: [loss],
      notes: [],
      damaged: [],
      damagedCount: 0,
      problems: [{ file: 'b.jpg', message: 'is no picture' }],
      problemCount: 1,
    },
  );
});

test('counts come in the order of their words, not in that of the database', () => {
  const result = { odd: 2, images: 3, byteSize: 900, pictures: 3, annotations: 40 };
  assert.deepEqual(
    reportOf(result).counts.map(([name]) => name),
    ['images', 'annotations', 'pictures', 'byteSize', 'odd'],
  );
});

test('a result of unknown form is an empty report', () => {
  const empty = {
    counts: [],
    missingPictures: [],
    missingPictureCount: 0,
    losses: [],
    notes: [],
    damaged: [],
    damagedCount: 0,
    problems: [],
    problemCount: 0,
  };
  for (const result of [null, undefined, 'done', 7, []]) assert.deepEqual(reportOf(result), empty);
});

test('an import tells what is new once, and what was known apart', () => {
  const first = { pictures: 364, imagesAdded: 205, picturesAdded: 159, picturesCompleted: 205 };
  assert.deepEqual(importCounts({ ...first, annotationsAdded: 2805 }), [
    ['newPictures', 364],
    ['newObjects', 2805],
  ]);
  assert.deepEqual(importCounts({ imagesKnown: 205, picturesCompleted: 7, picturesKnown: 1 }), [
    ['foundPictures', 7],
    ['knownPictures', 206],
  ]);
});

test('an export without images tells what it was asked for', () => {
  const result = { images: 0, query: 'status:done' };
  assert.equal(emptyExport({ kind: 'export', result }), 'status:done');
  assert.equal(emptyExport({ kind: 'export', result: { images: 0 } }), '', 'of before');
  assert.equal(emptyExport({ kind: 'export', result: { ...result, images: 1 } }), null);
  assert.equal(emptyExport({ kind: 'import', result }), null);
});

test('the job of a training says its run, others none', () => {
  assert.deepEqual(reportOf({ runId: 7, steps: 3 }).counts, [['steps', 3]]);
  assert.equal(runIdOf({ kind: 'train', result: { runId: 7 } }), 7);
  assert.equal(runIdOf({ kind: 'train', result: null }), null);
  assert.equal(runIdOf({ kind: 'import', result: { runId: 7 } }), null);
});

test('what an import that ended early says is of what stays, what others say of what they were doing', () => {
  const job = { kind: 'import', state: 'cancelled', message: 'Nothing of it stays' } as Job;
  assert.equal(lastWordsOf(job), 'Nothing of it stays');
  assert.equal(lastWordsOf({ ...job, state: 'running' }), null);
  assert.equal(lastWordsOf({ ...job, state: 'succeeded', message: '' }), null);
  assert.equal(lastWordsOf({ ...job, kind: 'train' }), null);
});
