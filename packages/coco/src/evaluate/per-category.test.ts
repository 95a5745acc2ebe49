import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { evaluate } from './evaluate.ts';
import { scoresPerCategory } from './per-category.ts';
import { arbitraryScene, groundTruthOf } from './testing/arbitrary-scene.ts';

const isClose = (a: number, b: number) => Math.abs(a - b) < 1e-12;
const meanOf = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('the mean over the categories that have truths is the summary', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const evaluation = evaluate(groundTruth, results, { iouType: 'bbox' });
      const rows = scoresPerCategory(evaluation, groundTruth.categories);
      const scored = rows.filter(({ truths }) => truths > 0);
      const [ap, ap50, ap75, apSmall, , , , , ar] = evaluation.stats;
      const meanBy = (score: (row: (typeof rows)[number]) => number, among = scored) =>
        among.length === 0 ? -1 : meanOf(among.map(score));
      assert.ok(
        isClose(
          meanBy((row) => row.ap),
          ap,
        ),
      );
      assert.ok(
        isClose(
          meanBy((row) => row.ap50),
          ap50,
        ),
      );
      assert.ok(
        isClose(
          meanBy((row) => row.ap75),
          ap75,
        ),
      );
      assert.ok(
        isClose(
          meanBy((row) => row.ar),
          ar,
        ),
      );
      const withSmall = rows.filter(({ byArea }) => byArea.small.truths > 0);
      assert.ok(
        isClose(
          meanBy((row) => row.byArea.small.ap, withSmall),
          apSmall,
        ),
      );
      assert.deepEqual(
        rows.map(({ name }) => name),
        ['class 1', 'class 2'],
      );
      const detections = rows.reduce((sum, row) => sum + row.detections, 0);
      assert.equal(detections, results.length);
    }),
  );
});

test('categories that are not used have no rows', () => {
  const options = { iouType: 'bbox', useCategories: false } as const;
  assert.deepEqual(scoresPerCategory(evaluate(groundTruthOf([]), [], options), []), []);
});
