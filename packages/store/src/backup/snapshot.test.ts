import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { Pool } from 'pg';
import { applyEdits } from '../annotations/apply-edits.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations/index.ts';
import { openStore, type Store } from '../database/store.ts';
import { createDataset, deleteDataset, listDatasets } from '../datasets/dataset.ts';
import { createVersion, listVersions } from '../datasets/version.ts';
import { statistics } from '../query/statistics.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { testDatabase, testStore } from '../testing/test-store.ts';
import { carriedTables, leftOutTables } from './carried-tables.ts';
import { loadSnapshot, type SavedSnapshot } from './load-snapshot.ts';
import { type Snapshot, withSnapshot } from './snapshot.ts';

/** A snapshot in memory. */
async function saved(store: Store, meanwhile = async (_: Snapshot) => {}): Promise<SavedSnapshot> {
  return withSnapshot(store, async (snapshot) => {
    await meanwhile(snapshot);
    const { migrations: names, tables } = snapshot;
    const rows = new Map<string, Buffer>();
    for (const table of tables) rows.set(table.name, await buffer(snapshot.rows(table)));
    return savedAs(names, tables, (name) => rows.get(name)!);
  });
}

const savedAs = (
  names: readonly string[],
  tables: SavedSnapshot['tables'],
  rowsOf: (table: string) => Buffer,
): SavedSnapshot => ({
  migrations: names,
  tables,
  rows: ({ name }) =>
    (async function* () {
      yield rowsOf(name);
    })(),
});

/** Columns, keys, indexes, checks, triggers and functions of a schema, as PostgreSQL describes them. */
async function schemaOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    select format('%s.%s %s %s %s %s', attrelid::regclass, attname, atttypid::regtype, attnotnull,
      attidentity, pg_get_expr(adbin, adrelid)) as line
    from pg_attribute a join pg_class c on c.oid = attrelid
      left join pg_attrdef d on d.adrelid = attrelid and d.adnum = attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and attnum > 0 and not attisdropped
    union select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
    union select indexdef from pg_indexes where schemaname = 'public'
    union select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union select proname from pg_proc where pronamespace = 'public'::regnamespace
    union select nspname from pg_namespace where nspname !~ '^pg_t'`);
  return rows.map(({ line }) => line).toSorted();
}

async function rowCounts(store: Store): Promise<Record<string, number>> {
  return withSnapshot(store, async ({ tables }) =>
    Object.fromEntries(tables.map(({ name, rowCount }) => [name, rowCount])),
  );
}

test('every table of the schema is carried or left out for a reason, and every hash is that of a blob', async () => {
  const { pool } = await testStore();
  const tables = await pool.query<{ relname: string }>(
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  assert.deepEqual(
    tables.rows.map(({ relname }) => relname).toSorted(),
    [...carriedTables, ...Object.keys(leftOutTables)].toSorted(),
  );
  const hashes = await pool.query<{ attname: string }>(
    `select attname from pg_attribute join pg_class c on c.oid = attrelid
     where c.relname = any($1) and c.relkind = 'r' and atttypid = 'bytea'::regtype`,
    [carriedTables],
  );
  assert.deepEqual([...new Set(hashes.rows.map(({ attname }) => attname))], ['sha256']);
});

test('a restored store says and does what the first one did, and its schema is that of a new one', async () => {
  const { store, datasetId } = await bloodCellStore();
  await createVersion(store, datasetId, { name: 'v1', author: 'ada' });
  await applyEdits(store, datasetId, [{ do: 'remove', annotationId: 7 }], { author: 'ada' });
  const restored = await testStore();
  await loadSnapshot(restored, await saved(store), { replace: false });
  assert.deepEqual(await schemaOf(restored.pool), await schemaOf((await testStore()).pool));
  assert.deepEqual(await rowCounts(restored), await rowCounts(store));
  for (const at of [undefined, 'v1']) {
    assert.deepEqual(
      await exportedDataset(restored, datasetId, { at }),
      await exportedDataset(store, datasetId, { at }),
    );
  }
  assert.deepEqual(await listVersions(restored, datasetId), await listVersions(store, datasetId));
  await checkCounts(restored, datasetId);
  // Numbers go on where they were: nothing gets the number of something else.
  const { id } = await createDataset(restored, { name: 'next' });
  assert.equal(id, datasetId + 1);
  await importCoco(restored, id, batchesOf(bloodCells), { author: 'ada' });
  await checkCounts(restored, id);
});

test('a snapshot holds one moment, whatever is changed while it is read', async () => {
  const { store, datasetId } = await bloodCellStore();
  const before = await exportedDataset(store, datasetId);
  const snapshot = await saved(store, async () => {
    await deleteDataset(store, datasetId);
    await createDataset(store, { name: 'later' });
  });
  const restored = await testStore();
  await loadSnapshot(restored, snapshot, { replace: false });
  assert.deepEqual(await exportedDataset(restored, datasetId), before);
  assert.deepEqual(
    (await listDatasets(restored)).map(({ name }) => name),
    ['blood cells'],
  );
});

test('a snapshot of every earlier list of migrations is brought up to date', async () => {
  for (let count = 1; count < migrations.length; count++) {
    const pool = await testDatabase();
    await migrate(pool, migrations.slice(0, count));
    await pool.query(`insert into dataset (name) values ('old');
      insert into image (dataset_id, image_id, file_name, added_revision) values (1, 7, 'a.jpg', 1)`);
    const old = openStore({ pool });
    const restored = await testStore();
    await loadSnapshot(restored, await saved(old), { replace: false });
    assert.deepEqual(await schemaOf(restored.pool), await schemaOf((await testStore()).pool));
    assert.equal((await listDatasets(restored))[0].name, 'old');
    const images = await restored.pool.query('select image_id, file_name from image');
    assert.deepEqual(images.rows, [{ image_id: '7', file_name: 'a.jpg' }]);
  }
});

test('a snapshot of migrations that are not known is refused', async () => {
  const { store } = await bloodCellStore();
  const { migrations: names, ...rest } = await saved(store);
  const restored = await testStore();
  for (const unknown of [[...names, '9999-later'], ['0001-other', ...names.slice(1)], []]) {
    await assert.rejects(
      loadSnapshot(restored, { ...rest, migrations: unknown }, { replace: true }),
      { code: 'newer-backup' },
    );
  }
});

test('a filled store is kept unless it is to be replaced, and then goes as a whole', async () => {
  const { store, datasetId } = await bloodCellStore();
  const snapshot = await saved(store);
  const other = await testStore();
  const { id } = await createDataset(other, { name: 'mine' });
  await importCoco(other, id, batchesOf({ ...bloodCells, annotations: [] }), { author: 'ada' });
  const jobId = await insertJob(other, 'running');
  await insertJob(other, 'failed', id);
  await assert.rejects(loadSnapshot(other, snapshot, { replace: false, jobId }), {
    code: 'workspace-not-empty',
    message: /expected an empty workspace, found one with 1 dataset\./,
  });
  // An answer that is remembered, of a dataset with the number and the revision of the one that comes.
  const counted = async () => (await statistics(other, id)).categories;
  assert.deepEqual(await counted(), []);

  await loadSnapshot(other, snapshot, { replace: true, jobId });
  assert.deepEqual(
    (await listDatasets(other)).map(({ name }) => name),
    ['blood cells'],
  );
  assert.deepEqual(
    await exportedDataset(other, datasetId),
    await exportedDataset(store, datasetId),
  );
  assert.notDeepEqual(await counted(), []);
  // The job that does it stays; those that could be repeated on the wrong data go.
  const { rows } = await other.pool.query('select id, dataset_id from job');
  assert.deepEqual(rows, [{ id: jobId, dataset_id: null }]);
  assert.deepEqual(await schemaOf(other.pool), await schemaOf((await testStore()).pool));
});

async function insertJob(store: Store, state: string, datasetId?: number): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into job (id, message_id, kind, title, params, created_by, dataset_id, state)
     values (gen_random_uuid(), gen_random_uuid(), 'import', '"Import into cells"', '{}', 'aiko', $1, $2)
     returning id`,
    [datasetId ?? null, state],
  );
  return rows[0].id;
}

