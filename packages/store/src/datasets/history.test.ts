import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyBulkEdit, type BulkEdit, type Target } from '../annotations/apply-bulk-edit.ts';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import type { Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';
import { checkCounts } from '../testing/check-counts.ts';
import { type ExportedDataset, exportedDataset } from '../testing/export-text.ts';
import { addBloodCells } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import { addCategory, changeCategory, deleteCategory } from './category.ts';
import { getDataset } from './dataset.ts';
import { diffImages, diffSummary } from './diff.ts';
import { restoreVersion } from './restore-version.ts';

const author = 'ada';
const states = ['accepted', 'proposed'] as const;

type Step = (store: Store, datasetId: number, n: number) => Promise<unknown>;

const edit =
  (edits: Edit[]): Step =>
  (store, id) =>
    applyEdits(store, id, edits, { author });
const bulk =
  (target: Target, change: BulkEdit): Step =>
  (store, id) =>
    applyBulkEdit(store, id, target, change, { author });

const imageId = fc.integer({ min: 1, max: 4 });
const annotationId = fc.integer({ min: 1, max: 12 });
const categoryId = fc.integer({ min: 1, max: 4 });
const fields = fc.record(
  {
    category_id: categoryId,
    bbox: fc.constantFrom([1, 2, 3, 4], [5, 6, 7, 8]),
    score: fc.constantFrom(0.2, 1),
  },
  { requiredKeys: [] },
);
const imageIds = fc.uniqueArray(imageId, { minLength: 1, maxLength: 3 });
const target = fc.oneof(
  imageIds.map((ids): Target => ({ imageIds: ids })),
  fc
    .constantFrom('category:RBC', 'score<0.5', '', 'state:proposed')
    .map((query): Target => ({ query })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.record({ do: fc.constant('add' as const), imageId, fields }),
        fc.record({
          do: fc.constant('add' as const),
          imageId,
          fields,
          origin: fc.constant('model m@1'),
          state: fc.constant('proposed' as const),
        }),
        fc.record({ do: fc.constant('change' as const), annotationId, fields }),
        fc.record({
          do: fc.constantFrom('remove' as const, 'accept' as const, 'reject' as const),
          annotationId,
        }),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map(edit),
  fc
    .tuple(imageIds, fc.constantFrom('delete-images' as const, 'restore-images' as const))
    .map(([ids, name]) => bulk({ imageIds: ids }, { do: name })),
  fc
    .tuple(
      target,
      fc.constantFrom('accept' as const, 'reject' as const, 'remove-annotations' as const),
    )
    .map(([of, name]) => bulk(of, { do: name })),
  fc.tuple(target, categoryId).map(([of, to]) => bulk(of, { do: 'set-category', categoryId: to })),
  fc
    .array(annotationId, { minLength: 1 })
    .map((ids) => bulk({ annotationIds: ids }, { do: 'restore-annotations' })),
  fc.constantFrom<Step>(
    (store, id, n) => addCategory(store, id, { name: `new ${n}` }, { author }),
    (store, id, n) => changeCategory(store, id, 1, { name: `RBC`, color: `#${n}` }, { author }),
    (store, id) => deleteCategory(store, id, 2, { author, objects: 1 }),
    (store, id) => deleteCategory(store, id, 3, { author, objects: 'remove' }),
  ),
  fc.nat().map(
    (pick): Step =>
      async (store, id) =>
        restoreVersion(store, id, pick % ((await getDataset(store, id)).revision + 1), { author }),
  ),
);

test('every revision stays what it was, whatever comes after, and can be compared and brought back', async () => {
  const store = await testStore();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const datasetId = await addBloodCells(store, `cells ${++count}`);
      const was = new Map<number, ExportedDataset>();
      const remember = async () => {
        const { revision } = await getDataset(store, datasetId);
        const now = await exportedDataset(store, datasetId, { states });
        // A step that says it changed nothing must not have.
        if (was.has(revision)) assert.deepEqual(now, was.get(revision));
        was.set(revision, now);
      };
      await remember();
      for (const [n, run] of steps.entries()) {
        try {
          await run(store, datasetId, n);
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
        }
        await remember();
      }
      await checkCounts(store, datasetId);
      for (const [revision, expected] of was) {
        assert.deepEqual(
          await exportedDataset(store, datasetId, { at: revision, states }),
          expected,
        );
      }
      const last = Math.max(...was.keys());
      for (const [from, to] of [
        [1, last],
        [last, 1],
        [Math.ceil(last / 2), last],
      ]) {
        await checkDiff(store, datasetId, [from, to], [was.get(from)!, was.get(to)!]);
      }
      await restoreVersion(store, datasetId, 1, { author });
      await checkCounts(store, datasetId);
      const restored = await exportedDataset(store, datasetId, { states });
      const byId = (annotations: Record<string, unknown>[]) =>
        annotations.toSorted((a, b) => Number(a.id) - Number(b.id));
      assert.deepEqual(byId(restored.annotations), byId(was.get(1)!.annotations));
      assert.deepEqual(restored.images, was.get(1)!.images);
      assert.deepEqual(restored.categories, was.get(1)!.categories);
    }),
    { numRuns: 40 },
  );
});

/** Holds the diff against the two exports. What only changed its state is not told apart by those. */
async function checkDiff(
  store: Store,
  datasetId: number,
  [from, to]: number[],
  [before, after]: ExportedDataset[],
): Promise<void> {
  const summary = await diffSummary(store, datasetId, from, to);
  const ids = (records: Record<string, unknown>[]) => new Set(records.map(({ id }) => id));
  const added = ids(after.annotations).difference(ids(before.annotations));
  const removed = ids(before.annotations).difference(ids(after.annotations));
  const textOf = new Map(before.annotations.map((record) => [record.id, JSON.stringify(record)]));
  const changed = after.annotations.filter(
    (record) => textOf.has(record.id) && textOf.get(record.id) !== JSON.stringify(record),
  );
  assert.equal(summary.annotationsAdded, added.size);
  assert.equal(summary.annotationsRemoved, removed.size);
  assert.ok(summary.annotationsChanged >= changed.length);
  assert.equal(summary.imagesAdded, ids(after.images).difference(ids(before.images)).size);
  assert.equal(summary.imagesRemoved, ids(before.images).difference(ids(after.images)).size);

  const images = [];
  for (let page = await diffImages(store, datasetId, from, { to, limit: 2 }); page.length > 0; ) {
    images.push(...page);
    page = await diffImages(store, datasetId, from, { to, limit: 2, after: page.at(-1)!.imageId });
  }
  assert.equal(images.length, summary.changedImages);
  const names = images.map(({ fileName }) => fileName);
  assert.deepEqual(names, names.toSorted());
  const changes = images.flatMap(({ annotations }) => annotations);
  assert.equal(
    changes.length,
    summary.annotationsAdded + summary.annotationsRemoved + summary.annotationsChanged,
  );
  for (const { kind, before: old, after: fresh } of changes) {
    if (kind === 'changed') assert.equal(old!.annotationId, fresh!.annotationId);
    assert.equal(old === null, kind === 'added');
    assert.equal(fresh === null, kind === 'removed');
  }
}
