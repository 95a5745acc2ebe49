import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facets } from '../../query/facets.ts';
import { checkCounts } from '../../testing/check-counts.ts';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../store.ts';
import { migrations } from './index.ts';

test('0005 packs the counts that images have', async () => {
  const pool = await testDatabase();
  const index = migrations.findIndex(({ name }) => name === '0005-image-tallies');
  await migrate(pool, migrations.slice(0, index));
  await pool.query(`
    insert into dataset (name, revision, next_image_id, next_annotation_id) values ('cells', 1, 3, 4);
    insert into revision (dataset_id, revision, author, kind, result) values (1, 1, 'aiko', 'import', '{}');
    insert into category (dataset_id, category_id, name, position, born)
      values (1, 7, 'RBC', 0, 1), (1, 8, 'WBC', 1, 1);
    insert into image (dataset_id, image_id, file_name, added_revision, object_count, least_score)
      values (1, 1, 'a.jpg', 1, 3, 0.5), (1, 2, 'b.jpg', 1, 0, null);
    insert into image_life (dataset_id, image_id, born) values (1, 1, 1), (1, 2, 1);
    insert into annotation
        (dataset_id, annotation_id, image_id, category_id, score, origin, state, author, born)
      values (1, 1, 1, 8, null, 'human', 'accepted', 'aiko', 1),
        (1, 2, 1, 7, 0.5, 'model yolo@1', 'proposed', 'aiko', 1),
        (1, 3, 1, 7, 1, 'model yolo@1', 'proposed', 'aiko', 1);
    insert into image_category (dataset_id, category_id, image_id, count) values (1, 7, 1, 2), (1, 8, 1, 1);
    insert into image_origin (dataset_id, origin, image_id, count)
      values (1, 'human', 1, 1), (1, 'model yolo@1', 1, 2);
    insert into image_score (dataset_id, bin, image_id, count) values (1, 10, 1, 1), (1, 19, 1, 1)`);
  await migrate(pool);

  const store = openStore({ pool });
  await checkCounts(store, 1);
  const { categories, origins, scores } = await facets(store, 1);
  assert.deepEqual(
    categories.map(({ name, imageCount, objectCount }) => [name, imageCount, objectCount]),
    [
      ['RBC', 1, 2],
      ['WBC', 1, 1],
    ],
  );
  assert.deepEqual(
    origins.map(({ origin, objectCount }) => [origin, objectCount]),
    [
      ['human', 1],
      ['model yolo@1', 2],
    ],
  );
  assert.deepEqual(
    scores.flatMap(({ from, objectCount }) => (objectCount > 0 ? [[from, objectCount]] : [])),
    [
      [0.5, 1],
      [0.95, 1],
    ],
  );
});
