// Any sequence of events: what must hold whatever people do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rleArea, rleBbox } from '@migaki/coco';
import fc from 'fast-check';
import { type ObjectFields, placeOf } from '../document/annotation-object.ts';
import { ringsOf } from '../geometry/region.ts';
import { idsNear } from '../hit-test/spatial-index.ts';
import { maskOfSegmentation } from '../mask/mask-of.ts';
import { saveStatus } from '../save/save-queue.ts';
import { fieldsFromServer } from '../save/server-object.ts';
import { arbitraryScript } from '../testing/arbitrary-script.ts';
import { categories } from '../testing/documents.ts';
import { discPicture } from '../testing/pictures.ts';
import { Replay } from '../testing/replay.ts';
import { fromSnapshot, snapshotOf } from './snapshot.ts';
import { draft, type EditorState } from './state.ts';

const pixels = discPicture(100, 80, 50, 40, 25, 6);

const objectsOf = ({ document }: EditorState) => [...document.objects];

/** Everything that is in the picture is in the picture, and is something. */
function checkRules(state: EditorState): void {
  const { width, height } = state.document.picture;
  for (const [, object] of state.document.objects) {
    const { bbox, segmentation, keypoints, area } = object;
    if (bbox !== null) {
      assert.ok(bbox.every(Number.isFinite), `box ${bbox}`);
      const [x, y, w, h] = bbox;
      assert.ok(x >= 0 && y >= 0 && w >= 0 && h >= 0, `box ${bbox}`);
      assert.ok(x + w <= width + 1e-9 && y + h <= height + 1e-9, `box ${bbox}`);
      assert.ok(keypoints !== null || (w > 0 && h > 0), `box ${bbox}`);
    }
    assert.ok(area === null || (Number.isFinite(area) && area >= 0), `area ${area}`);
    if (segmentation?.type === 'mask') {
      const { rle } = segmentation;
      assert.deepEqual([rle.width, rle.height], [width, height]);
      assert.equal(
        rle.counts.reduce((sum, count) => sum + count, 0),
        width * height,
      );
      assert.deepEqual([rleBbox(rle), rleArea(rle)], [bbox, area]);
      assert.ok(rleArea(rle) > 0);
    }
    if (segmentation?.type === 'polygons') {
      assert.ok(segmentation.regions.length > 0);
      for (const ring of segmentation.regions.flatMap(ringsOf)) {
        assert.ok(ring.length >= 6 && ring.length % 2 === 0);
        for (let i = 0; i < ring.length; i++) {
          assert.ok(ring[i] >= 0 && ring[i] <= (i % 2 === 0 ? width : height), `point ${ring[i]}`);
        }
      }
    }
    if (keypoints !== null) {
      for (let i = 0; i < keypoints.length; i += 3) {
        const [x, y, visibility] = keypoints.slice(i, i + 3);
        assert.ok([0, 1, 2].includes(visibility));
        assert.ok(x >= 0 && x <= width && y >= 0 && y <= height);
      }
    }
    const place = placeOf(object);
    if (place !== null) assert.ok(idsNear(state.index, place).includes(object.id));
  }
  assert.ok(state.selection.every((id) => state.document.objects.has(id)));
}

/** Rings that come back from the server may begin elsewhere: shapes are the same when their pixels are. */
function assertSame(actual: ObjectFields, expected: ObjectFields): void {
  const picture = { width: 100, height: 80 };
  const pixelsOf = ({ segmentation }: ObjectFields) =>
    segmentation === null ? null : maskOfSegmentation(segmentation, picture);
  assert.equal(actual.segmentation?.type, expected.segmentation?.type);
  assert.deepEqual(pixelsOf(actual), pixelsOf(expected));
  const { segmentation } = expected;
  assert.deepEqual({ ...actual, segmentation }, expected);
}

test('whatever happens, everything stays within the rules, and what is drawn over it too', () => {
  fc.assert(
    fc.property(arbitraryScript, fc.boolean(), (steps, hasPixels) => {
      const replay = new Replay();
      if (hasPixels) replay.show(pixels);
      for (const each of steps.split('; ')) {
        replay.run(each);
        checkRules(replay.state);
        const { path, objects } = draft(replay.state);
        assert.ok(path.every(Number.isFinite));
        assert.ok(objects.every(({ bbox }) => bbox === null || bbox.every(Number.isFinite)));
      }
    }),
    { numRuns: 300 },
  );
});

test('undoing everything gives the start, making all of it again the end', () => {
  fc.assert(
    fc.property(arbitraryScript, (steps) => {
      const replay = new Replay().run(`${steps}; press v`);
      // Those that were undone in the middle of it and not made again are no part of the end.
      const end = objectsOf(replay.state);
      const count = replay.state.history.done.length;
      for (let i = 0; i < count; i++) replay.run('press mod+z');
      assert.deepEqual(objectsOf(replay.state), []);
      for (let i = 0; i < count; i++) replay.run('press mod+shift+z');
      assert.deepEqual(objectsOf(replay.state), end);
      assert.ok(!replay.notices.includes('undo-refused'));
    }),
    { numRuns: 150 },
  );
});

test('the server ends up with just what is in the document, whenever the network fails', () => {
  const chunks = fc.array(fc.tuple(arbitraryScript, fc.boolean()), { maxLength: 4 });
  fc.assert(
    fc.property(chunks, (parts) => {
      const replay = new Replay();
      for (const [steps, isOnline] of parts) {
        replay.isOnline = isOnline;
        replay.run(steps);
      }
      replay.isOnline = true;
      replay.send({ type: 'retry', isNow: true });
      assert.equal(saveStatus(replay.state.sync.queue), 'saved');
      const { document, sync } = replay.state;
      assert.equal(replay.server.rows.size, document.objects.size);
      for (const [id, object] of document.objects) {
        const annotationId = sync.identities.annotationIds.get(id)!;
        const row = replay.server.rows.get(annotationId)!;
        const { id: _, ...fields } = object;
        assertSame(fieldsFromServer({ ...row, id: annotationId }, document.picture), fields);
      }
    }),
    { numRuns: 100 },
  );
});

test('a reload in the middle of anything loses nothing', () => {
  fc.assert(
    fc.property(arbitraryScript, arbitraryScript, (before, later) => {
      const replay = new Replay().run(before);
      replay.isOnline = false;
      replay.run(`${later}; press v`);
      const snapshot = structuredClone(snapshotOf(replay.state));
      const annotations = [...replay.server.rows].map(([id, row]) => ({ id, ...row }));
      const opened = fromSnapshot(
        {
          picture: { id: 7, width: 100, height: 80, status: 'in_progress' },
          categories,
          annotations,
          canvas: { width: 1000, height: 800 },
          sessionId: '7d0e8a52-5f0e-4c3a-9a54-0c9f2f1f7d22',
        },
        snapshot,
      );
      const wanted = new Map(replay.state.document.objects);
      assert.equal(opened.document.objects.size, wanted.size);
      for (const [id, object] of opened.document.objects) {
        assertSame(object, wanted.get(id)!);
      }
      assert.deepEqual(opened.history, replay.state.history);
      replay.state = opened;
      replay.isOnline = true;
      replay.send({ type: 'retry', isNow: true });
      assert.equal(saveStatus(replay.state.sync.queue), 'saved');
      assert.equal(replay.server.rows.size, wanted.size);
    }),
    { numRuns: 100 },
  );
});
