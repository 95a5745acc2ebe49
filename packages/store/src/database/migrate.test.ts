import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../testing/test-store.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';
import { migrations } from './migrations/index.ts';

const people: Migration = {
  name: '0001-people',
  sql: "create table person (name text); insert into person values ('Ada')",
};
const ages: Migration = {
  name: '0002-ages',
  sql: 'alter table person add age int; update person set age = 36',
};

test('migrations run once, in order, over the data that is there', async () => {
  const pool = await testDatabase();
  assert.deepEqual(await migrate(pool, [people]), ['0001-people']);
  assert.deepEqual(await migrate(pool, [people, ages]), ['0002-ages']);
  assert.deepEqual(await migrate(pool, [people, ages]), []);
  const { rows } = await pool.query('select * from person');
  assert.deepEqual(rows, [{ name: 'Ada', age: 36 }]);
});

test('processes that migrate at the same time wait for each other', async () => {
  const pool = await testDatabase();
  const ran = await Promise.all([1, 2, 3].map(() => migrate(pool, [people, ages])));
  assert.deepEqual(ran.flat().sort(), ['0001-people', '0002-ages']);
});

test('a failing migration leaves the database as it was', async () => {
  const pool = await testDatabase();
  const broken = { name: '0002-broken', sql: 'delete from person; select 1 / 0' };
  await assert.rejects(migrate(pool, [people, broken]), /0002-broken failed/);
  assert.deepEqual(await migrate(pool, [people]), []);
  assert.equal((await pool.query('select * from person')).rowCount, 1);
});

test('a database of a newer program is refused and not touched', async () => {
  const pool = await testDatabase();
  await migrate(pool, [people, ages]);
  await assert.rejects(migrate(pool, [people]), {
    code: 'newer-database',
    message: /at 0001-people or before, found one at 0002-ages\. Update the program/,
  });
});

test('the migrations of the store are numbered without a gap', () => {
  migrations.forEach(({ name }, index) => {
    assert.match(name, new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z-]+$`));
  });
});
