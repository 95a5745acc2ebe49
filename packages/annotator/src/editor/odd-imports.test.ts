// Files of other tools hold what this editor would never make: boxes beyond the picture, rings of two points, masks of
// other pictures, poses with too few numbers. Nothing may break over them, and undo gives back exactly what was there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fieldNames } from '../document/annotation-object.ts';
import { paintOrder } from '../hit-test/hit-test.ts';
import type { ServerAnnotation } from '../save/server-object.ts';
import { arbitraryScript } from '../testing/arbitrary-script.ts';
import { proposal } from '../testing/documents.ts';
import { Replay } from '../testing/replay.ts';
import { draft } from './state.ts';

const coordinate = fc.oneof(
  fc.integer({ min: -50, max: 150 }),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
);
const coordinates = (maxLength: number) => fc.array(coordinate, { maxLength, size: 'max' });
const segmentation: fc.Arbitrary<ServerAnnotation['segmentation']> = fc.oneof(
  fc.constant(null),
  fc.array(coordinates(12), { maxLength: 3 }),
  fc.record({
    size: fc.constantFrom<[number, number]>([80, 100], [100, 80], [0, 0]),
    counts: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.array(fc.nat(9000), { maxLength: 4 }),
      fc.nat(8000).map((start) => [start, 8000 - start]),
    ),
  }),
);
const annotation: fc.Arbitrary<Omit<ServerAnnotation, 'id'>> = fc.record({
  categoryId: fc.constantFrom(1, 3, 99, null),
  bbox: fc.oneof(fc.constant(null), fc.tuple(coordinate, coordinate, coordinate, coordinate)),
  segmentation,
  keypoints: fc.oneof(fc.constant(null), coordinates(10)),
  iscrowd: fc.constantFrom(0, 1),
  area: fc.oneof(fc.constant(null), coordinate),
  caption: fc.constantFrom(null, 'A smear.'),
  attributes: fc.constantFrom({}, { rotation: 30 }, { rotation: 'a lot' }),
  score: fc.oneof(fc.constant(null), coordinate),
  origin: fc.constantFrom('import', 'human', 'model cells@3'),
  state: fc.constantFrom('accepted', 'proposed', 'rejected'),
  author: fc.constant('ada'),
  born: fc.constant(50),
});
const annotations = fc
  .array(annotation, { minLength: 1, maxLength: 5 })
  .map((all) => all.map((each, id): ServerAnnotation => ({ ...each, id })));

/** Somewhere on what is there, in the picture or beside it. */
const reach =
  'press v; press mod+a; press alt+ArrowLeft; press Tab; drag 50,40 → 60,50; press mod+c; press mod+v';

test('nothing breaks over odd imports, and undo gives them back as they were', () => {
  fc.assert(
    fc.property(annotations, arbitraryScript, (imported, script) => {
      const replay = new Replay({ annotations: imported });
      const before = [...replay.state.document.objects];
      replay.run(reach);
      for (const step of script.split('; ')) {
        replay.run(step);
        draft(replay.state);
        paintOrder(replay.state.document.objects.values());
      }
      for (const [, object] of replay.state.document.objects) {
        for (const name of fieldNames) {
          const value = object[name];
          const numbers =
            typeof value === 'number' ? [value] : name === 'bbox' ? (object.bbox ?? []) : [];
          assert.ok(numbers.every(Number.isFinite), `${name} ${value}`);
        }
      }
      replay.run('press v');
      while (replay.state.history.done.length > 0) replay.run('press mod+z');
      assert.ok(!replay.notices.includes('undo-refused'));
      assert.deepEqual([...replay.state.document.objects], before);
    }),
    { numRuns: 300 },
  );
});

test('a verdict is one key also for what lies outside the picture', () => {
  const beyond = { ...proposal(1, 0.5), bbox: [-50, 200, 10, 10] as const };
  const replay = new Replay({ annotations: [beyond] }).run('press g; press z; press a');
  assert.equal(replay.server.rows.get(1)?.state, 'accepted');
});
