import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagePage } from '../../query/image-page.ts';
import { checkCounts } from '../../testing/check-counts.ts';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../store.ts';
import { migrations } from './index.ts';

test('0008 measures the objects that images have', async () => {
  const pool = await testDatabase();
  const index = migrations.findIndex(({ name }) => name === '0008-object-areas');
  await migrate(pool, migrations.slice(0, index));
  await pool.query(`
    insert into dataset (name, revision, next_image_id, next_annotation_id) values ('cells', 1, 4, 6);
    insert into image (dataset_id, image_id, file_name, added_revision, object_count)
      values (1, 1, 'a.jpg', 1, 2), (1, 2, 'b.jpg', 1, 1), (1, 3, 'empty.jpg', 1, 0);
    insert into image_life (dataset_id, image_id, born) values (1, 1, 1), (1, 2, 1), (1, 3, 1);
    insert into annotation
        (dataset_id, annotation_id, image_id, bbox_width, bbox_height, area, origin, state, author, born)
      values (1, 1, 1, 3, 4, null, 'human', 'accepted', 'aiko', 1),
        (1, 2, 1, 9, 9, 50, 'human', 'accepted', 'aiko', 1),
        (1, 3, 1, 1, 1, 1, 'model yolo@1', 'rejected', 'aiko', 1),
        (1, 4, 2, 5, 4, 'NaN', 'human', 'accepted', 'aiko', 1);
    insert into image_origin (dataset_id, origin, image_id, count)
      values (1, 'human', 1, 2), (1, 'human', 2, 1);
    insert into image_tally (dataset_id, image_id, category_ids, category_counts, origins,
        origin_counts, score_bins, score_counts, state_counts, unreviewed_count, shape_counts)
      values (1, 1, '{}', '{}', '{human}', '{2}', '{}', '{}', '{2,0,1}', 2, '{2,0,0,0,0,0,0,0}'),
        (1, 2, '{}', '{}', '{human}', '{1}', '{}', '{}', '{1,0,0}', 1, '{1,0,0,0,0,0,0,0}')`);
  await migrate(pool);

  const store = openStore({ pool });
  await checkCounts(store, 1);
  const namesBy = async (sort: string) =>
    (await imagePage(store, 1, { sort })).images.map(({ fileName }) => fileName);
  assert.deepEqual(await namesBy('area'), ['a.jpg', 'b.jpg', 'empty.jpg']);
  assert.deepEqual(await namesBy('-area'), ['a.jpg', 'b.jpg', 'empty.jpg']);
});