test('what fails on the way leaves everything as it was', async () => {
  const { store } = await bloodCellStore();
  const { migrations: names, tables, rows } = await saved(store);
  const other = await testStore();
  await createDataset(other, { name: 'mine' });
  const before = await rowCounts(other);
  const bytes = new Map<string, Buffer>();
  for (const table of tables) bytes.set(table.name, await buffer(rows(table)));
  const replaced = (name: string, text: Buffer | string) =>
    savedAs(names, tables, (table) => (table === name ? Buffer.from(text) : bytes.get(table)!));
  const images = bytes.get('image')!.toString();
  const cases: [string, SavedSnapshot, object][] = [
    [
      'a row too few',
      replaced('image', images.slice(images.indexOf('\n') + 1)),
      { code: 'bad-backup' },
    ],
    ['half a row', replaced('image', images.slice(0, -30)), { code: 'bad-backup' }],
    ['no such dataset', replaced('dataset', ''), { code: 'bad-backup' }],
    [
      'another table',
      savedAs(names, [...tables, { ...tables[0], name: 'pg_authid' }], () => Buffer.from('')),
      { code: 'bad-backup' },
    ],
    [
      'another column',
      savedAs(
        names,
        [{ ...tables[0], columns: ['name); drop table image; --'] }, ...tables.slice(1)],
        () => Buffer.from(''),
      ),
      { code: 'bad-backup' },
    ],
    [
      'a file that breaks off',
      {
        migrations: names,
        tables,
        rows: ({ name }) =>
          (async function* () {
            yield bytes.get(name)!;
            if (name === 'annotation') throw new Error('the disk went away');
          })(),
      },
      { message: 'the disk went away' },
    ],
  ];
  for (const [what, snapshot, expected] of cases) {
    await assert.rejects(loadSnapshot(other, snapshot, { replace: true }), expected, what);
    assert.deepEqual(await rowCounts(other), before, what);
  }
  await assert.rejects(
    loadSnapshot(
      other,
      savedAs(names, tables, (name) => bytes.get(name)!),
      {
        replace: true,
        beforeCommit: async () => {
          throw new Error('cancelled');
        },
      },
    ),
    { message: 'cancelled' },
  );
  assert.deepEqual(await rowCounts(other), before);
  assert.deepEqual(await schemaOf(other.pool), await schemaOf((await testStore()).pool));
});

test('jobs that are under way keep a restore from beginning', async () => {
  const { store } = await bloodCellStore();
  const snapshot = await saved(store);
  await insertJob(store, 'queued');
  await assert.rejects(loadSnapshot(store, snapshot, { replace: true }), {
    code: 'workspace-busy',
    message: /“Import into cells” \(queued\)/,
  });
});
