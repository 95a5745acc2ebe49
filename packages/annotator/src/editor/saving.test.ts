import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveStatus } from '../save/save-queue.ts';
import { cocoSegmentation } from '../save/server-edit.ts';
import { requestOf } from '../save/sync.ts';
import { categories, proposal, sessionId } from '../testing/documents.ts';
import { printObjects, Replay } from '../testing/replay.ts';

test('nothing is lost without network, and all is sent when it is back', () => {
  const replay = new Replay();
  replay.isOnline = false;
  replay.run('press r; drag 10,10 → 30,30; drag 40,10 → 50,20; press mod+z');
  assert.equal(saveStatus(replay.state.sync.queue), 'offline');
  assert.equal(replay.state.sync.queue.pending.length, 3);
  assert.ok(replay.effects.some(({ type }) => type === 'wake'));
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.equal(replay.server.rows.size, 1);
});

test('another person’s edit of the same object is a conflict until somebody chooses', () => {
  const replay = new Replay({
    annotations: [{ ...proposal(1, 0.9), state: 'accepted', origin: 'human' }],
  });
  replay.server.changeByOther(1, { bbox: [50, 50, 8, 8] });
  replay.run('click 14,14; drag 14,14 → 24,14');
  assert.equal(saveStatus(replay.state.sync.queue), 'conflict');
  assert.ok(replay.effects.some(({ type }) => type === 'reload'));
  const { revision } = replay.server;
  replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
  assert.equal(replay.state.sync.conflicts.size, 1);
  replay.send({ type: 'settle-conflict', id: 1, choice: 'mine' });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(replay.server.rows.get(1)?.bbox, [20, 10, 8, 8]);
});

test('where both deleted or did the same there is nothing to choose', () => {
  for (const [script, theirs] of [
    ['press Delete', null],
    ['press alt+ArrowRight', { bbox: [11, 10, 8, 8] as const }],
  ] as const) {
    const mine = { ...proposal(1, 0.9), state: 'accepted', origin: 'human' } as const;
    const replay = new Replay({ annotations: [mine, proposal(2, 0.5)] }).run('click 14,14');
    replay.server.changeByOther(1, theirs);
    replay.run(script);
    const { revision } = replay.server;
    replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
    assert.equal(replay.state.sync.conflicts.size, 0);
    assert.equal(saveStatus(replay.state.sync.queue), 'saved');
    assert.equal(replay.state.document.objects.size, replay.server.rows.size);
  }
});

test('what somebody else did while the page was closed is not overwritten after a reload', () => {
  const replay = new Replay({ annotations: [{ ...proposal(1, 0.9), origin: 'human' }] });
  replay.isOnline = false;
  replay.run('click 14,14; drag 14,14 → 24,14');
  replay.server.changeByOther(1, { categoryId: 2 });
  replay.reload();
  assert.deepEqual(replay.state.document.objects.get(1)?.bbox, [20, 10, 8, 8]);
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'conflict');
  assert.equal(replay.server.rows.get(1)?.categoryId, 2);
});

test('what somebody did to an object whose first answer was lost is seen after a reload', () => {
  const replay = new Replay();
  replay.isOnline = false;
  replay.run('press r; drag 10,10 → 30,30');
  // It came to the server all the same, and there to somebody else.
  replay.server.apply(requestOf(replay.state.sync.queue.pending[0], replay.state));
  const [id] = replay.server.rows.keys();
  replay.server.changeByOther(id, { bbox: [50, 50, 8, 8] });
  // Another visit has keys of its own.
  replay.reload({ sessionId: `a${sessionId.slice(1)}` });
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.deepEqual(printObjects(replay.state), ['-1 cell box 50,50 8×8']);
  replay.run('press v; click 54,54; press alt+ArrowRight');
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(replay.server.rows.get(id)?.bbox, [51, 50, 8, 8]);
});

