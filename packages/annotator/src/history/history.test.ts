import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ObjectMap } from '../document/object-map.ts';
import { arbitraryEdits, documentAfter } from '../testing/arbitrary-edits.ts';
import { boxObject, smallDocument, transactionOf } from '../testing/documents.ts';
import { applyChanges } from '../transaction/change.ts';
import { emptyHistory, record, redoStep, undoStep } from './history.ts';

test('undoing everything gives the start, making it again the end, whatever the edits', () => {
  fc.assert(
    fc.property(arbitraryEdits, (edits) => {
      const { start, end, history } = documentAfter(edits);
      let document = end;
      let steps = history;
      for (let step = undoStep(steps, document); step !== null; step = undoStep(steps, document)) {
        assert.deepEqual(step.refused, []);
        document = applyChanges(document, step.changes);
        steps = step.history;
      }
      assert.deepEqual([...document.objects], [...start.objects]);
      for (let step = redoStep(steps, document); step !== null; step = redoStep(steps, document)) {
        document = applyChanges(document, step.changes);
        steps = step.history;
      }
      assert.deepEqual([...document.objects], [...end.objects]);
      assert.equal(steps.done.length, history.done.length);
    }),
  );
});

test('what someone else changed since is not undone, and the entry is given up', () => {
  const object = boxObject(-1, [10, 10, 20, 20]);
  const history = record(emptyHistory, transactionOf('draw', [{ type: 'add', object }]));
  const theirs = { ...object, categoryId: 2 };
  const document = { ...smallDocument, objects: ObjectMap.from([[-1, theirs]]) };
  const step = undoStep(history, document);
  assert.deepEqual(step?.refused, [-1]);
  assert.deepEqual(step?.changes, []);
  assert.deepEqual(step?.history, emptyHistory);
});

test('a new step ends what could be made again', () => {
  const add = transactionOf('draw', [{ type: 'add', object: boxObject(-1, [1, 1, 5, 5]) }]);
  const done = record(emptyHistory, add);
  const undone = undoStep(done, applyChanges(smallDocument, add.changes))!.history;
  assert.equal(undone.undone.length, 1);
  assert.equal(record(undone, add).undone.length, 0);
});

test('there is nothing to undo at the start', () => {
  assert.equal(undoStep(emptyHistory, smallDocument), null);
  assert.equal(redoStep(emptyHistory, smallDocument), null);
});
