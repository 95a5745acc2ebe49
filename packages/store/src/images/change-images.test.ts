import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyBulkEdit, type BulkEdit, type Target } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import type { Store } from '../database/store.ts';
import { imageStatuses } from '../database/tables.ts';
import { getDataset } from '../datasets/dataset.ts';
import { diffImages, diffSummary } from '../datasets/diff.ts';
import { restoreVersion } from '../datasets/restore-version.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { StoreError } from '../store-error.ts';
import { exportedDataset } from '../testing/export-text.ts';
import { addBloodCells, bloodCells } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import { addPictures } from './add-pictures.ts';
import type { FieldChange } from './field-changes.ts';
import { getImages } from './image.ts';
import { imageHistory } from './image-history.ts';

const author = 'ada';
const imageIds = [1, 2, 3, 4];

type Step = (store: Store, datasetId: number) => Promise<unknown>;

const status = fc.constantFrom(...imageStatuses);
const imageId = fc.constantFrom(...imageIds);
const tags = fc.subarray(['night', 'cold', 'wet']);
const target = fc.oneof(
  fc.subarray(imageIds, { minLength: 1 }).map((ids): Target => ({ imageIds: ids })),
  fc.constantFrom('', 'status:new', 'tag:cold', 'category:RBC').map((query): Target => ({ query })),
);
const setStatus = fc.record({ do: fc.constant('set-status' as const), status });
const tag = fc.record({ do: fc.constant('tag' as const), add: tags, remove: tags });
const bulkEdit: fc.Arbitrary<BulkEdit> = fc.oneof(
  setStatus,
  tag,
  fc.constantFrom<BulkEdit>({ do: 'delete-images' }, { do: 'restore-images' }),
);
const review = fc.record({ do: fc.constant('review-image' as const), isReviewed: fc.boolean() });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(imageId, fc.oneof(setStatus, tag, review))
    .map(([id, change]): Edit => ({ ...change, imageId: id })),
  // With which work on a new image begins.
  fc.record({ do: fc.constantFrom('accept', 'remove'), annotationId: fc.constantFrom(1, 2, 7) }),
);
const file = fc.record({
  image: fc.constantFrom(...bloodCells.images),
  fields: fc.record(
    {
      width: fc.constantFrom(640, 100),
      gain: fc.constantFrom(1, null, { $number: '\u0000' }),
      date_captured: fc.constantFrom('2020-01-01', '2021-01-01 12:34'),
    },
    { requiredKeys: [] },
  ),
});
const picture = fc.record({
  fileName: fc.constantFrom(...bloodCells.images.map(({ file_name }) => file_name)),
  sha256: fc.constantFrom('a', 'b', 'c').map((digit) => digit.repeat(64)),
  metadata: fc.constantFrom({}, { camera: 'X' }, { exposure: 0.5 }),
  capturedAt: fc.constantFrom(null, new Date('2019-03-04T05:06:07.089Z')),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.array(edit, { minLength: 1, maxLength: 4 }).map(
    (edits): Step =>
      (store, id) =>
        applyEdits(store, id, edits, { author }),
  ),
  fc.tuple(target, bulkEdit).map(
    ([of, change]): Step =>
      (store, id) =>
        applyBulkEdit(store, id, of, change, { author }),
  ),
  fc.tuple(file, fc.constantFrom('add' as const, 'update' as const)).map(
    ([{ image, fields }, mode]): Step =>
      (store, id) =>
        importCoco(
          store,
          id,
          batchesOf({ images: [{ ...image, ...fields }], annotations: [], categories: [] }),
          { author, mode },
        ),
  ),
  fc.tuple(picture, fc.boolean()).map(
    ([of, replace]): Step =>
      (store, id) =>
        addPictures(
          store,
          id,
          [{ ...of, byteSize: 10, mediaType: 'image/jpeg', width: 32, height: 16 }],
          { author, replace },
        ),
  ),
  // Not back to before the import: images that come out of the trash then find their categories gone.
  fc.nat().map(
    (pick): Step =>
      async (store, id) =>
        restoreVersion(store, id, 1 + (pick % (await getDataset(store, id)).revision), { author }),
  ),
  fc.nat().map(
    (pick): Step =>
      async (store, id) =>
        undoRevision(store, id, 2 + (pick % (await getDataset(store, id)).revision), { author }),
  ),
);

/** Everything of the images of a dataset that has a history, and the export. */
async function stateOf(store: Store, datasetId: number, at?: number) {
  const images = await getImages(store, datasetId, imageIds, { at });
  const { images: exported } = await exportedDataset(store, datasetId, { at });
  const there = new Set(exported.map(({ id }) => id));
  return {
    exported,
    images: images.map(({ isDeleted, objectCount, leastScore, ...image }) => {
      const { proposalCount, unreviewedCount, openCommentCount, ...historic } = image;
      return { ...historic, isThere: there.has(image.imageId) };
    }),
  };
}
type State = Awaited<ReturnType<typeof stateOf>>;

test('images are at every revision as they were then, undone as they were before, and compared by what differs', async () => {
  const store = await testStore();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const datasetId = await addBloodCells(store, `cells ${++count}`);
      const was = new Map<number, State>([[1, await stateOf(store, datasetId)]]);
      const revisionNow = async () => (await getDataset(store, datasetId)).revision;
      const remember = async () => {
        const state = await stateOf(store, datasetId);
        const revision = await revisionNow();
        if (was.has(revision)) assert.deepEqual(state, was.get(revision), 'changed in silence');
        was.set(revision, state);
        return revision;
      };
      for (const run of steps) {
        const before = await revisionNow();
        try {
          await run(store, datasetId);
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
        }
        const after = await remember();
        if (after === before) continue;
        try {
          await undoRevision(store, datasetId, after, { author });
        } catch (error) {
          // A revision may come to nothing: a status set and set back.
          assert.ok(error instanceof StoreError && error.code === 'bad-edit');
        }
        const undone = await remember();
        assert.deepEqual(was.get(undone), was.get(before));
        if (undone > after) await undoRevision(store, datasetId, undone, { author });
        assert.deepEqual(was.get(await remember()), was.get(after));
      }
      const last = Math.max(...was.keys());
      for (const [revision, state] of was) {
        assert.deepEqual(await stateOf(store, datasetId, revision), state);
      }
      const middle = Math.ceil(last / 2);
      for (const [from, to] of [
        [1, last],
        [last, 1],
        [1, middle],
        [middle, last],
      ]) {
        await checkDifference(store, datasetId, [from, to], [was.get(from)!, was.get(to)!]);
      }
      for (const id of imageIds) await checkHistory(store, datasetId, id, was);
    }),
    { numRuns: 20 },
  );
});