test('what was deleted offline stays deleted after a reload, even where a ring came back turned', () => {
  const replay = new Replay().run(
    'press p; click 10,10; click 60,10; click 60,60; click 10,60; press n; click 20,20 +mod; click 30,20; click 30,30; press n',
  );
  replay.isOnline = false;
  replay.run('press Delete');
  replay.reload();
  assert.equal(replay.state.document.objects.size, 0);
});

type Points = readonly (readonly [x: number, y: number])[];
const ringDrawn = (points: Points, modifier = '') =>
  `${points.map(([x, y], i) => `click ${x},${y} ${i === 0 ? modifier : '+alt'}`).join('; ')}; press n`;
const boxOf = (left: number, top: number, right: number, bottom: number): Points => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

/** A hole in a polygon, both drawn and saved, and the page loaded anew. */
function holeAndReload(around: Points, hole: Points) {
  const replay = new Replay().run(`press p; ${ringDrawn(around)}; ${ringDrawn(hole, '+mod')}`);
  const [{ area, segmentation }] = replay.state.document.objects.values();
  replay.reload();
  assert.ok(segmentation?.type === 'polygons');
  return { replay, area, regions: segmentation.regions };
}

function assertUndone(replay: Replay, name: string) {
  replay.run('press mod+z');
  assert.deepEqual(replay.notices, [], name);
  assert.doesNotMatch(printObjects(replay.state)[0], /−/, name);
  replay.run('press mod+z');
  assert.deepEqual([replay.notices, replay.state.document.objects.size], [[], 0], name);
}

test('a hole that reaches the border of the picture opens the outline on every side, and is undone after a reload', () => {
  const cases: Record<string, [around: Points, hole: Points, corners: number, area: number]> = {
    left: [boxOf(-40, 20, 90, 70), boxOf(-30, 40, 50, 60), 8, 3500],
    right: [boxOf(10, 20, 140, 70), boxOf(50, 40, 130, 60), 8, 3500],
    top: [boxOf(20, -40, 90, 70), boxOf(40, -30, 60, 50), 8, 3900],
    bottom: [boxOf(20, 10, 90, 120), boxOf(40, 30, 60, 110), 8, 3900],
    'top left': [boxOf(-20, -20, 90, 70), boxOf(-10, -10, 40, 40), 6, 4700],
    'top right': [boxOf(10, -20, 120, 70), boxOf(60, -10, 110, 40), 6, 4700],
    'bottom right': [boxOf(10, 10, 120, 120), boxOf(60, 40, 110, 110), 6, 4700],
    'bottom left': [boxOf(-20, 10, 90, 120), boxOf(-10, 40, 40, 110), 6, 4700],
  };
  for (const [side, [around, hole, corners, wanted]] of Object.entries(cases)) {
    const { replay, area, regions } = holeAndReload(around, hole);
    const parts = regions.map(({ outer, holes }) => [outer.length / 2, holes.length]);
    assert.deepEqual([parts, area], [[[corners, 0]], wanted], side);
    assertUndone(replay, side);
  }
});

test('a hole is undone after a reload wherever it was begun, and with a point on the outline', () => {
  const around = boxOf(10, 10, 90, 70);
  const within = boxOf(30, 20, 50, 50);
  const cases: Record<string, Points> = {
    'on the left side': [
      [10, 40],
      [40, 25],
      [40, 55],
    ],
    'on the right side': [
      [90, 40],
      [40, 25],
      [40, 55],
    ],
    'on the upper side': [
      [40, 10],
      [30, 35],
      [50, 35],
    ],
    'on the lower side': [
      [40, 70],
      [30, 35],
      [50, 35],
    ],
    'on a corner': [
      [10, 10],
      [40, 25],
      [25, 40],
    ],
  };
  for (const from of within.keys()) {
    const begun = [...within.slice(from), ...within.slice(0, from)];
    cases[`begun at ${from}`] = begun;
    cases[`begun at ${from}, the other way round`] = begun.toReversed();
  }
  for (const [name, hole] of Object.entries(cases)) {
    assertUndone(holeAndReload(around, hole).replay, name);
  }
});

