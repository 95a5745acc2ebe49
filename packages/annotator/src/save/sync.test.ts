import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFields, type ObjectFields } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import { ObjectMap } from '../document/object-map.ts';
import { boxObject, smallDocument, transactionOf } from '../testing/documents.ts';
import { applyChanges, type Change, changeOf } from '../transaction/change.ts';
import type { TransactionLabel } from '../transaction/transaction.ts';
import { failureOf } from './failure.ts';
import { noIdentities } from './identities.ts';
import { propagate } from './propagate.ts';
import { enqueue, failed, nextToSend, saveStatus, sent } from './save-queue.ts';
import {
  acknowledge,
  receive,
  reload,
  requestOf,
  type ServerObject,
  type Synced,
  settleConflict,
  startSync,
} from './sync.ts';

const fieldsOf = (document: Document, id: number): ObjectFields | undefined =>
  document.objects.get(id);

/** One object 5 that revision 3 made. */
const opened: Synced = {
  document: { ...smallDocument, objects: ObjectMap.from([[5, boxObject(5, [1, 1, 10, 10])]]) },
  sync: startSync({ ...noIdentities, born: ObjectMap.from([[5, 3]]) }),
};

function edited({ document, sync }: Synced, label: TransactionLabel, changes: Change[]): Synced {
  const queue = enqueue(sync.queue, transactionOf(label, changes));
  return { document: applyChanges(document, changes), sync: { ...sync, queue } };
}
const moved = (synced: Synced, id: number, x: number): Synced =>
  edited(synced, 'move', [changeOf(synced.document.objects.get(id)!, { bbox: [x, 1, 10, 10] })!]);
const onItsWay = ({ document, sync }: Synced): Synced => ({
  document,
  sync: { ...sync, queue: sent(sync.queue) },
});
const human = { origin: 'human', state: 'accepted' };

/** The answer that makes the app read the picture again. */
const refused = ({ document, sync }: Synced): Synced => {
  const queue = failed(
    sent(sync.queue),
    { kind: 'conflict', code: 'conflict', message: 'Changed meanwhile.' },
    0,
  );
  return { document, sync: { ...sync, queue } };
};
const fromAda = (
  annotationId: number,
  born: number,
  fields: ObjectFields | null,
): ServerObject => ({
  annotationId,
  born,
  author: 'ada',
  fields,
});
const adasBox: ObjectFields = { ...emptyFields, categoryId: 2, bbox: [40, 1, 10, 10], area: 100 };

test('a new object is told by its fields alone, and known by the server’s id from then on', () => {
  const drawn = edited(opened, 'draw', [{ type: 'add', object: boxObject(-1, [2, 2, 8, 8]) }]);
  const [transaction] = drawn.sync.queue.pending;
  assert.deepEqual(requestOf(transaction, drawn), {
    key: transaction.key,
    edits: [
      {
        type: 'add',
        imageId: 7,
        fields: { categoryId: 1, bbox: [2, 2, 8, 8], area: 64, iscrowd: 0 },
        origin: 'human',
        state: 'accepted',
      },
    ],
  });
  const known = acknowledge(onItsWay(drawn), { revision: 9, annotationIds: [31] });
  assert.equal(saveStatus(known.sync.queue), 'saved');
  const next = moved(known, -1, 30);
  assert.deepEqual(requestOf(next.sync.queue.pending[0], next).edits, [
    { type: 'change', annotationId: 31, born: 9, fields: { bbox: [30, 1, 10, 10] }, ...human },
  ]);
});

test('what was deleted and comes back keeps its id at the server', () => {
  const object = opened.document.objects.get(5)!;
  const gone = edited(opened, 'delete', [{ type: 'delete', object }]);
  const known = acknowledge(onItsWay(gone), { revision: 4, annotationIds: [5] });
  const back = edited(known, 'delete', [{ type: 'add', object }]);
  const [edit] = requestOf(back.sync.queue.pending[0], back).edits;
  assert.equal(edit.type, 'restore');
  assert.equal('annotationId' in edit && edit.annotationId, 5);
});

test('a new label of the whole picture says nothing of crowds', () => {
  const label = { id: -1, ...emptyFields, categoryId: 1 };
  const labelled = edited(opened, 'tag', [{ type: 'add', object: label }]);
  const [edit] = requestOf(labelled.sync.queue.pending[0], labelled).edits;
  assert.deepEqual('fields' in edit && edit.fields, { categoryId: 1 });
});

