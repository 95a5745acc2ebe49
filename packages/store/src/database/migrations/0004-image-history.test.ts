import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../annotations/apply-edits.ts';
import { undoRevision } from '../../datasets/undo-revision.ts';
import { getImage } from '../../images/image.ts';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../store.ts';
import { datasets } from './0001-datasets.ts';
import { jobs } from './0002-jobs.ts';
import { apiTokens } from './0003-api-tokens.ts';
import { imageHistory } from './0004-image-history.ts';

test('0004 keeps images as they are, and from then on what they were', async () => {
  const pool = await testDatabase();
  const before = [datasets, jobs, apiTokens];
  await migrate(pool, before);
  await pool.query(`
    insert into dataset (name, revision, next_image_id) values ('cells', 1, 2);
    insert into revision (dataset_id, revision, author, kind, result) values (1, 1, 'aiko', 'import', '{}');
    insert into image (dataset_id, image_id, file_name, status, tags, added_revision)
      values (1, 1, 'a.jpg', 'review', '{night}', 1);
    insert into image_life (dataset_id, image_id, born) values (1, 1, 1)`);
  assert.deepEqual(await migrate(pool, [...before, imageHistory]), ['0004-image-history']);
  await migrate(pool);

  const store = openStore({ pool });
  const labels = async () => {
    const { status, tags } = await getImage(store, 1, 1);
    return { status, tags };
  };
  assert.deepEqual(await labels(), { status: 'review', tags: ['night'] });
  const edits = [
    { do: 'set-status', imageId: 1, status: 'done' },
    { do: 'tag', imageId: 1, add: ['cold'], remove: ['night'] },
  ] as const;
  const { revision } = await applyEdits(store, 1, edits, { author: 'aiko' });
  assert.deepEqual(await labels(), { status: 'done', tags: ['cold'] });
  await undoRevision(store, 1, revision, { author: 'aiko' });
  assert.deepEqual(await labels(), { status: 'review', tags: ['night'] });
  await pool.query('delete from dataset');
  assert.deepEqual((await pool.query('select * from image_history')).rows, []);
});
