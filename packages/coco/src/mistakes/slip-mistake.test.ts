import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bboxIou } from '../mask/iou.ts';
import { rleFromBbox } from '../mask/rasterize.ts';
import { rleArea, rleBbox } from '../mask/rle.ts';
import { compressedFromRle } from '../mask/rle-text.ts';
import { rleFromSegmentation } from '../mask/segmentation.ts';
import type { CompressedRle } from '../types.ts';
import { shapeAt } from './shape-at.ts';
import { type Proposal, type SlippedKind, slipMistake } from './slip-mistake.ts';

const picture = { width: 400, height: 300 };
const found: Proposal[] = Array.from({ length: 8 }, (_, i) => ({
  category_id: 1 + (i % 2),
  bbox: [10 + 45 * i, 20, 30, 24],
  score: 0.95 - i / 20,
}));

/** Park and Miller's generator. */
function numbers(state: number): () => number {
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const slip = (seed: number, categoryIds = [1, 2, 3], proposals = found) =>
  slipMistake(proposals, { picture, categoryIds, random: numbers(seed) });
const seeds = Array.from({ length: 200 }, (_, i) => 1 + 7919 * i);

test('each mistake is one of a kind, of a sure proposal, and the rest is as it was', () => {
  const kinds = new Set<SlippedKind>();
  for (const seed of seeds) {
    const { kind, proposals, shown, truth } = slip(seed)!;
    kinds.add(kind);
    assert.deepEqual(slip(seed), { kind, proposals, shown, truth }, 'the same numbers, the same');
    const untouched = proposals.filter((each) => each !== shown);
    assert.ok(untouched.every((each) => found.includes(each)));
    assert.equal(untouched.length, truth === null ? 8 : 7);
    if (truth !== null) assert.ok(truth.score! > 0.79, 'of the surer half');
    if (kind === 'overlooked') assert.equal(shown, null);
    if (kind === 'swapped') {
      assert.deepEqual(shown, { ...truth, category_id: shown!.category_id });
      assert.notEqual(shown!.category_id, truth!.category_id);
    }
    if (kind === 'misplaced') {
      const overlap = bboxIou(shown!.bbox!, truth!.bbox!, false);
      assert.ok(overlap > 0.29 && overlap < 0.61);
    }
    if (kind === 'invented') {
      assert.ok(found.every(({ bbox }) => bboxIou(bbox!, shown!.bbox!, false) < 0.06));
      const scores = proposals.map(({ score }) => score!);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
        'it stands where its score puts it',
      );
      assert.ok(shown!.score! >= 0.6);
    }
    for (const { bbox } of proposals) {
      const [left, top, width, height] = bbox!;
      assert.ok(left >= 0 && top >= 0 && left + width <= 400.01 && top + height <= 300.01);
    }
  }
  assert.equal(kinds.size, 4);
});

test('what cannot be made wrong is left out: another category where there is one, places in a full picture', () => {
  const alike = found.map((each) => ({ ...each, category_id: 1 }));
  for (const seed of seeds) assert.notEqual(slip(seed, [1], alike)!.kind, 'swapped');
  const full: Proposal[] = [{ category_id: 1, bbox: [0, 0, 400, 300], score: 1 }];
  for (const seed of seeds) assert.notEqual(slip(seed, [1, 2], full)!.kind, 'invented');
  const whole: Proposal[] = [{ category_id: 1, score: 1 }];
  assert.equal(slip(5, [1, 2], whole)!.kind, 'swapped');
  assert.equal(slip(5, [1], whole), null);
  assert.equal(slip(5, [1, 2], []), null);
});

test('masks, outlines and points go with their box', () => {
  const from: [number, number, number, number] = [40, 20, 30, 40];
  const to: [number, number, number, number] = [100, 60, 60, 20];
  const mask = compressedFromRle(rleFromBbox(from, picture.height, picture.width));
  const moved = shapeAt(
    { bbox: from, segmentation: mask, keypoints: [40, 20, 2, 0, 0, 0] },
    to,
    picture,
  );
  const rle = rleFromSegmentation(moved.segmentation as CompressedRle, 300, 400);
  assert.deepEqual([...rleBbox(rle)], to);
  assert.deepEqual([rleArea(rle), moved.area], [1200, 1200]);
  assert.deepEqual(moved.keypoints, [100, 60, 2, 0, 0, 0]);
  const outline = shapeAt({ bbox: from, segmentation: [[40, 20, 70, 20, 70, 60]] }, to, picture);
  assert.deepEqual(outline.segmentation, [[100, 60, 160, 60, 160, 80]]);
});
