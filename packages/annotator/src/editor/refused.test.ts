// What the server will never take, and what becomes of everything else meanwhile.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saveStatus } from '../save/save-queue.ts';
import { categories, proposal } from '../testing/documents.ts';
import { Replay } from '../testing/replay.ts';

test('what is refused holds back what builds on it, and nothing else', () => {
  const replay = new Replay({ annotations: [proposal(5, 0.9)] });
  replay.server.categoryIds = [1, 3];
  replay.isOnline = false;
  // One of the category that is gone, which is moved and spoken of; others beside it.
  replay.run('press 2; press r; drag 10,40 → 30,60; press v; press alt+ArrowRight');
  const said = { commentId: '00000000-0000-4000-8000-000000000002', text: 'Odd.', at: null };
  replay.send({ type: 'remark', remark: { type: 'comment', ...said, objectId: -1 } });
  replay.run('press Escape; press 1; press r; drag 40,40 → 60,60; press v; press Escape');
  replay.run('click 54,14; press a');
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  const { queue } = replay.state.sync;
  const rows = () =>
    [...replay.server.rows.values()].map(({ categoryId, state }) => [categoryId, state]);
  assert.deepEqual(rows(), [
    [1, 'accepted'],
    [1, 'accepted'],
  ]);
  assert.equal(saveStatus(queue), 'refused');
  assert.deepEqual([queue.pending.length, queue.held?.keys.size], [3, 3]);
  // What comes now, too: of others it is saved at once, of the same object it waits.
  replay.run('press r; drag 70,40 → 90,60');
  replay.send({
    type: 'set-fields',
    ids: [-1],
    fields: { attributes: { old: true } },
    label: 'attributes',
  });
  replay.run('press r; drag 70,10 → 90,30');
  assert.equal(rows().length, 4);
  assert.equal(replay.state.sync.queue.held?.keys.size, 4);
  const left = categories.filter(({ id }) => id !== 2);
  replay.send({ type: 'categories', categories: left });
  replay.send({ type: 'replace-category', from: 2, to: 3 });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(rows().at(-1), [3, 'accepted']);
  assert.deepEqual(replay.server.rows.get(1003)?.attributes, { old: true });
  assert.equal(replay.server.remarks.length, 1);
});

test('what is refused can be given up while the rest is saved, also after a reload', () => {
  const replay = new Replay();
  replay.server.categoryIds = [1, 3];
  replay.run('press 2; press r; drag 10,40 → 30,60; press 1; drag 40,40 → 60,60');
  replay.reload().send({ type: 'retry', isNow: true });
  replay.send({ type: 'give-up' });
  const { revision } = replay.server;
  replay.send({ type: 'reloaded', objects: replay.server.all(), revision });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  assert.deepEqual(
    [...replay.server.rows.values()].map(({ bbox }) => bbox),
    [[40, 40, 20, 20]],
  );
});

test('a pose of a category that is gone has no points that its new one cannot have', () => {
  const replay = new Replay();
  replay.isOnline = false;
  replay.run('press 3; press k; click 50,10; click 30,40; press n; press v');
  const arrow = { ...categories[2], id: 8, keypoints: ['tip', 'end'], skeleton: null };
  replay.send({ type: 'categories', categories: [categories[0], arrow] });
  replay.send({ type: 'replace-category', from: 3, to: 8 });
  replay.isOnline = true;
  replay.send({ type: 'retry', isNow: true });
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
  const { categoryId, keypoints, bbox } = replay.server.rows.get(1000)!;
  assert.deepEqual([categoryId, keypoints, bbox], [8, null, [30, 10, 20, 30]]);
  assert.equal(replay.notices.at(-1), 'keypoints-lost');
  // As many points as the new one has are taken for those.
  const person = { ...categories[2], id: 9 };
  const again = new Replay();
  again.isOnline = false;
  again.run('press 3; press k; click 50,10; click 30,40; press n; press v');
  again.send({ type: 'categories', categories: [categories[0], person] });
  again.send({ type: 'replace-category', from: 3, to: 9 });
  assert.deepEqual(
    again.state.document.objects.get(-1)?.keypoints,
    [50, 10, 2, 30, 40, 2, 0, 0, 0],
  );
});
