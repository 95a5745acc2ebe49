// labelme files for the tests of this folder.

import assert from 'node:assert/strict';
import type { CocoDataset } from '../../../types.ts';
import { memoryTree } from '../../memory-tree.ts';
import { labelme } from '../labelme.ts';

export const size = { width: 640, height: 480 };

export function treeOf(files: Record<string, unknown>) {
  const texts = Object.entries(files).map(([path, content]): [string, string] => {
    return [path, typeof content === 'string' ? content : JSON.stringify(content)];
  });
  const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
  return memoryTree(new Map(texts), new Map(sizes.map((path) => [path, size])));
}

export function fileOf(shapes: unknown[], others: object = {}) {
  return {
    version: '5.4.1',
    flags: {},
    shapes,
    imagePath: 'a.jpg',
    imageData: null,
    imageHeight: 480,
    imageWidth: 640,
    ...others,
  };
}

export function shape(label: string, shape_type: string, points: number[][], others: object = {}) {
  return { label, points, group_id: null, description: '', shape_type, flags: {}, ...others };
}

/** Without pictures there are no files, which is no labelme dataset. */
export function hasPictures({ images }: CocoDataset): boolean {
  return images.length > 0;
}

/** What the annotations say, without ids and what every one has. */
export async function annotationsOf(shapes: unknown[], others?: object) {
  const tree = treeOf({ 'a.json': fileOf(shapes, others), 'a.jpg': '' });
  assert.equal(await labelme.recognises(tree), true);
  const { dataset, losses } = await labelme.read(tree);
  const annotations = dataset.annotations.map(
    ({ id: _, image_id: __, ...annotation }) => annotation,
  );
  return { dataset, annotations, losses };
}
