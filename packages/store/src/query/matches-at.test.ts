import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import { versionExtent } from '../coco-files/version-extent.ts';
import type { Store } from '../database/store.ts';
import { changeCategory, deleteCategory } from '../datasets/category.ts';
import { createVersion } from '../datasets/version.ts';
import { addPictures } from '../images/add-pictures.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { fields, keyedFields } from './fields.ts';

const author = 'ada';

/** Of every field that is a part of the dataset: queries of which the first finds others after `changeAll` than before it. */
const asked: Record<string, string[]> = {
  name: ['name:*.jpg', 'name:b.jpg', 'name:new.jpg'],
  id: ['id<20', 'id:2..5'],
  status: ['status:review', '-status:done', 'status:new,in_progress'],
  tag: ['tag:night', 'tag:*dusk', '-tag:night'],
  is: ['is:missing', 'is:labelled', 'is:unlabelled', 'is:tagged'],
  width: ['width>1000', 'width:640'],
  height: ['height:960'],
  bytes: ['bytes>0', 'bytes:10'],
  captured: ['captured:2024-05-31', '-captured:2024'],
  added: ['added>2000'],
  split: ['split:train', 'split:val,test'],
  proposals: ['proposals>0', 'proposals:0'],
  comments: ['comments:open', 'comments:resolved', 'comments:none', 'comments:any'],
  comment: ['comment:blurred', 'comment:fine'],
  count: ['count(WBC)>0', 'count>3', 'count(RBC):0', 'count(*BC)<=1'],
  category: ['category:WBC', '-category:Platelets', 'category:*BC'],
  origin: ['origin:model', 'origin:human', 'origin:yolo*'],
  score: ['score<0.35', 'object(category:RBC score>0.5)', 'score>=0.9'],
  state: ['state:proposed', 'state:rejected', 'object(state:accepted score<0.5)'],
  area: ['area<150', 'area>3000'],
  boxwidth: ['boxwidth:10'],
  boxheight: ['boxheight:10'],
  boxside: ['boxside:9..11'],
  aspect: ['aspect:1', 'aspect<1'],
  centerx: ['centerx<0.01'],
  centery: ['centery<0.02'],
  author: ['author:grace', 'author:ada'],
  caption: ['caption:cells', 'caption:"two cells"'],
  crowd: ['crowd:yes', 'object(crowd:no category:WBC)'],
  has: ['has:crowd', 'has:polygon', 'has:caption,box'],
  reviewed: ['reviewed:yes', 'reviewed:no', 'object(reviewed:yes category:RBC)'],
  reviewer: ['reviewer:grace', 'reviewer:ada', 'object(reviewer:grace)'],
  annotation: ['annotation:4', 'annotation<3'],
  meta: ['meta.gain>10', 'meta.camera:X'],
  attribute: ['attribute.occluded:true', '-attribute.occluded:true'],
};

const both = [
  '',
  'tag:night or (status:done -category:RBC)',
  'object(category:WBC score<0.5) tag:night',
];

const box = (category_id: number, bbox: [number, number, number, number], more = {}) => ({
  category_id,
  bbox,
  area: bbox[2] * bbox[3],
  ...more,
});

const picture = (fileName: string, byteSize: number) => ({
  fileName,
  sha256: byteSize.toString(16).padStart(64, '0'),
  byteSize,
  mediaType: 'image/jpeg',
  width: 640,
  height: 480,
});

async function prepare(store: Store, datasetId: number): Promise<string> {
  const commentId = randomUUID();
  const edit = (edits: Parameters<typeof applyEdits>[2], by = author) =>
    applyEdits(store, datasetId, edits, { author: by });
  await addPictures(
    store,
    datasetId,
    [{ ...picture('day1/a.jpg', 10), metadata: { camera: 'X' } }],
    {
      author,
    },
  );
  const proposal = { do: 'add', imageId: 3, origin: 'model yolo@3', state: 'proposed' } as const;
  await edit([
    { do: 'set-status', imageId: 1, status: 'review' },
    { do: 'tag', imageId: 1, add: ['night', 'late dusk'] },
    { do: 'tag', imageId: 2, add: ['night'] },
    { ...proposal, fields: box(1, [5, 5, 8, 8], { score: 0.3 }) },
    { ...proposal, fields: box(2, [9, 5, 8, 8], { score: 0.95 }) },
    { do: 'add', imageId: 4, fields: box(3, [1, 1, 2, 2], { score: 0.05 }), state: 'rejected' },
    { do: 'add', imageId: 3, fields: { caption: 'two cells' } },
    { do: 'comment', imageId: 2, comment: { commentId, text: 'blurred' } },
  ]);
  await edit(
    [
      { do: 'add', imageId: 1, fields: box(1, [0, 0, 10, 10]) },
      { do: 'review', annotationId: 1, isReviewed: true },
      { do: 'review', annotationId: 5, isReviewed: true },
      { do: 'review', annotationId: 6, isReviewed: true },
      { do: 'review-image', imageId: 2, isReviewed: true },
    ],
    'grace',
  );
  return commentId;
}

