import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { evaluate } from './evaluate.ts';
import { scoresPerArea } from './per-area.ts';
import { arbitraryScene } from './testing/arbitrary-scene.ts';

test('area ranges have the scores of the summary, and their truths', () => {
  fc.assert(
    fc.property(arbitraryScene(), ({ groundTruth, results }) => {
      const evaluation = evaluate(groundTruth, results, { iouType: 'bbox' });
      const [all, small, medium, large] = scoresPerArea(evaluation);
      const { stats } = evaluation;
      assert.deepEqual([all.ap, all.ap50, all.ap75, all.ar], [...stats.slice(0, 3), stats[8]]);
      assert.deepEqual([small.ap, medium.ap, large.ap], stats.slice(3, 6));
      assert.deepEqual([small.ar, medium.ar, large.ar], stats.slice(9, 12));
      const counted = groundTruth.annotations.filter(({ iscrowd }) => iscrowd === 0);
      assert.equal(all.truths, counted.length);
      assert.equal(small.truths, counted.filter(({ area }) => area! <= 1024).length);
    }),
  );
});
