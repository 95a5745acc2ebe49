// YOLO folders for the tests of this folder.

import { memoryTree } from '../../memory-tree.ts';

export const size = { width: 640, height: 480 };

/** A tree with pictures of 640 × 480 wherever a path ends like one. */
export function treeOf(files: Record<string, string>) {
  const sizes = Object.keys(files).filter((path) => /\.(?:jpg|png)$/.test(path));
  return memoryTree(new Map(Object.entries(files)), new Map(sizes.map((path) => [path, size])));
}

export const detectFiles = {
  'data.yaml': `path: /home/someone/datasets/blood cells
train: images/train # 2 images
val: images/val
test:

names:
  0: WBC
  1: 赤血球
`,
  'images/train/a.jpg': '',
  'images/train/night/写真 b.png': '',
  'images/val/a.jpg': '',
  'labels/train/a.txt': '0 0.5 0.5 0.25 0.5\r\n1 0.1 0.1 0.1 0.1 0.875\r\n\r\n',
  'labels/train/night/写真 b.txt': '',
};