test('other people’s edits appear, and are guarded from then on', () => {
  const seen = receive(opened, [fromAda(5, 8, adasBox), fromAda(6, 8, adasBox)]);
  assert.deepEqual(fieldsOf(seen.document, 5), { id: 5, ...adasBox });
  assert.deepEqual(fieldsOf(seen.document, 6), { id: 6, ...adasBox });
  const mine = moved(seen, 5, 30);
  assert.deepEqual(requestOf(mine.sync.queue.pending[0], mine).edits, [
    { type: 'change', annotationId: 5, born: 8, fields: { bbox: [30, 1, 10, 10] }, ...human },
  ]);
});

test('old news do nothing', () => {
  assert.deepEqual(receive(opened, [fromAda(5, 3, adasBox)]), opened);
});

test('our own edit that comes back before its answer is no conflict', () => {
  const mine = onItsWay(moved(opened, 5, 30));
  const echo = receive(mine, [fromAda(5, 8, { ...adasBox, bbox: [30, 1, 10, 10] })]);
  assert.deepEqual(echo.document, mine.document);
  const known = acknowledge(echo, { revision: 8, annotationIds: [5] });
  assert.equal(known.sync.conflicts.size, 0);
  assert.deepEqual(fieldsOf(known.document, 5)?.categoryId, 1);
});

test('our own new object that comes back before its answer is there once', () => {
  const object = boxObject(-1, [2, 2, 8, 8]);
  const mine = onItsWay(edited(opened, 'draw', [{ type: 'add', object }]));
  const echo = receive(mine, [fromAda(31, 8, object), fromAda(32, 7, adasBox)]);
  const known = acknowledge(echo, { revision: 8, annotationIds: [31] });
  assert.deepEqual([...known.document.objects.keys()], [5, 32, -1]);
});

test('news of an object wait while it is saved, also when the network fails', () => {
  const waiting = failed(
    onItsWay(moved(opened, 5, 30)).sync.queue,
    { kind: 'offline', code: 'offline', message: 'No network.' },
    0,
  );
  const mine = moved(opened, 5, 30);
  const lost = { ...mine, sync: { ...mine.sync, queue: waiting } };
  const echo = receive(lost, [fromAda(5, 8, { ...adasBox, bbox: [30, 1, 10, 10] })]);
  assert.equal(echo.sync.conflicts.size, 0);
  assert.equal(acknowledge(echo, { revision: 8, annotationIds: [5] }).sync.conflicts.size, 0);
});

test('an object changed on both sides is a conflict, and nothing of either is lost', () => {
  const both = receive(refused(moved(opened, 5, 30)), [fromAda(5, 8, adasBox)]);
  assert.deepEqual(fieldsOf(both.document, 5)?.bbox, [30, 1, 10, 10]);
  assert.deepEqual(both.sync.conflicts.get(5)?.theirs.fields, adasBox);

  const theirs = settleConflict(both, 5, 'theirs');
  assert.deepEqual(fieldsOf(theirs.document, 5), { id: 5, ...adasBox });
  assert.equal(theirs.sync.queue.pending.length, 0);

  const mine = settleConflict(both, 5, 'mine');
  assert.deepEqual(fieldsOf(mine.document, 5)?.bbox, [30, 1, 10, 10]);
  const [edit] = requestOf(mine.sync.queue.pending[0], mine).edits;
  assert.ok(edit.type === 'change' && edit.born === 8);
  assert.deepEqual(edit.fields.bbox, [30, 1, 10, 10]);
  assert.equal(edit.fields.categoryId, 1);
});

test('where both have changed different fields of an object there is nothing to choose', () => {
  const { id: _, ...before } = opened.document.objects.get(5)!;
  const fields: ObjectFields = before;
  const theirs = (changes: Partial<ObjectFields>) => [fromAda(5, 8, { ...fields, ...changes })];
  const both = reload(refused(moved(opened, 5, 30)), theirs({ categoryId: 2 }), 8);
  assert.equal(both.sync.conflicts.size, 0);
  assert.equal(saveStatus(both.sync.queue), 'saving');
  const { categoryId, bbox } = fieldsOf(both.document, 5)!;
  assert.deepEqual([categoryId, bbox], [2, [30, 1, 10, 10]]);
  assert.deepEqual(requestOf(both.sync.queue.pending[0], both).edits, [
    { type: 'change', annotationId: 5, born: 8, fields: { bbox: [30, 1, 10, 10] }, ...human },
  ]);
  // The shape is one thing, however many fields tell it.
  const keypoints = [3, 3, 2];
  assert.equal(
    receive(refused(moved(opened, 5, 30)), theirs({ keypoints })).sync.conflicts.size,
    1,
  );
  const posed = edited(opened, 'keypoints', [
    changeOf(opened.document.objects.get(5)!, { keypoints })!,
  ]);
  assert.equal(receive(refused(posed), theirs({ categoryId: 2 })).sync.conflicts.size, 1);
  assert.equal(receive(refused(posed), theirs({ caption: 'a cell' })).sync.conflicts.size, 0);
});

