import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { applyEdits } from '../annotations/apply-edits.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { prepared } from './prepared.ts';
import { withConnection } from './store.ts';

const plans = sql<{ statement: string; generic: number; custom: number }>`
  select statement, generic_plans::int as generic, custom_plans::int as custom
  from pg_prepared_statements`;

test('only what is meant to be is planned once for a connection', async () => {
  const { store } = await bloodCellStore();
  await withConnection(store, async ({ db }) => {
    for (const value of [1, 2]) {
      const each = sql<{ value: number }>`select ${value}::int as value`;
      assert.deepEqual((await each.execute(db)).rows, [{ value }]);
      assert.deepEqual((await each.execute(prepared(db))).rows, [{ value }]);
    }
    const { rows } = await plans.execute(db);
    const kept = rows.filter(({ statement }) => statement.includes('$1::int as value'));
    assert.deepEqual(
      kept.map(({ generic, custom }) => generic + custom),
      [2],
    );
  });
});

test('an edit plans nothing of its counting anew', async () => {
  const { store, datasetId } = await bloodCellStore();
  const draw = () =>
    applyEdits(store, datasetId, [{ do: 'add', imageId: 1, fields: { category_id: 1 } }], {
      author: 'ada',
    });
  for (let n = 0; n < 3; n++) await draw();
  // The connection that was used last is the one that is used next.
  const { rows } = await withConnection(store, async ({ db }) => plans.execute(db));
  const counting = rows.filter(({ statement }) => /merge into|update image set/.test(statement));
  assert.ok(counting.length >= 4, `${rows.length} statements`);
  for (const { generic, custom, statement } of counting) {
    assert.deepEqual([generic, custom], [3, 0], statement);
  }
});