/** Nothing stays as it was. */
async function changeAll(store: Store, datasetId: number, commentId: string): Promise<void> {
  const edit = (edits: Parameters<typeof applyEdits>[2], by = 'eve') =>
    applyEdits(store, datasetId, edits, { author: by });
  const images = bloodCells.images.map((image) => ({
    ...image,
    width: 800,
    height: 600,
    split: 'test',
    gain: 1,
    date_captured: '2025-01-01 10:00:00',
  }));
  await importCoco(
    store,
    datasetId,
    batchesOf({
      ...bloodCells,
      images: [...images, { id: 9, file_name: 'new.jpg', width: 1280, height: 960 }],
      annotations: bloodCells.annotations!.map((each) => ({ ...each, iscrowd: 0 })),
    }),
    { author: 'eve', mode: 'update' },
  );
  await addPictures(
    store,
    datasetId,
    [picture('day1/b.jpg', 20), { ...picture('day1/a.jpg', 30), metadata: { camera: 'Y' } }],
    { author: 'eve', replace: true },
  );
  await edit([
    { do: 'review', annotationId: 1, isReviewed: false },
    { do: 'review-image', imageId: 2, isReviewed: false },
    { do: 'review-image', imageId: 4, isReviewed: true },
  ]);
  await edit([{ do: 'review', annotationId: 5, isReviewed: true }], 'heidi');
  await edit([{ do: 'review', annotationId: 6, isReviewed: false }]);
  await edit([
    { do: 'set-status', imageId: 1, status: 'done' },
    { do: 'set-status', imageId: 4, status: 'review' },
    { do: 'tag', imageId: 1, remove: ['night', 'late dusk'] },
    { do: 'tag', imageId: 4, add: ['night'] },
    { do: 'resolve-comment', commentId, isResolved: true },
    { do: 'comment', imageId: 4, comment: { commentId: randomUUID(), text: 'blurred' } },
    { do: 'change', annotationId: 1, fields: box(2, [300, 200, 40, 20], { attributes: null }) },
    {
      do: 'change',
      annotationId: 3,
      fields: { attributes: null, segmentation: [[1, 1, 9, 1, 9, 9]] },
    },
    { do: 'remove', annotationId: 4 },
    { do: 'remove', annotationId: 5 },
    { do: 'change', annotationId: 8, fields: { score: null } },
    { do: 'remove', annotationId: 9 },
    { do: 'restore', annotationId: 4, fields: { score: null } },
    { do: 'remove', annotationId: 4 },
    { do: 'remove', annotationId: 11 },
    { do: 'remove', annotationId: 12 },
    { do: 'add', imageId: 4, fields: box(1, [0, 0, 10, 10]) },
  ]);
  await edit([{ do: 'edit-comment', commentId, text: 'fine' }], author);
  await changeCategory(store, datasetId, 2, { name: 'leukocyte' }, { author: 'eve' });
  await deleteCategory(store, datasetId, 3, { author: 'eve' }).catch(() => {});
}

test('a version is asked as it was: each filter finds in it what it found before everything changed', async () => {
  const { store, datasetId } = await bloodCellStore();
  const commentId = await prepare(store, datasetId);
  await createVersion(store, datasetId, { name: 'v1', author });
  const ofDataset = Object.entries(fields).filter(([, { beside }]) => beside === undefined);
  assert.deepEqual(
    Object.keys(asked),
    [...ofDataset.map(([name]) => name), ...Object.keys(keyedFields)],
    'a new field is asked of a version, too',
  );
  const queries = [...Object.values(asked).flat(), ...both];
  const exportOf = (query: string, at?: string | number) =>
    exportedDataset(store, datasetId, { query, at, withReview: true });
  const before = new Map<string, Awaited<ReturnType<typeof exportOf>>>();
  for (const query of queries) before.set(query, await exportOf(query));
  await changeAll(store, datasetId, commentId);
  const ids = (of: readonly Record<string, unknown>[] | undefined) => of?.map(({ id }) => id);
  const unseen: string[] = [];
  for (const [name, [query]] of Object.entries(asked)) {
    const now = await exportOf(query).catch(() => null);
    if (isDeepStrictEqual(ids(now?.images), ids(before.get(query)!.images))) unseen.push(name);
  }
  assert.deepEqual(unseen, [], 'every field finds others now');
  await applyBulkEdit(store, datasetId, { query: '' }, { do: 'delete-images' }, { author: 'eve' });
  for (const query of queries) {
    const { images, annotations } = await exportOf(query, 'v1');
    const expected = before.get(query)!;
    assert.deepEqual(ids(images), ids(expected.images), query);
    assert.deepEqual(ids(annotations), ids(expected.annotations), query);
    const extent = await versionExtent(store, datasetId, { at: 'v1', query });
    const { annotations: objects, captions = [] } = expected as Record<string, unknown[]>;
    assert.deepEqual(
      extent,
      {
        imageCount: expected.images.length,
        annotationCount: objects.length + captions.length,
        categories: ['RBC', 'WBC', 'Platelets'],
      },
      query,
    );
  }
  const marks = (of: readonly Record<string, unknown>[]) =>
    of.map(({ id, migaki }) => [id, (migaki as { reviewed?: object } | undefined)?.reviewed]);
  const [then, expected] = [await exportOf('', 'v1'), before.get('')!];
  assert.deepEqual(marks(then.annotations), marks(expected.annotations), 'as marked then');
  const misspelt = { at: 'v1', query: 'stauts:done' };
  await assert.rejects(versionExtent(store, datasetId, misspelt), { code: 'bad-query' });
});
