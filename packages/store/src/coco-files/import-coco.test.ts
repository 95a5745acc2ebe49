import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CocoDataset, isSegmentation, streamJson } from '@migaki/coco';
import { applyBulkEdit } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import { annotationsOfImages } from '../annotations/live-annotation.ts';
import { listCategories } from '../datasets/category.ts';
import { createDataset, getDataset } from '../datasets/dataset.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { addPictures } from '../images/add-pictures.ts';
import { getImage } from '../images/image.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { bloodCellStore, bloodCells } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import { exportCoco } from './export-coco.ts';
import { importCoco } from './import-coco.ts';
import { batchesOf } from './staging.ts';

const author = 'ada';

test('a second file is merged: images by name, categories by name, annotations by what they say', async () => {
  const { store, datasetId } = await bloodCellStore();
  const second: CocoDataset = {
    images: [
      { id: 1, file_name: 'new.jpg', width: 5, height: 5 },
      { id: 2, file_name: 'day1/a.jpg', width: 640, height: 480, license: 3 },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 9, bbox: [1, 1, 1, 1] },
      // Said of this image already, and said once more than before.
      { id: 2, image_id: 2, category_id: 1, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0 },
      { id: 3, image_id: 2, category_id: 1, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0 },
    ],
    categories: [
      { id: 9, name: 'Parasite' },
      { id: 1, name: 'RBC' },
    ],
  };
  const result = await importCoco(store, datasetId, batchesOf(second), { author });
  assert.deepEqual(
    {
      ...result,
      leftOut: result.leftOut.map(({ reason, count, samples }) => [reason, count, samples]),
    },
    {
      imagesAdded: 1,
      imagesKnown: 1,
      imagesChanged: 1,
      annotationsAdded: 2,
      annotationsKnown: 1,
      annotationsChanged: 0,
      annotationsAbsent: 0,
      annotationsDeleted: 0,
      categoriesAdded: 1,
      revision: 2,
      isUnchanged: false,
      leftOut: [
        ['image-renumbered', 1, ['new.jpg']],
        ['annotation-renumbered', 2, ['1 became 8', '3 became 9']],
      ],
    },
  );
  assert.equal((await getImage(store, datasetId, 1)).coco.license, 3);
  assert.equal((await getImage(store, datasetId, 5)).fileName, 'new.jpg');
  assert.deepEqual(
    (await listCategories(store, datasetId)).map(({ coco, annotationCount }) => [
      coco.name,
      annotationCount,
    ]),
    [
      ['RBC', 5],
      ['WBC', 3],
      ['Platelets', 0],
      ['Parasite', 1],
    ],
  );
  await checkCounts(store, datasetId);
});

test('in an update, an annotation of the same id on the same image becomes what the file says', async () => {
  const { store, datasetId } = await bloodCellStore();
  const edited = structuredClone(bloodCells);
  edited.annotations[0].area = 101;
  edited.annotations[6].category_id = 1;
  edited.images[0].width = 641;
  const first = await importCoco(store, datasetId, batchesOf(edited), { author, mode: 'update' });
  assert.equal(first.annotationsChanged, 2);
  assert.equal(first.annotationsKnown, 5);
  assert.equal(first.annotationsAdded, 0);
  assert.equal(first.imagesChanged, 1);
  const { annotations, images } = await exportedDataset(store, datasetId);
  const byId = annotations.toSorted((a, b) => Number(a.id) - Number(b.id));
  assert.deepEqual(byId, edited.annotations);
  assert.equal(images[0].width, 641);
  const again = await importCoco(store, datasetId, batchesOf(edited), { author, mode: 'update' });
  assert.equal(again.isUnchanged, true);
  await checkCounts(store, datasetId);
});