test('an object that they deleted while it was changed here can be kept or let go', () => {
  const both = receive(refused(moved(opened, 5, 30)), [fromAda(5, 8, null)]);
  const mine = settleConflict(both, 5, 'mine');
  assert.equal(requestOf(mine.sync.queue.pending[0], mine).edits[0].type, 'restore');
  const theirs = settleConflict(both, 5, 'theirs');
  assert.equal(theirs.document.objects.size, 0);
});

test('an object that they changed while it was deleted here can be deleted all the same', () => {
  const object = opened.document.objects.get(5)!;
  const gone = edited(opened, 'delete', [{ type: 'delete', object }]);
  const both = receive(refused(gone), [fromAda(5, 8, adasBox)]);
  const mine = settleConflict(both, 5, 'mine');
  assert.deepEqual(requestOf(mine.sync.queue.pending[0], mine).edits, [
    { type: 'delete', annotationId: 5, born: 8 },
  ]);
  assert.equal(settleConflict(both, 5, 'theirs').document.objects.size, 1);
});

test('the payload says what changed, however many objects there are', () => {
  const many = Array.from(
    { length: 10_000 },
    (_, id) => [id, boxObject(id, [1, 1, 9, 9])] as const,
  );
  const large = { ...opened, document: { ...smallDocument, objects: ObjectMap.from(many) } };
  const mine = moved(large, 5, 30);
  const small = moved(opened, 5, 30);
  const sizeOf = (synced: Synced) =>
    JSON.stringify(requestOf(synced.sync.queue.pending[0], synced)).length;
  assert.equal(sizeOf(mine), sizeOf(small));
});

test('what is propagated becomes additions to the frames that follow', () => {
  const [frame, larger] = propagate([boxObject(5, [1, 1, 10, 10])], smallDocument.picture, [
    { imageId: 8, width: 100, height: 80 },
    { imageId: 9, width: 8, height: 8 },
  ]);
  const fields = { categoryId: 1, bbox: [1, 1, 10, 10], area: 100, iscrowd: 0 };
  assert.deepEqual(frame, {
    imageId: 8,
    edits: [{ type: 'add', imageId: 8, fields, ...human }],
    leftOut: 0,
  });
  const cut = { categoryId: 1, bbox: [0, 0, 8, 8], area: 64, iscrowd: 0 };
  assert.deepEqual(larger.edits, [{ type: 'add', imageId: 9, fields: cut, ...human }]);
});

test('the queue waits longer after each failure, and goes on where it was', () => {
  let { queue } = moved(opened, 5, 30).sync;
  const offline = { kind: 'offline', code: 'offline', message: 'No network.' } as const;
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    queue = failed(sent(queue), offline, 0);
    waits.push(queue.phase.type === 'waiting' ? queue.phase.untilMillis : Number.NaN);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  assert.equal(saveStatus(queue), 'offline');
  assert.equal(nextToSend(queue, 29_999), null);
  assert.equal(nextToSend(queue, 30_000), queue.pending[0]);
});

test('errors of the server are told apart by what helps against them', () => {
  const kinds = [
    [0, 'unreachable', 'offline'],
    [401, 'not-logged-in', 'session-expired'],
    [404, 'image-not-found', 'refused'],
    [404, 'annotation-not-found', 'conflict'],
    [409, 'changed-meanwhile', 'conflict'],
    [422, 'bad-edit', 'refused'],
    [429, 'bad-answer', 'server-error'],
    [503, 'unavailable', 'server-error'],
    [507, 'disk-full', 'disk-full'],
  ] as const;
  for (const [status, code, kind] of kinds) {
    assert.equal(failureOf({ status, code, message: 'm' }).kind, kind);
  }
});

test('an expired session stops the queue until someone has logged in', () => {
  const { queue } = moved(opened, 5, 30).sync;
  const stopped = failed(
    sent(queue),
    { kind: 'session-expired', code: 'session-expired', message: 'Log in.' },
    0,
  );
  assert.equal(nextToSend(stopped, Number.MAX_SAFE_INTEGER), null);
  assert.equal(stopped.pending.length, 1);
});
