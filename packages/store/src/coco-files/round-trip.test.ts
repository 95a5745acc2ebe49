import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CocoDataset, streamJson, writeCoco } from '@migaki/coco';
import fc from 'fast-check';
import { applyEdits } from '../annotations/apply-edits.ts';
import type { Edit } from '../annotations/edit.ts';
import type { Store } from '../database/store.ts';
import { createDataset } from '../datasets/dataset.ts';
import { undoRevision } from '../datasets/undo-revision.ts';
import { bloodCellStore } from '../testing/sample.ts';
import { testStore } from '../testing/test-store.ts';
import { type ExportOptions, exportCoco } from './export-coco.ts';
import { importCoco } from './import-coco.ts';
import type { LeftOutReason } from './left-out.ts';
import { batchesOf } from './staging.ts';

const author = 'ada';

async function exported(store: Store, id: number, options: ExportOptions = {}): Promise<unknown> {
  const text = await exportCoco(store, id, options, async (root) =>
    (await Array.fromAsync(writeCoco(root))).join(''),
  );
  // A section may be called `toString`, which every object has.
  const root = new Map<string, unknown>();
  for await (const { section, kind, values } of streamJson(text)) {
    const name = section as string;
    const before = (root.get(name) ?? []) as unknown[];
    root.set(name, kind === 'value' ? values[0] : [...before, ...values]);
  }
  return Object.fromEntries(root);
}

const id = fc.integer({ min: 1, max: 2 ** 53 - 1 });
const weirdText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    '\\',
    '\t\n\r',
    '\\N',
    '日本語/一.jpg',
    '"',
    '{}',
    '$text',
  ),
);
const weirdNumber = fc.oneof(
  fc.double().map((number) => number + 0),
  fc.integer(),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e308, 5e-324, 2 ** 53, 0.1 + 0.2),
);
const anyValue = fc.oneof(
  fc.jsonValue(),
  weirdText,
  weirdNumber,
  fc.dictionary(weirdText, weirdNumber, { maxKeys: 2 }),
);
const others = fc.dictionary(weirdText, anyValue, { maxKeys: 3 });
/** The field as it should be, as anything else, as null, or absent. */
const maybe = <Value>(usual: fc.Arbitrary<Value>) =>
  fc.option(fc.oneof({ weight: 4, arbitrary: usual }, anyValue), { nil: undefined });
const numbers = fc.array(weirdNumber, { maxLength: 9 });