test('what an updated file lacks of its images is counted and stays, or is deleted until that is undone', async () => {
  const { store, datasetId } = await bloodCellStore();
  const words = { id: 1, image_id: 1, caption: 'a smear' };
  const captions = { ...bloodCells, annotations: [words], categories: [] };
  await importCoco(store, datasetId, batchesOf(captions as unknown as CocoDataset), { author });
  const before = await exportedDataset(store, datasetId);
  const [first, second, ...others] = bloodCells.annotations;
  // Image 3 is not in the file, so that nothing is said of its objects.
  const edited: CocoDataset = {
    ...bloodCells,
    images: bloodCells.images.filter(({ id }) => id !== 3),
    // Known by what it says, not by its id.
    annotations: [{ ...second, id: 99 }, ...others.filter((each) => each.image_id !== 3)],
  };
  const update = await importCoco(store, datasetId, batchesOf(edited), { author, mode: 'update' });
  assert.deepEqual(
    [update.annotationsAbsent, update.annotationsDeleted, update.isUnchanged],
    [1, 0, true],
  );
  const replace = () =>
    importCoco(store, datasetId, batchesOf(edited), { author, mode: 'replace' });
  const { revision, annotationsAbsent, annotationsDeleted } = await replace();
  assert.deepEqual([annotationsAbsent, annotationsDeleted], [0, 1]);
  const after = await exportedDataset(store, datasetId);
  assert.deepEqual(
    after.annotations,
    before.annotations.filter(({ id }) => id !== first.id),
  );
  await checkCounts(store, datasetId);
  assert.equal((await replace()).isUnchanged, true);
  await undoRevision(store, datasetId, revision, { author });
  assert.deepEqual(await exportedDataset(store, datasetId), before);

  const empty = { ...edited, annotations: [] };
  const none = await importCoco(store, datasetId, batchesOf(empty), { author, mode: 'replace' });
  assert.equal(none.annotationsDeleted, 6, 'all objects of its images, and no caption');
  await checkCounts(store, datasetId);
});

test('what cannot be taken as it came is counted with examples', async () => {
  const store = await testStore();
  const { id } = await createDataset(store, { name: 'odd' });
  const odd = {
    info: { version: 1 },
    images: [
      { id: 1, file_name: 'a.jpg' },
      { id: 1, file_name: 'b.jpg' },
      { id: 2, file_name: 'a.jpg' },
      { id: '3', file_name: 'c.jpg' },
      { id: 4 },
      7,
    ],
    annotations: [
      { id: 1, image_id: 1 },
      { id: 1, image_id: 2 },
      { id: 2, image_id: 99 },
      { id: 3 },
      { id: 4, image_id: 1, category_id: 77 },
    ],
    categories: [{ id: 1, name: 'x' }, { id: 2 }, null],
  } as unknown as CocoDataset;
  const { leftOut, ...counts } = await importCoco(store, id, batchesOf(odd), { author });
  assert.deepEqual(Object.fromEntries(leftOut.map(({ reason, count }) => [reason, count])), {
    'image-without-file-name': 2,
    'image-without-id': 1,
    'image-id-repeated': 1,
    'image-repeated': 1,
    'annotation-without-image': 2,
    'annotation-unknown-category': 1,
    'annotation-renumbered': 1,
    'category-without-name': 2,
  });
  assert.equal(counts.imagesAdded, 3);
  const { annotations } = await exportedDataset(store, id);
  assert.deepEqual(annotations, [
    { id: 1, image_id: 1 },
    { id: 4, image_id: 1, category_id: 77 },
    { id: 5, image_id: 1 },
  ]);
  const other = { ...odd, images: [], annotations: [], categories: [], info: { version: 2 } };
  const second = await importCoco(store, id, batchesOf(other), { author });
  assert.deepEqual(second.leftOut, [{ reason: 'section-kept', count: 1, samples: ['info'] }]);
  await assert.rejects(
    importCoco(store, id, batchesOf({ ...odd, images: {} } as unknown as CocoDataset), { author }),
    { code: 'bad-import', message: /^\$\.images: expected an array of records, found object/ },
  );
});

