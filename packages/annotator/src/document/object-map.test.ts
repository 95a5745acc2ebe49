import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comesBefore, ObjectMap } from './object-map.ts';

const id = fc.integer({ min: -20, max: 20 });
const operation = fc.oneof(fc.record({ set: id, to: fc.integer() }), fc.record({ remove: id }));

test('does what a Map does, in the order of ids', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      let map = ObjectMap.empty<number>();
      const expected = new Map<number, number>();
      for (const step of operations) {
        if ('set' in step) {
          map = map.set(step.set, step.to);
          expected.set(step.set, step.to);
        } else {
          map = map.delete(step.remove);
          expected.delete(step.remove);
        }
      }
      const sorted = [...expected].sort(([a], [b]) => (comesBefore(a, b) ? -1 : 1));
      assert.deepEqual([...map], sorted);
      assert.deepEqual([...ObjectMap.from(expected)], sorted);
      assert.equal(map.size, expected.size);
      for (let key = -20; key <= 20; key++) assert.equal(map.get(key), expected.get(key));
    }),
  );
});

test('the server’s ids come first, then what was made here in the order of making', () => {
  const map = ObjectMap.from([-2, 3, -1, 0, 12].map((key) => [key, key] as const));
  assert.deepEqual([...map.keys()], [0, 3, 12, -1, -2]);
});

test('a change leaves the map before it as it was', () => {
  const before = ObjectMap.from([[1, 'a']]);
  before.set(1, 'b').set(2, 'c').delete(1);
  assert.deepEqual([...before], [[1, 'a']]);
});

test('removing what is not there gives the very same map', () => {
  const map = ObjectMap.from([[1, 'a']]);
  assert.equal(map.delete(2), map);
});

test('what differs between two maps is found, however they came to be', () => {
  const operations = fc.array(operation, { maxLength: 60 });
  fc.assert(
    fc.property(operations, operations, fc.boolean(), (first, second, isShared) => {
      const done = (map: ObjectMap<number>, steps: typeof first) =>
        steps.reduce(
          (now, step) => ('set' in step ? now.set(step.set, step.to) : now.delete(step.remove)),
          map,
        );
      const before = done(ObjectMap.empty(), first);
      const after = done(isShared ? before : ObjectMap.empty(), second);
      const ids = [...new Set([...before.keys(), ...after.keys()])];
      assert.deepEqual(
        ObjectMap.changedIds(before, after),
        ids
          .filter((each) => before.get(each) !== after.get(each))
          .sort((a, b) => (comesBefore(a, b) ? -1 : 1)),
      );
    }),
  );
});