test('a mask that does not fit the picture survives deletion and undo at the server', () => {
  const segmentation = { size: [5, 5] as [number, number], counts: [25] };
  const replay = new Replay({ annotations: [{ ...proposal(1, 0.9), segmentation }] });
  replay.run('click 14,14; press Delete; press mod+z; press alt+ArrowRight');
  assert.deepEqual(replay.server.rows.get(1)?.segmentation, segmentation);
  assert.deepEqual(replay.server.rows.get(1)?.bbox, [11, 10, 8, 8]);
});

test('somebody else’s change ends a gesture on the same object, and leaves others alone', () => {
  const start = () => new Replay({ annotations: [{ ...proposal(1, 0.9), origin: 'human' }] });
  const held = start().run('click 14,14; hold 14,14 → 24,14');
  held.send({ type: 'news', objects: [held.server.changeByOther(1, { categoryId: 2 })] });
  assert.deepEqual(held.notices, ['changed-by-other']);
  assert.equal(held.state.tool.name, 'select.idle');
  const drawing = start().run('click 14,14; press p; click 40,40; click 60,40');
  drawing.send({ type: 'news', objects: [drawing.server.changeByOther(1, { categoryId: 2 })] });
  drawing.run('click 60,60; press n');
  assert.deepEqual(drawing.notices, []);
  assert.equal(drawing.state.document.objects.size, 2);
});

test('undo of an older step leaves the verdict that somebody else has given since', () => {
  const replay = new Replay().run('press b; click 20,20; click 30,20');
  const [id] = replay.server.rows.keys();
  replay.send({ type: 'news', objects: [replay.server.changeByOther(id, { state: 'rejected' })] });
  replay.run('press mod+z');
  assert.equal(replay.state.document.objects.get(-1)?.state, 'rejected');
  assert.equal(replay.server.rows.get(id)?.state, 'rejected');
});

test('undo does not take back what somebody else did since', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30');
  const [id] = replay.server.rows.keys();
  replay.send({ type: 'news', objects: [replay.server.changeByOther(id, { categoryId: 2 })] });
  replay.run('press mod+z');
  assert.deepEqual(replay.notices, ['undo-refused']);
  assert.deepEqual(printObjects(replay.state), ['-1 plate box 10,10 20×20']);
});

test('what somebody else deletes does not go without a word, but for proposals', () => {
  const gone = { annotationId: 1, born: 99, author: 'ada', fields: null };
  const labelled = new Replay({ annotations: [{ ...proposal(1, 0.9), state: 'accepted' }] });
  labelled.send({ type: 'news', objects: [gone] });
  assert.equal(labelled.state.document.objects.size, 0);
  assert.deepEqual(labelled.notices, ['deleted-elsewhere']);
  const proposed = new Replay({ annotations: [proposal(1, 0.9)] });
  proposed.send({ type: 'news', objects: [gone] });
  assert.equal(proposed.state.document.objects.size, 0);
  assert.deepEqual(proposed.notices, []);
});

test('a category that is deleted while in use is told, and its objects stay', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30');
  const categories = replay.state.document.categories.slice(1);
  replay.send({ type: 'categories', categories });
  assert.deepEqual(replay.notices, ['category-gone']);
  assert.equal(replay.state.document.objects.get(-1)?.categoryId, 1);
});

test('what is being drawn while its category is deleted waits for another one, and becomes none by itself', () => {
  const replay = new Replay().run('press 2; press p; click 10,10; click 30,10');
  const left = categories.filter(({ id }) => id !== 2);
  replay.server.categoryIds = left.map(({ id }) => id);
  replay.send({ type: 'categories', categories: left });
  assert.deepEqual(replay.notices, ['category-gone']);
  replay.run('click 30,30; press Enter');
  assert.equal(replay.server.rows.size, 0);
  assert.equal(saveStatus(replay.state.sync.queue), 'refused');
  replay.send({ type: 'replace-category', from: 2, to: 3 });
  assert.deepEqual(
    [...replay.server.rows.values()].map(({ categoryId }) => categoryId),
    [3],
  );
  assert.equal(replay.state.settings.categoryId, 3);
});