const dataset: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    images: fc.uniqueArray(
      fc
        .tuple(
          others,
          fc.record({
            id,
            file_name: weirdText.filter((name) => name !== ''),
            width: maybe(fc.nat()),
            height: maybe(fc.nat()),
            date_captured: maybe(fc.constant('2013-11-14 17:02:52')),
          }),
        )
        .map(([extra, image]) => ({ ...extra, ...image })),
      { minLength: 1, maxLength: 4, selector: (image) => image.id },
    ),
    categories: fc.uniqueArray(
      fc
        .tuple(
          others,
          fc.record({
            id,
            name: fc.constantFrom('RBC', 'WBC', '血小板', 'x\ty'),
            supercategory: maybe(weirdText),
            color: maybe(fc.constant('#ff0000')),
            keypoints: maybe(fc.array(weirdText, { maxLength: 3 })),
            skeleton: maybe(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 3 })),
          }),
        )
        .map(([extra, category]) => ({ ...extra, ...category })),
      { maxLength: 4, selector: (category) => category.id },
    ),
    sections: fc.dictionary(
      fc
        .string()
        .filter((name) => !/^(images|annotations|categories|captions|__proto__)$/.test(name)),
      fc.jsonValue(),
      { maxKeys: 3 },
    ),
    drafts: fc.uniqueArray(
      fc.tuple(
        others,
        fc.record({
          id,
          category_id: maybe(fc.nat(9)),
          bbox: maybe(fc.tuple(weirdNumber, weirdNumber, weirdNumber, weirdNumber)),
          area: maybe(weirdNumber),
          iscrowd: maybe(fc.constantFrom(0, 1)),
          segmentation: maybe(
            fc.oneof(
              fc.array(numbers, { maxLength: 2 }),
              fc.record({
                size: fc.tuple(fc.nat(), fc.nat()),
                counts: fc.oneof(numbers, weirdText),
              }),
            ),
          ),
          keypoints: maybe(numbers),
          num_keypoints: maybe(fc.nat()),
          caption: maybe(weirdText),
          attributes: maybe(fc.dictionary(weirdText, anyValue)),
          score: maybe(weirdNumber),
        }),
        fc.nat(),
      ),
      { maxLength: 8, selector: ([, annotation]) => annotation.id },
    ),
  })
  .filter(({ images }) => new Set(images.map(({ file_name }) => file_name)).size === images.length)
  .map(({ images, categories, sections, drafts }) => ({
    ...sections,
    images: images.toSorted((a, b) => a.id - b.id),
    annotations: drafts
      .toSorted(([, a], [, b]) => a.id - b.id)
      .map(([extra, annotation, pick]) => ({
        ...extra,
        ...annotation,
        image_id: images[pick % images.length].id,
        // Every other category is one of the file's.
        ...(typeof annotation.category_id === 'number' &&
          pick % 2 === 0 &&
          categories.length > 0 && { category_id: categories[pick % categories.length].id }),
      })),
    categories,
  }));

/** Without what JSON cannot say: undefined and -0. */
const asJson = (value: unknown): unknown => {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, asJson(member)]),
  );
};

test('records come out in the order of their ids, whatever was changed last', async () => {
  const { store, datasetId } = await bloodCellStore();
  const edits = [
    { do: 'change', annotationId: 2, fields: { bbox: [1, 1, 2, 2] } },
    { do: 'remove', annotationId: 1 },
  ] satisfies Edit[];
  const { revision } = await applyEdits(store, datasetId, edits, { author });
  await undoRevision(store, datasetId, revision, { author });
  const ids = (records: unknown) => (records as { id: number }[]).map(({ id }) => id);
  for (const options of [{}, { at: revision - 1 }, { at: revision }]) {
    const { images, annotations } = (await exported(store, datasetId, options)) as CocoDataset;
    assert.deepEqual(
      ids(images),
      ids(images).toSorted((a, b) => a - b),
    );
    assert.deepEqual(
      ids(annotations),
      ids(annotations).toSorted((a, b) => a - b),
    );
    assert.ok(annotations.length > 3);
  }
});

/** What nobody sees on a page, and all of which is written again. */
const comeOutAgain: ReadonlySet<string> = new Set<LeftOutReason>([
  'annotation-unreadable-shape',
  'annotation-unknown-category',
  // Here these are doubles before they are imported, and written again as such.
  'number-rounded',
]);

test('a file comes out as it went in, in the order of its ids, and a second time changes nothing', async () => {
  const store = await testStore();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(dataset, async (sample) => {
      const file = asJson(sample) as CocoDataset;
      const { id: datasetId } = await createDataset(store, { name: `sample ${++count}` });
      const first = await importCoco(store, datasetId, batchesOf(file), { author });
      assert.deepEqual(
        first.leftOut.filter(({ reason }) => !comeOutAgain.has(reason)),
        [],
      );
      assert.deepEqual(await exported(store, datasetId), file);
      for (const mode of ['add', 'update'] as const) {
        const again = await importCoco(store, datasetId, batchesOf(file), { author, mode });
        assert.equal(again.isUnchanged, true, JSON.stringify(again));
        assert.equal(again.annotationsKnown, file.annotations.length);
      }
      assert.deepEqual(await exported(store, datasetId, { at: 1 }), file);
    }),
    { numRuns: 60 },
  );
});
