// GrabCut on real pictures: people of COCO val2017 with their outlines, where the sample data stands beside the clone.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type CocoDataset,
  outlinesFromRle,
  type Rle,
  rleArea,
  rleFromSegmentation,
  rleIou,
} from '@migaki/coco';
import sharp from 'sharp';
import type { ImagePoint } from '../geometry/point.ts';
import { rleFromTiles } from '../mask/tiled-mask.ts';
import { grabCut } from './grab-cut.ts';
import type { PixelBuffer } from './pixel-buffer.ts';

const folder = join(import.meta.dirname, '../../../../../shared/data/coco-sample');

async function pixelsOf(path: string): Promise<PixelBuffer> {
  const { data, info } = await sharp(path)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

/** Leftmost, topmost, rightmost and lowest point, as a careful person would click them. */
function extremePoints(mask: Rle): ImagePoint[] {
  const points = outlinesFromRle(mask).flatMap(({ outer }) =>
    Array.from({ length: outer.length / 2 }, (_, i) => ({ x: outer[2 * i], y: outer[2 * i + 1] })),
  );
  const least = (of: (point: ImagePoint) => number) =>
    points.reduce((best, point) => (of(point) < of(best) ? point : best));
  return [least(({ x }) => x), least(({ y }) => y), least(({ x }) => -x), least(({ y }) => -y)];
}

test('extreme points of people give masks much nearer to them than their boxes', {
  skip: existsSync(folder) ? false : 'shared/data/coco-sample is not beside the repository',
}, async () => {
  const file = readFileSync(join(folder, 'person_keypoints.json'), 'utf8');
  const { images, annotations } = JSON.parse(file) as CocoDataset;
  const ious: number[] = [];
  const boxIous: number[] = [];
  for (const { id, file_name, width, height } of images) {
    const pixels = await pixelsOf(join(folder, 'images', file_name));
    for (const { image_id, iscrowd, area, bbox, segmentation } of annotations) {
      if (image_id !== id || iscrowd === 1 || area! < 1500) continue;
      const truth = rleFromSegmentation(segmentation!, height, width);
      const mask = rleFromTiles(grabCut(pixels, extremePoints(truth)));
      ious.push(rleIou(mask, truth, false));
      boxIous.push(rleArea(truth) / (bbox![2] * bbox![3]));
    }
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  assert.equal(ious.length, 12);
  assert.ok(mean(ious) > 0.58, `mean IoU ${mean(ious)}, of the boxes ${mean(boxIous)}`);
});
