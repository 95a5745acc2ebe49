import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facets } from '../../query/facets.ts';
import { imagePage } from '../../query/image-page.ts';
import { checkCounts } from '../../testing/check-counts.ts';
import { testDatabase } from '../../testing/test-store.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../store.ts';
import { migrations } from './index.ts';

test('0006 counts what states and shapes objects have, none of which anybody has looked at', async () => {
  const pool = await testDatabase();
  const index = migrations.findIndex(({ name }) => name === '0006-review');
  await migrate(pool, migrations.slice(0, index));
  await pool.query(`
    insert into dataset (name, revision, next_image_id, next_annotation_id) values ('cells', 1, 3, 9);
    insert into revision (dataset_id, revision, author, kind, result) values (1, 1, 'aiko', 'import', '{}');
    insert into category (dataset_id, category_id, name, position, born) values (1, 7, 'RBC', 0, 1);
    insert into image (dataset_id, image_id, file_name, added_revision, object_count)
      values (1, 1, 'a.jpg', 1, 7), (1, 2, 'b.jpg', 1, 0);
    insert into image_life (dataset_id, image_id, born) values (1, 1, 1), (1, 2, 1);
    insert into annotation (dataset_id, annotation_id, image_id, category_id, bbox_width, segmentation,
        keypoints, iscrowd, caption, attributes, origin, state, author, born)
      values
        (1, 1, 1, 7, 5, null, null, 0, null, null, 'import', 'accepted', 'aiko', 1),
        (1, 2, 1, 7, 5, '[]', '{}', 0, null, null, 'model m@1', 'proposed', 'aiko', 1),
        (1, 3, 1, 7, 5, '[[1,2,3,4,5,6]]', null, 0, null, null, 'import', 'accepted', 'aiko', 1),
        (1, 4, 1, 7, 5, '[[1,2,3,4,5,6]]', null, 0, null, '{"rotation": 5}', 'import', 'accepted', 'aiko', 1),
        (1, 5, 1, 7, 5, '{"size":[1,1],"counts":[1]}', '{1,2,2}', 1, null, null, 'import', 'accepted', 'aiko', 1),
        (1, 6, 1, 7, null, null, null, null, null, null, 'import', 'accepted', 'aiko', 1),
        (1, 7, 1, null, null, null, null, null, 'A cell', null, 'import', 'accepted', 'aiko', 1),
        (1, 8, 2, 7, 5, null, null, 0, null, null, 'model m@1', 'rejected', 'aiko', 1);
    insert into image_category (dataset_id, category_id, image_id, count) values (1, 7, 1, 6);
    insert into image_origin (dataset_id, origin, image_id, count)
      values (1, 'import', 1, 6), (1, 'model m@1', 1, 1);
    insert into image_tally values (1, 1, '{7}', '{6}', '{import,model m@1}', '{6,1}', '{}', '{}')`);
  await migrate(pool);

  const store = openStore({ pool });
  await checkCounts(store, 1);
  const { shapes, states, reviewed } = await facets(store, 1);
  assert.deepEqual(
    shapes.map(({ shape, objectCount }) => [shape, objectCount]),
    [
      ['box', 2],
      ['rotated', 1],
      ['polygon', 1],
      ['mask', 1],
      ['keypoints', 1],
      ['crowd', 1],
      ['label', 1],
      ['caption', 1],
    ],
  );
  assert.deepEqual(
    states.map(({ state, imageCount, objectCount }) => [state, imageCount, objectCount]),
    [
      ['accepted', 1, 6],
      ['proposed', 1, 1],
      ['rejected', 1, 1],
    ],
  );
  assert.deepEqual(reviewed, { imageCount: 0, unreviewedObjectCount: 7 });
  const { images } = await imagePage(store, 1, { query: 'has:rotated has:mask' });
  assert.deepEqual(
    images.map(({ proposalCount }) => proposalCount),
    [1],
  );
});