test('what the server refuses for good can be given up, and the rest is saved', () => {
  const replay = new Replay({ annotations: [proposal(1, 0.9)] });
  replay.isOnline = false;
  replay.run('click 14,14; drag 14,14 → 24,14; press Escape; press r; drag 50,50 → 60,60');
  replay.server.rows.delete(1);
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'refused');
  replay.send({ type: 'give-up' });
  const { revision } = replay.server;
  replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(
    [...replay.server.rows.values()].map(({ bbox }) => bbox),
    [[50, 50, 10, 10]],
  );
});

test('every kind of shape reaches the server as it is in the document', () => {
  const replay = new Replay().run(`
    press r; drag 2,2 → 12,12; press shift+r; drag 20,20 → 40,30; click 30,40
    press p; click 50,10; click 90,10; click 90,50; click 50,50; press n
    click 60,20 +mod; click 70,20; click 70,30; click 60,30; press n
    press n; press b; drag 10,60 → 40,60; press n; press 3; press k; click 50,60; click 40,70; click 60,70
    press t; press 1; press c`);
  for (const object of replay.state.document.objects.values()) {
    const annotationId = replay.state.sync.identities.annotationIds.get(object.id)!;
    const row = replay.server.rows.get(annotationId)!;
    const coco = object.segmentation === null ? null : cocoSegmentation(object.segmentation);
    assert.deepEqual(
      [row.categoryId, row.bbox, row.segmentation, row.keypoints, row.area, row.attributes],
      [object.categoryId, object.bbox, coco, object.keypoints, object.area, object.attributes],
    );
  }
  assert.equal(replay.server.rows.size, 6);
});

test('unsaved objects of a category that is gone get another one, and are saved', () => {
  const replay = new Replay();
  replay.isOnline = false;
  replay.run('press 2; press r; drag 10,10 → 30,30; press v; press alt+ArrowRight');
  const left = categories.filter(({ id }) => id !== 2);
  replay.send({ type: 'categories', categories: left });
  assert.ok(replay.notices.includes('category-gone'));
  replay.isOnline = true;
  replay.send({
    type: 'save-failed',
    failure: { kind: 'refused', code: 'refused', message: 'no category 2' },
  });
  replay.send({ type: 'replace-category', from: 2, to: 1 });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(
    [...replay.server.rows.values()].map(({ categoryId }) => categoryId),
    [1],
  );
  replay.run('press mod+z; press mod+z');
  assert.equal(replay.server.rows.size, 0);
  replay.send({ type: 'replace-category', from: 1, to: 99 });
  assert.equal(replay.notices.at(-1), 'category-gone');
});

test('what waits for a category that was deleted is saved by itself once that is back', () => {
  const left = categories.filter(({ id }) => id !== 2);
  const replay = new Replay();
  replay.server.categoryIds = [1, 3];
  replay.run('press 2; press r; drag 10,10 → 30,30; drag 40,10 → 50,20');
  assert.equal(saveStatus(replay.state.sync.queue), 'refused');
  // Whether it is gone for long, or was back before anybody here had heard of that.
  assert.deepEqual(replay.effects.at(-1), { type: 'reload-categories' });
  replay.send({ type: 'categories', categories: left });
  assert.equal(replay.state.categoryNames.get(2), 'plate');
  replay.send({ type: 'categories', categories: left.slice(0, 1) });
  assert.equal(saveStatus(replay.state.sync.queue), 'refused');
  replay.reload({ categories: left });
  assert.equal(replay.state.categoryNames.get(2), 'plate');
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'refused');
  replay.server.categoryIds = null;
  replay.send({ type: 'categories', categories });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(
    [...replay.server.rows.values()].map(({ categoryId }) => categoryId),
    [2, 2],
  );
});

