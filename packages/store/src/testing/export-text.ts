// What an export says, read back as a person's program would.

import { writeCoco } from '@migaki/coco';
import { type ExportOptions, exportCoco } from '../coco-files/export-coco.ts';
import type { Store } from '../database/store.ts';

export interface ExportedDataset {
  images: Record<string, unknown>[];
  annotations: Record<string, unknown>[];
  categories?: Record<string, unknown>[];
  [section: string]: unknown;
}

/** The dataset as its JSON file says it. Not for files with NaN. */
export async function exportedDataset(
  store: Store,
  datasetId: number,
  options: ExportOptions = {},
): Promise<ExportedDataset> {
  const text = await exportCoco(store, datasetId, options, async (root) =>
    (await Array.fromAsync(writeCoco(root))).join(''),
  );
  return JSON.parse(text) as ExportedDataset;
}
