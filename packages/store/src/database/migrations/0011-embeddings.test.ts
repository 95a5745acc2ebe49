import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEmbeddings, replaceEmbeddings } from '../../embeddings/dataset-embeddings.ts';
import { imagePage } from '../../query/image-page.ts';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../store.ts';
import { migrations } from './index.ts';

test('0011 leaves what is there as it is, unseen by any model', async () => {
  const pool = await testDatabase();
  const index = migrations.findIndex(({ name }) => name === '0011-embeddings');
  await migrate(pool, migrations.slice(0, index));
  await pool.query(`insert into dataset (name, revision, next_image_id) values ('cells', 1, 2);
    insert into revision (dataset_id, revision, author, kind, result) values (1, 1, 'aiko', 'import', '{}');
    insert into image (dataset_id, image_id, file_name, added_revision) values (1, 1, 'a.jpg', 1);
    insert into image_life (dataset_id, image_id, born) values (1, 1, 1)`);
  await migrate(pool);
  const store = openStore({ pool });
  assert.equal(await getEmbeddings(store, 1), null);
  assert.equal((await imagePage(store, 1, { sort: '-outlier' })).images.length, 1);
  const made = { model: { modelId: 1, name: 'm', version: 1 }, modelSha256: 'ab', dimensions: 4 };
  await replaceEmbeddings(store, 1, made, []);
  assert.equal((await getEmbeddings(store, 1))?.imageCount, 0);
});