test('where somebody takes the deletion of an object back, what was done to it here is saved', () => {
  const [row, other] = [{ ...proposal(1, 0.9), origin: 'human' }, proposal(2, 0.5)];
  const replay = new Replay({ annotations: [row, other] });
  replay.isOnline = false;
  replay.run('click 14,14; drag 14,14 → 24,14; press alt+ArrowRight');
  const { id: _, ...fields } = row;
  const gone = replay.server.changeByOther(1, null);
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  replay.send({ type: 'news', objects: [gone] });
  assert.equal(replay.state.sync.conflicts.size, 1);
  replay.send({ type: 'news', objects: [replay.server.changeByOther(1, fields)] });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(replay.server.rows.get(1)?.bbox, [21, 10, 8, 8]);
});

test('the status that somebody else sets is taken over, unless our own is on its way', () => {
  const replay = new Replay();
  replay.send({ type: 'status-news', status: 'review' });
  assert.equal(replay.state.document.picture.status, 'review');
  replay.isOnline = false;
  replay.send({ type: 'set-status', status: 'done' });
  replay.send({ type: 'status-news', status: 'new' });
  assert.equal(replay.state.document.picture.status, 'done');
});

test('what is said waits for the network as edits do, and undo leaves it alone', () => {
  const replay = new Replay();
  replay.isOnline = false;
  replay.run('press r; drag 10,10 → 30,30');
  const commentId = '00000000-0000-4000-8000-000000000001';
  replay.send({
    type: 'remark',
    remark: { type: 'reject-picture', commentId, text: 'Too wide.', at: [12, 14], objectId: -1 },
  });
  replay.send({ type: 'remark', remark: { type: 'review-object', id: -1, isReviewed: true } });
  assert.equal(replay.state.document.picture.status, 'in_progress');
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(replay.server.remarks, [
    {
      type: 'rejectImage',
      imageId: 7,
      commentId,
      text: 'Too wide.',
      at: [12, 14],
      annotationId: 1000,
    },
    { type: 'reviewObject', annotationId: 1000, isReviewed: true },
  ]);
  replay.run('press mod+z');
  assert.deepEqual([replay.state.document.objects.size, replay.server.remarks.length], [0, 2]);
});

test('an object becomes again what it was, or comes back, as one step that can be undone', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30');
  const { id, ...first } = replay.state.document.objects.get(-1)!;
  replay.run('press v; press alt+ArrowRight; press alt+ArrowRight; press 2');
  replay.send({ type: 'revert', id, fields: first });
  assert.deepEqual(printObjects(replay.state), ['-1 cell box 10,10 20×20']);
  replay.run('press mod+z');
  assert.deepEqual(printObjects(replay.state), ['-1 plate box 12,10 20×20']);
  replay.run('press Delete');
  replay.send({ type: 'revert', id, fields: first });
  assert.deepEqual(printObjects(replay.state), ['-1 cell box 10,10 20×20']);
  assert.equal(replay.server.rows.get(1000)?.categoryId, 1);
  replay.send({ type: 'set-locked', ids: [id], value: true });
  replay.send({ type: 'revert', id, fields: { ...first, categoryId: 2 } });
  assert.deepEqual(replay.notices, ['object-locked']);
});

test('a picture that was deleted is looked at: nothing is drawn, changed or sent, and the person is told', () => {
  const replay = new Replay().run('press r; drag 10,10 → 30,30; press v');
  const requests = replay.server.requests.length;
  const [before] = [printObjects(replay.state)];
  replay.send({ type: 'set-read-only', value: true });
  replay.run('press Escape; click 20,20; wheel 50,40 -100');
  assert.deepEqual([replay.state.selection, replay.notices], [[-1], []]);
  replay.run('drag 20,20 → 40,40');
  assert.deepEqual(replay.notices, ['read-only']);
  replay.run('press Delete; press 2; press mod+v; press r; drag 50,50 → 60,60; press mod+Enter');
  assert.equal(replay.notices.filter((code) => code === 'read-only').length, 5);
  assert.deepEqual(printObjects(replay.state), before);
  assert.equal(replay.server.requests.length, requests);
  // Nor is the picture left for the next one, as if it were done.
  assert.ok(!replay.effects.some(({ type }) => type === 'open-picture'));
  replay.send({ type: 'set-read-only', value: false }).run('press v; drag 20,20 → 40,40');
  assert.notDeepEqual(printObjects(replay.state), before);
});
