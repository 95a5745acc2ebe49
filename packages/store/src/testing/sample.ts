// A small dataset that tests share, imported the way any file is.

import type { CocoDataset } from '@migaki/coco';
import { importCoco } from '../coco-files/import-coco.ts';
import { batchesOf } from '../coco-files/staging.ts';
import type { Store } from '../database/store.ts';
import { createDataset } from '../datasets/dataset.ts';
import { testStore } from './test-store.ts';

/** Four pictures of blood: crowded, sparse, of one kind, empty. */
export const bloodCells: CocoDataset = {
  info: { description: 'blood' },
  images: [
    {
      id: 1,
      file_name: 'day1/a.jpg',
      width: 640,
      height: 480,
      split: 'train',
      date_captured: '2024-05-31 10:00:00',
    },
    {
      id: 2,
      file_name: 'day1/b.jpg',
      width: 640,
      height: 480,
      split: 'val',
      date_captured: '2024-06-01 10:00:00',
    },
    { id: 3, file_name: 'day2/A.jpg', width: 1280, height: 960, gain: 12 },
    { id: 4, file_name: 'day2/empty_100%.jpg', width: 1280, height: 960 },
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0 },
    { id: 2, image_id: 1, category_id: 1, bbox: [20, 0, 10, 20], area: 200, iscrowd: 0 },
    {
      id: 3,
      image_id: 1,
      category_id: 1,
      bbox: [40, 0, 30, 30],
      area: 900,
      iscrowd: 0,
      attributes: { occluded: true },
    },
    {
      id: 4,
      image_id: 1,
      category_id: 2,
      bbox: [80, 0, 50, 50],
      area: 2500,
      iscrowd: 0,
      score: 0.4,
    },
    { id: 5, image_id: 2, category_id: 1, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0, score: 0.9 },
    {
      id: 6,
      image_id: 2,
      category_id: 2,
      bbox: [20, 0, 60, 60],
      area: 3600,
      iscrowd: 0,
      score: 0.8,
    },
    { id: 7, image_id: 3, category_id: 2, bbox: [0, 0, 70, 70], area: 4900, iscrowd: 1 },
  ],
  categories: [
    { id: 1, name: 'RBC', supercategory: 'cell' },
    { id: 2, name: 'WBC', supercategory: 'cell' },
    { id: 3, name: 'Platelets' },
  ],
};

/** A store with `bloodCells` as its one dataset, at revision 1. */
export async function bloodCellStore(): Promise<{ store: Store; datasetId: number }> {
  const store = await testStore();
  return { store, datasetId: await addBloodCells(store, 'blood cells') };
}

/** `bloodCells` as one more dataset, at revision 1: where many are needed, a store for each would take longest. */
export async function addBloodCells(store: Store, name: string): Promise<number> {
  const { id } = await createDataset(store, { name });
  await importCoco(store, id, batchesOf(bloodCells), { author: 'ada' });
  return id;
}
