// Small COCO files for the tests, written where a test wants them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CocoDataset } from '@migaki/coco';
import { cliFolder } from './run-migaki.ts';

export const streetPath = join(cliFolder, 'examples', 'street.json');
export const streetResultsPath = join(cliFolder, 'examples', 'street-results.json');

/** Two pictures, three objects, nothing wrong. */
export function soundDataset(): CocoDataset {
  return {
    images: [
      { id: 1, file_name: 'one.png', width: 40, height: 30 },
      { id: 2, file_name: 'two.png', width: 40, height: 30 },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 10, 20], area: 200, iscrowd: 0 },
      { id: 2, image_id: 1, category_id: 2, bbox: [20, 5, 4, 4], area: 16, iscrowd: 0 },
      { id: 3, image_id: 1, category_id: 1, bbox: [5, 5, 6, 6], area: 36, iscrowd: 0 },
    ],
    categories: [
      { id: 1, name: '自転車' },
      { id: 2, name: 'dog' },
    ],
  };
}

/** Writes JSON (or a text as it is) and returns the path. */
export function writeInto(folder: string, name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
