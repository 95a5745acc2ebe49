import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { datasets } from './0001-datasets.ts';
import { jobs } from './0002-jobs.ts';

test('0002 adds jobs to a database with datasets, and a job outlives its dataset', async () => {
  const pool = await testDatabase();
  await migrate(pool, [datasets]);
  await pool.query("insert into dataset (name) values ('cells')");
  assert.deepEqual(await migrate(pool, [datasets, jobs]), ['0002-jobs']);
  await pool.query(
    `insert into job (id, message_id, kind, title, params, created_by, dataset_id)
     select gen_random_uuid(), gen_random_uuid(), 'import', 'Import', '{}', 'aiko', id from dataset`,
  );
  await pool.query('delete from dataset');
  const { rows } = await pool.query('select state, attempt, dataset_id from job');
  assert.deepEqual(rows, [{ state: 'queued', attempt: 0, dataset_id: null }]);
});