test('what nobody can draw is told, shown to nobody and written as it came', async () => {
  const store = await testStore();
  const { id } = await createDataset(store, { name: 'odd' });
  const image = { file_name: 'a.jpg', width: 4, height: 3 };
  const shapes: Record<string, unknown>[] = [
    { bbox: [1, 1, 2, 2], segmentation: [[0, 0, 2, 0, 2, 2]], keypoints: [1, 1, 2] },
    { bbox: [Number.NaN, 0, 1, 1] },
    { bbox: 'abc', area: 'large' },
    { bbox: [1, 2, 3] },
    { bbox: [0, 0, 1, 1], segmentation: [[0, 0, 2, 0, Number.POSITIVE_INFINITY, 2]] },
    { bbox: [0, 0, 1, 1], segmentation: { size: [3, 4], counts: '\u007f!' } },
    { bbox: [0, 0, 1, 1], segmentation: { size: [3, 4], counts: [2, 2] } },
    { keypoints: [1, Number.NaN, 2] },
    // Says that there is none, which is no fault.
    { bbox: [0, 0, 1, 1], segmentation: [], keypoints: null },
    { bbox: [0, 0, 1, 1], category_id: 77 },
  ];
  const annotations = shapes.map((shape, index) => ({
    id: index + 1,
    image_id: 1,
    category_id: 1,
    ...shape,
  }));
  const file = {
    images: [{ id: 1, ...image }],
    annotations,
    categories: [{ id: 1, name: 'cell' }],
  } as unknown as CocoDataset;
  const { leftOut } = await importCoco(store, id, batchesOf(file), { author });
  assert.deepEqual(
    leftOut.map(({ reason, count, samples }) => [reason, count, samples[0]]),
    [
      ['annotation-unreadable-shape', 7, 'annotations[1].bbox'],
      ['annotation-unknown-category', 1, 'annotation 10 of category 77'],
    ],
  );
  const exported = await exportCoco(store, id, {}, (root) => Array.fromAsync(root.annotations));
  assert.deepEqual(exported, annotations);
  for (const { coco } of await annotationsOfImages(store, id, [1])) {
    const {
      bbox = [0],
      segmentation = [],
      keypoints = [0],
      area = 0,
      category_id: category,
    } = coco;
    assert.ok([...bbox, ...keypoints, area].every(Number.isFinite), `${coco.id}`);
    assert.ok(isSegmentation(segmentation), `${coco.id}`);
    assert.equal(category, coco.id === 10 ? undefined : 1);
  }
  await exportCoco(store, id, { onlyReadable: true }, async (root) => {
    for await (const { id: annotationId, bbox = [0] } of root.annotations) {
      assert.ok(bbox.every(Number.isFinite), `${annotationId}`);
    }
  });
});

test('captions have ids of their own, and come out in their own section', async () => {
  const store = await testStore();
  const { id } = await createDataset(store, { name: 'captions' });
  const file = {
    images: [{ id: 1, file_name: 'a.jpg' }],
    annotations: [{ id: 1, image_id: 1, category_id: 1 }],
    categories: [{ id: 1, name: 'bowl' }],
    captions: [
      { id: 1, image_id: 1, caption: 'a bowl' },
      { id: 2, image_id: 1, caption: 'soup' },
    ],
  } as unknown as CocoDataset;
  await importCoco(store, id, batchesOf(file), { author });
  assert.deepEqual(await exportedDataset(store, id), file);
  const again = await importCoco(store, id, batchesOf(file), { author });
  assert.equal(again.isUnchanged, true);
});

test("a model's results become proposals on the images they name", async () => {
  const { store, datasetId } = await bloodCellStore();
  const values = [
    { image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], score: 0.9 },
    { image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], score: 0.9 },
    { image_id: 99, category_id: 1, bbox: [0, 0, 10, 10], score: 0.9 },
  ];
  const results = [{ section: null, kind: 'elements' as const, firstIndex: 0, values }];
  const origin = 'model yolo@1';
  const { leftOut } = await importCoco(store, datasetId, results, { author, origin });
  assert.deepEqual(
    leftOut.map(({ reason, count }) => [reason, count]),
    [['annotation-without-image', 1]],
  );
  const proposed = await annotationsOfImages(store, datasetId, [1], { states: ['proposed'] });
  assert.deepEqual(
    proposed.map((annotation) => [annotation.origin, annotation.coco.score]),
    [
      [origin, 0.9],
      [origin, 0.9],
    ],
  );
  assert.equal((await exportedDataset(store, datasetId)).annotations.length, 7);
  const again = await importCoco(store, datasetId, results, { author, origin });
  assert.equal(again.isUnchanged, true);
  await checkCounts(store, datasetId);
});

