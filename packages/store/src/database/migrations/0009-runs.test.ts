import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getDataset } from '../../datasets/dataset.ts';
import { beginExternalRun } from '../../runs/new-run.ts';
import { pinVersion } from '../../runs/pin-version.ts';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../store.ts';
import { migrations } from './index.ts';

test('0009 leaves what is there as it is, and runs can learn from it', async () => {
  const pool = await testDatabase();
  const index = migrations.findIndex(({ name }) => name === '0009-runs');
  await migrate(pool, migrations.slice(0, index));
  await pool.query(`insert into dataset (name, revision) values ('cells', 3);
    insert into revision (dataset_id, revision, author, kind, note, result)
      select 1, n, 'aiko', 'import', '', '{}' from generate_series(1, 3) as n;
    insert into version (dataset_id, name, revision, note, author, image_count, annotation_count)
      values (1, 'v1', 2, '', 'aiko', 0, 0)`);
  await migrate(pool);
  const store = openStore({ pool });
  assert.equal((await getDataset(store, 1)).name, 'cells');
  const dataset = await pinVersion(store, 1, { version: 'v1', author: 'aiko' });
  const run = await beginExternalRun(store, {
    name: 'elsewhere',
    task: null,
    settings: {},
    dataset,
    notes: '',
    createdBy: 'aiko',
    key: null,
  });
  assert.deepEqual(run.dataset, { datasetId: 1, name: 'cells', version: 'v1', revision: 2 });
});
