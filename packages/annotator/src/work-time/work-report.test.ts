import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workReport } from './work-report.ts';
import { noWorkTime, worked, workedOn } from './work-time.ts';

const unknown = { annotationIds: new Map<number, number>() };

test('nothing is told where nothing was done', () => {
  assert.equal(workReport(noWorkTime, noWorkTime, unknown).report, null);
});

test('each report tells what came since the one before', () => {
  const first = workedOn(worked(worked(noWorkTime, 0), 800), new Set([4]));
  const { report, told } = workReport(first, noWorkTime, unknown);
  assert.deepEqual(report, { millis: 800, objects: [{ annotationId: 4, millis: 800 }] });
  assert.equal(workReport(first, told, unknown).report, null);
  const later = worked(first, 1000);
  assert.deepEqual(workReport(later, told, unknown).report, { millis: 200, objects: [] });
});

test('an object that the server does not know yet is told of once it does', () => {
  const drawn = workedOn(worked(worked(noWorkTime, 0), 500), new Set([-1]));
  const { report, told } = workReport(drawn, noWorkTime, unknown);
  assert.deepEqual(report, { millis: 500, objects: [] });
  const known = { annotationIds: new Map([[-1, 17]]) };
  assert.deepEqual(workReport(drawn, told, known).report, {
    millis: 0,
    objects: [{ annotationId: 17, millis: 500 }],
  });
});