/** The fields of an image that history tells of. */
function fieldsOf(state: State, id: number): Record<string, unknown> {
  const image = state.images.find(({ imageId }) => imageId === id)!;
  const {
    coco,
    capturedAt,
    sha256,
    status: is,
    tags: has,
    metadata,
    width,
    height,
    source,
    reviewed,
  } = image;
  const { id: _, file_name: __, width: ___, height: ____, ...extra } = coco;
  return {
    status: is,
    tags: has,
    metadata,
    capturedAt: capturedAt?.getTime() ?? null,
    width,
    height,
    extra,
    picture: sha256,
    source,
    reviewed: reviewed?.by ?? null,
  };
}

function changed(before: State, after: State, id: number): Record<string, [unknown, unknown]> {
  const [old, now] = [fieldsOf(before, id), fieldsOf(after, id)];
  return Object.fromEntries(
    Object.keys(old)
      .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
      .map((field) => [field, [old[field], now[field]]]),
  );
}

function told(fields: readonly FieldChange[]): Record<string, [unknown, unknown]> {
  const value = (field: string, of: unknown) =>
    field === 'capturedAt' && of !== null ? new Date(of as string).getTime() : of;
  return Object.fromEntries(
    fields.map(({ field, before, after }) => [field, [value(field, before), value(field, after)]]),
  );
}

async function checkDifference(
  store: Store,
  datasetId: number,
  [from, to]: number[],
  [before, after]: State[],
): Promise<void> {
  const wasThere = (state: State, id: number) =>
    state.images.some(({ imageId, isThere }) => imageId === id && isThere);
  const expected = new Map(
    imageIds
      .filter((id) => wasThere(before, id) && wasThere(after, id))
      .map((id) => [id, changed(before, after, id)]),
  );
  const images = await diffImages(store, datasetId, from, { to });
  for (const { imageId: id, fields } of images) {
    // A picture whose image is in the trash comes as another image.
    if (!imageIds.includes(id)) continue;
    assert.deepEqual(told(fields), expected.get(id) ?? {});
    expected.delete(id);
  }
  for (const left of expected.values()) assert.deepEqual(left, {});
  const summary = await diffSummary(store, datasetId, from, to);
  assert.equal(summary.changedImages, images.length);
  for (const { field, imageCount } of summary.fields) {
    const listed = images.filter(({ fields }) => fields.some((each) => each.field === field));
    assert.equal(listed.length, imageCount);
  }
}

/** The history of an image holds what each revision changed of it, and nothing else. */
async function checkHistory(
  store: Store,
  datasetId: number,
  id: number,
  was: ReadonlyMap<number, State>,
): Promise<void> {
  const entries = await imageHistory(store, datasetId, id, { limit: 1000 });
  const byRevision = new Map(entries.map((entry) => [entry.revision, entry]));
  for (const [revision, state] of was) {
    const before = was.get(revision - 1);
    if (before === undefined) continue;
    assert.deepEqual(told(byRevision.get(revision)?.fields ?? []), changed(before, state, id));
  }
}
