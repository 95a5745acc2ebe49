// Two people in one picture, each with a network that comes and goes: in the end both see what the server has, and
// nothing was overwritten that nobody chose to overwrite.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AnnotationObject, ObjectFields } from '../document/annotation-object.ts';
import { maskOfSegmentation } from '../mask/mask-of.ts';
import { annotationIdOf } from '../save/identities.ts';
import { saveStatus } from '../save/save-queue.ts';
import { fieldsFromServer } from '../save/server-object.ts';
import { arbitraryScript } from '../testing/arbitrary-script.ts';
import { EditServer } from '../testing/edit-server.ts';
import { Replay } from '../testing/replay.ts';

const sessionIds = [
  '3f0e8a52-5f0e-4c3a-9a54-0c9f2f1f7d11',
  '7d0e8a52-5f0e-4c3a-9a54-0c9f2f1f7d22',
] as const;

const hearOf = (replay: Replay): Replay =>
  replay.send({ type: 'reloaded', objects: replay.server.all(), revision: replay.server.revision });

/** Comes to rest: everything saved, every conflict settled, all news heard. */
function settle(replay: Replay, choice: 'mine' | 'theirs'): void {
  replay.isOnline = true;
  for (let round = 0; round < 100; round++) {
    hearOf(replay).send({ type: 'retry', isNow: true });
    for (const id of replay.state.sync.conflicts.keys()) {
      replay.send({ type: 'settle-conflict', id, choice });
    }
    if (saveStatus(replay.state.sync.queue) === 'refused') replay.send({ type: 'give-up' });
    if (saveStatus(replay.state.sync.queue) === 'saved') break;
  }
  assert.equal(saveStatus(replay.state.sync.queue), 'saved');
}

const picture = { width: 100, height: 80 };
const comparable = ({ segmentation, ...fields }: ObjectFields) => ({
  ...fields,
  pixels: segmentation === null ? null : maskOfSegmentation(segmentation, picture),
});

function assertAgrees(replay: Replay): void {
  const { document, sync } = replay.state;
  const seen = new Map(
    Array.from(document.objects, ([id, object]): [number, AnnotationObject] => [
      annotationIdOf(sync.identities, id)!,
      object,
    ]),
  );
  assert.deepEqual([...seen.keys()].sort(), [...replay.server.rows.keys()].sort());
  for (const [annotationId, row] of replay.server.rows) {
    const { id: _, ...fields } = seen.get(annotationId)!;
    const stored = fieldsFromServer({ ...row, id: annotationId }, picture);
    assert.deepEqual(comparable(fields), comparable(stored));
  }
}

test('two people end up with what the server has, whatever they do and whatever they choose', () => {
  const turn = fc.record({
    who: fc.constantFrom(0, 1),
    script: arbitraryScript,
    isOnline: fc.boolean(),
    hears: fc.boolean(),
  });
  const choices = fc.tuple(fc.constantFrom('mine', 'theirs'), fc.constantFrom('mine', 'theirs'));
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 8, size: 'max' }), choices, (turns, [a, b]) => {
      const server = new EditServer([]);
      const people = sessionIds.map((sessionId) => new Replay({ sessionId }, server));
      for (const { who, script, isOnline, hears } of turns) {
        people[who].isOnline = isOnline;
        if (hears) hearOf(people[who]);
        if (isOnline) people[who].send({ type: 'retry', isNow: true });
        people[who].run(script);
      }
      settle(people[0], a);
      settle(people[1], b);
      for (const person of people) assertAgrees(hearOf(person));
    }),
    { numRuns: 150 },
  );
});
