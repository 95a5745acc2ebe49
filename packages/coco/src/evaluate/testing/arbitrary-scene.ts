// Small random scenes of boxes on a coarse grid, so that equal and touching boxes are common.

import fc from 'fast-check';
import type { Bbox, CocoDataset, CocoResult } from '../../types.ts';

export interface Scene {
  groundTruth: CocoDataset;
  results: CocoResult[];
}

const imageIds = [7, 3, 5];
const categoryIds = [2, 1];

export const arbitraryBox: fc.Arbitrary<Bbox> = fc.tuple(
  fc.integer({ min: 0, max: 10 }).map((x) => 10 * x),
  fc.integer({ min: 0, max: 10 }).map((y) => 10 * y),
  fc.integer({ min: 1, max: 12 }).map((width) => 10 * width),
  fc.integer({ min: 1, max: 12 }).map((height) => 10 * height),
);

const arbitraryObject = fc.record({
  image_id: fc.constantFrom(...imageIds),
  category_id: fc.constantFrom(...categoryIds),
  bbox: arbitraryBox,
});

/**
 * Up to ten truths and twenty results. Two thirds of the results have the picture, mostly the category, and
 * often the very box of a truth.
 */
export function arbitraryScene(
  options: { crowds?: boolean; tiedScores?: boolean } = {},
): fc.Arbitrary<Scene> {
  const { crowds = true, tiedScores = true } = options;
  const truths = fc.array(
    fc.tuple(arbitraryObject, crowds ? fc.constantFrom<0 | 1>(0, 0, 0, 1) : fc.constant<0>(0)),
    { maxLength: 10 },
  );
  const finds = fc.array(
    fc.record({
      object: arbitraryObject,
      /** Of the truth that is copied; past the end of the truths nothing is. */
      source: fc.nat(15),
      keepsCategory: fc.constantFrom(true, true, true, false),
      growth: fc.constantFrom(0, 0, 10, 20, 60),
      tiedScore: fc.constantFrom(0.2, 0.5, 0.8),
    }),
    { maxLength: 20 },
  );
  return fc.record({ truths, finds, order: fc.nat() }).map((drawn) => ({
    groundTruth: groundTruthOf(drawn.truths.map(([object, iscrowd]) => ({ ...object, iscrowd }))),
    results: drawn.finds.map(({ object, source, keepsCategory, growth, tiedScore }, index) => {
      const [truth] = drawn.truths[source] ?? [object];
      const [x, y, width, height] = truth.bbox;
      return {
        image_id: truth.image_id,
        category_id: keepsCategory ? truth.category_id : object.category_id,
        bbox: [x, y, width + growth, height],
        // 37 and 101 have no common factor: all different, in an order that looks like none.
        score: tiedScores ? tiedScore : ((drawn.order + 37 * index) % 101) / 101,
      };
    }),
  }));
}

/** Three pictures, two categories, and these objects. */
export function groundTruthOf(
  objects: { image_id: number; category_id: number; bbox: Bbox; iscrowd?: 0 | 1 }[],
): CocoDataset {
  return {
    images: imageIds.map((id) => ({ id, file_name: `${id}.jpg`, width: 300, height: 300 })),
    annotations: objects.map((object, index) => ({
      id: index + 1,
      area: object.bbox[2] * object.bbox[3],
      iscrowd: 0,
      ...object,
    })),
    categories: categoryIds.map((id) => ({ id, name: `class ${id}` })),
  };
}