test('results that are accepted are labels like others, and those that are changed are the person’s', async () => {
  const { store, datasetId } = await bloodCellStore();
  const values = [
    { image_id: 4, category_id: 1, bbox: [0, 0, 10, 20], score: 0.9 },
    { image_id: 4, category_id: 1, segmentation: { size: [3, 4], counts: [4, 2, 6] }, score: 0.8 },
  ];
  const results = [{ section: null, kind: 'elements' as const, firstIndex: 0, values }];
  await importCoco(store, datasetId, results, { author, state: 'proposed' });
  const states = { states: ['proposed' as const] };
  const [box, mask] = await annotationsOfImages(store, datasetId, [4], states);
  const edits = [
    { do: 'accept' as const, annotationId: box.annotationId },
    { do: 'change' as const, annotationId: mask.annotationId, fields: { category_id: 2 } },
  ];
  await applyEdits(store, datasetId, edits, { author: 'bob' });
  const after = await annotationsOfImages(store, datasetId, [4]);
  assert.deepEqual(
    after.map(({ coco: { id: _, ...fields }, origin }) => ({ ...fields, origin })),
    [
      { ...values[0], area: 200, iscrowd: 0, origin: 'import' },
      {
        image_id: 4,
        category_id: 2,
        segmentation: values[1].segmentation,
        bbox: [1, 1, 1, 2],
        area: 2,
        iscrowd: 0,
        origin: 'human',
      },
    ],
  );
});

