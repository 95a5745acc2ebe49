// What is drawn in the editor, saved by a whole workbench and read again: no number may differ.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsFromServer, type ObjectFields, update } from '@migaki/annotator';
import type { Image } from '@migaki/api';
import { testWorkbench } from '../apps/server/src/testing/test-workbench.ts';
import { maskOfSegmentation } from '../packages/annotator/src/mask/mask-of.ts';
import { Replay } from '../packages/annotator/src/testing/replay.ts';

const { client, importCells } = await testWorkbench();

const datasetId = await importCells();
const at = { params: { datasetId } };

async function openedEditor(): Promise<{ replay: Replay; image: Image }> {
  const { items } = await client.listImages({ ...at, query: { limit: 1 } });
  const image = await client.getImage({ params: { datasetId, imageId: items[0].id } });
  const { categories } = await client.getDataset(at);
  const replay = new Replay({
    picture: { id: image.id, width: image.width!, height: image.height!, status: image.status },
    categories,
    annotations: image.annotations,
    sessionId: crypto.randomUUID(),
  });
  replay.isOnline = false;
  return { replay, image };
}

/** Sends everything that waits, as the web app does. */
async function saveAll(replay: Replay): Promise<void> {
  let result = update(replay.state, { type: 'retry', isNow: true, atMillis: 0 });
  for (;;) {
    const effect = result.effects.find(({ type }) => type === 'save');
    if (effect?.type !== 'save') break;
    const { key, edits } = effect.request;
    const answer = await client.applyEdits({ ...at, body: { key, edits: [...edits] } });
    result = update(result.state, { type: 'saved', answer, atMillis: 0 });
  }
  replay.state = result.state;
}

async function assertSaved({ state }: Replay): Promise<void> {
  const { picture, objects } = state.document;
  const image = await client.getImage({ params: { datasetId, imageId: picture.id } });
  const shown = [...objects].filter(([, object]) => object.state !== 'rejected');
  assert.equal(image.annotations.length, shown.length);
  for (const [id, { id: _, ...object }] of shown) {
    const annotationId = state.sync.identities.annotationIds.get(id) ?? id;
    const stored = image.annotations.find((annotation) => annotation.id === annotationId)!;
    const pixelsOf = ({ segmentation }: ObjectFields) =>
      segmentation === null ? null : maskOfSegmentation(segmentation, picture);
    const fields = fieldsFromServer(stored, picture);
    assert.deepEqual(pixelsOf(fields), pixelsOf(object));
    assert.deepEqual({ ...fields, segmentation: null }, { ...object, segmentation: null });
  }
  assert.equal(image.status, picture.status);
}

test('every shape that is drawn is stored as it was drawn, and undone as it was', async () => {
  const { replay } = await openedEditor();
  const before = replay.state.document.objects;
  replay.run(`
    press r; drag 12.34,20 → 50.5,60.25; press 2; press shift+r; drag 60,60 → 120,90; click 80,120
    press p; click 200,10; click 290,10; click 290,100; click 200,100; press n
    click 220,30 +mod; click 240,30; click 240,60; click 220,60; press n
    click 250,120 +shift; click 280,120; click 280,150; press n
    press n; press b; drag 10,160 → 120,180; press e; drag 60,150 → 60,190; press n; press t; press 3`);
  replay.send({ type: 'add-caption', caption: 'A smear of blood.' });
  await saveAll(replay);
  await assertSaved(replay);
  const count = replay.state.history.done.length;
  for (let i = 0; i < count; i++) replay.run('press mod+z');
  assert.deepEqual([...replay.state.document.objects], [...before]);
  await saveAll(replay);
  await assertSaved(replay);
  for (let i = 0; i < count; i++) replay.run('press mod+shift+z');
  await saveAll(replay);
  await assertSaved(replay);
});

test('objects of the server are moved, changed, deleted and brought back', async () => {
  const { replay, image } = await openedEditor();
  const [first, second] = image.annotations.filter(({ bbox }) => bbox !== null);
  const middle = ([x, y, width, height]: readonly number[]) => `${x + width / 2},${y + height / 2}`;
  replay.send({ type: 'select', ids: [first.id] });
  replay.run(`press alt+ArrowRight; press 2; press c`);
  replay.send({ type: 'select', ids: [second.id] });
  replay.run(`press Delete; press mod+z; press v; press Escape; click ${middle(second.bbox!)}`);
  replay.run('press shift+a');
  await saveAll(replay);
  await assertSaved(replay);
});
