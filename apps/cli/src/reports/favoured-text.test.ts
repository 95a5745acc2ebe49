import assert from 'node:assert/strict';
import { test } from 'node:test';
import { favouredText } from './favoured-text.ts';

test('accepted proposals among the labels are told from a share on that matters', () => {
  const accepted = [
    { model: 'cells@1', count: 37 },
    { model: 'yolo', count: 4 },
  ];
  assert.deepEqual(favouredText({ labelCount: 100, accepted }), [
    '37 % of the labels that this was measured on are accepted proposals of cells@1: a comparison favours it. ' +
      'Call some pictures val (their field split) and label these by hand.',
  ]);
  assert.equal(favouredText({ labelCount: 80, accepted }).length, 2);
  assert.deepEqual(favouredText({ labelCount: 0, accepted: [] }), []);
  assert.deepEqual(favouredText(null), []);
});
