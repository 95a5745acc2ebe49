import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonPieces } from './json.ts';

const printed = (report: unknown) => [...jsonPieces(report)].join('');

test('is JSON that says the same as JSON.stringify, whatever the report', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.func(fc.integer()));
  const report = fc.oneof(
    value,
    fc.dictionary(
      fc.string().filter((key) => key !== 'toJSON'),
      fc.oneof(value, fc.array(value)),
    ),
  );
  fc.assert(
    fc.property(report, (data) => {
      assert.deepEqual(JSON.parse(printed(data)), JSON.parse(JSON.stringify(data) ?? 'null'));
    }),
  );
});

test('leaves out a function instead of printing "undefined", which is no JSON', () => {
  // `migaki help eval --json` held `"run": undefined`.
  assert.equal(printed({ name: 'eval', run() {} }), '{\n  "name": "eval"\n}\n');
});