test('people edit while a file is read; an import that is cut off leaves nothing behind', async () => {
  const { store, datasetId } = await bloodCellStore();
  const before = await exportedDataset(store, datasetId);
  const images = {
    section: 'images',
    kind: 'elements' as const,
    firstIndex: 0,
    values: [{ id: 50, file_name: 'z' }],
  };
  async function* cutOff() {
    yield images;
    const edit = { do: 'tag', imageId: 1, add: ['meanwhile'] } as const;
    assert.equal((await applyEdits(store, datasetId, [edit], { author })).revision, 2);
    // What `kill -9` of the importing process does to its connection.
    await store.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database() and query like 'copy staged%'`);
    await sleep(20);
    yield { ...images, section: 'annotations', values: [{ id: 1, image_id: 50 }] };
  }
  await assert.rejects(importCoco(store, datasetId, cutOff(), { author }));
  assert.deepEqual(await exportedDataset(store, datasetId), before);
  assert.equal((await getDataset(store, datasetId)).revision, 2);

  const aborting = new AbortController();
  async function* aborted() {
    yield images;
    aborting.abort();
    yield images;
  }
  await assert.rejects(
    importCoco(store, datasetId, aborted(), { author, signal: aborting.signal }),
    {
      name: 'AbortError',
    },
  );
  // The server drops a session's tables when it notices that nobody is there any more.
  const staged = async () =>
    (await store.pool.query("select 1 from pg_tables where tablename like 'staged%'")).rows;
  for (let tries = 0; tries < 100 && (await staged()).length > 0; tries++) await sleep(100);
  assert.deepEqual(await staged(), []);
  assert.equal((await importCoco(store, datasetId, [images], { author })).imagesAdded, 1);
});

test('what lies in the trash stays there when it is imported again, and can be restored', async () => {
  const { store, datasetId } = await bloodCellStore();
  const target = { imageIds: [1] };
  const picture = {
    fileName: 'day1/a.jpg',
    sha256: 'a'.repeat(64),
    byteSize: 10,
    mediaType: 'image/jpeg',
    width: 640,
    height: 480,
  };
  await addPictures(store, datasetId, [picture], { author });
  const before = await exportedDataset(store, datasetId);
  await applyBulkEdit(store, datasetId, target, { do: 'delete-images' }, { author });

  const options = { author, passesTrash: true };
  const again = await importCoco(store, datasetId, batchesOf(bloodCells), options);
  assert.deepEqual([again.imagesAdded, again.annotationsAdded, again.isUnchanged], [0, 0, true]);
  const told = again.leftOut.map(({ reason, count, samples }) => [reason, count, samples]);
  assert.deepEqual(
    told.filter(([reason]) => reason !== 'annotation-unreadable-shape'),
    [['image-in-trash', 1, ['day1/a.jpg']]],
  );
  const pictures = await addPictures(store, datasetId, [picture], options);
  assert.deepEqual(
    [pictures.added, pictures.trashed, pictures.isUnchanged],
    [0, ['day1/a.jpg'], true],
  );
  await applyBulkEdit(store, datasetId, target, { do: 'restore-images' }, { author });
  assert.deepEqual(await exportedDataset(store, datasetId), before);

  await applyBulkEdit(store, datasetId, target, { do: 'delete-images' }, { author });
  const other = { ...picture, sha256: 'b'.repeat(64) };
  assert.equal((await addPictures(store, datasetId, [other], options)).added, 1, 'another picture');
});

test('whole numbers that no double can tell apart are told', async () => {
  const { store, datasetId } = await bloodCellStore();
  const text = `{"images": [{"id": 90, "file_name": "n.jpg", "width": 8, "height": 8,
      "serial": {"of": [12345678901234567890]}}, {"id": 91, "file_name": "o.jpg", "width": 8, "height": 8,
      "serial": 9007199254740991}],
    "annotations": [{"id": 900, "image_id": 90, "category_id": 1, "bbox": [0, 0, 1, 1], "track": 9007199254740993}],
    "categories": [{"id": 1, "name": "RBC"}]}`;
  const { leftOut } = await importCoco(store, datasetId, streamJson([Buffer.from(text)]), {
    author,
  });
  const told = leftOut.filter(({ reason }) => reason === 'number-rounded');
  assert.deepEqual(told, [
    { reason: 'number-rounded', count: 2, samples: ['images[0]', 'annotations[0]'] },
  ]);
});

test('an import that was taken back can be made again', async () => {
  const { store, datasetId } = await bloodCellStore();
  const file = {
    images: [{ id: 90, file_name: 'late.jpg', width: 8, height: 8 }],
    annotations: [],
    categories: [],
  };
  const first = await importCoco(store, datasetId, batchesOf(file), { author });
  await undoRevision(store, datasetId, first.revision, { author });
  const again = await importCoco(store, datasetId, batchesOf(file), { author, passesTrash: true });
  assert.equal(again.imagesAdded, 1);
});

test('pictures come before the file that describes them, or after it, or again', async () => {
  const { store, datasetId } = await bloodCellStore();
  const picture = (fileName: string, digit: string) => ({
    fileName,
    sha256: digit.repeat(64),
    byteSize: 10,
    mediaType: 'image/jpeg',
    width: 32,
    height: 16,
    metadata: { camera: 'X' },
  });
  const pictures = [picture('day1/a.jpg', 'a'), picture('first.jpg', 'b')];
  const first = await addPictures(store, datasetId, pictures, { author });
  assert.deepEqual([first.added, first.completed, first.known], [1, 1, 0]);
  const again = await addPictures(store, datasetId, pictures, { author });
  assert.deepEqual([again.known, again.isUnchanged], [2, true]);
  const other = [picture('first.jpg', 'c')];
  const refused = await addPictures(store, datasetId, other, { author });
  assert.deepEqual([refused.conflicting, refused.isUnchanged], [['first.jpg'], true]);
  const replaced = await addPictures(store, datasetId, other, { author, replace: true });
  assert.equal(replaced.replaced, 1);
  await assert.rejects(addPictures(store, datasetId, [...pictures, ...other], { author }), {
    code: 'bad-import',
  });
  // The file knows better what size its boxes are measured in.
  const known = await getImage(store, datasetId, 1);
  assert.deepEqual(
    [known.width, known.sha256, known.metadata],
    [640, 'a'.repeat(64), { camera: 'X' }],
  );

  const file = {
    images: [{ id: 1, file_name: 'first.jpg', width: 32, height: 16, license: 2 }],
    annotations: [{ id: 70, image_id: 1, category_id: 1 }],
    categories: [{ id: 1, name: 'RBC' }],
  };
  await importCoco(store, datasetId, batchesOf(file), { author });
  const described = await getImage(store, datasetId, 5);
  assert.deepEqual(
    [described.fileName, described.coco.license, described.objectCount],
    ['first.jpg', 2, 1],
  );
  assert.deepEqual((await getDataset(store, datasetId)).cover, {
    imageId: 1,
    sha256: 'a'.repeat(64),
  });
});
