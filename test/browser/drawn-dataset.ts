// Pages over a dataset of drawn pictures, for tests of the annotator.

import assert from 'node:assert/strict';
import { type AnnotatorHands, openAnnotator } from './annotator.ts';
import { writeDrawnPictures } from './drawn-picture.ts';
import { openPages } from './web-app.ts';

type Pages = Awaited<ReturnType<typeof openPages>>;

export interface DrawnDataset extends Pages {
  datasetId: number;
  params: { datasetId: number };
  /** Its images, in the order of their names. */
  items: Awaited<ReturnType<Pages['client']['listImages']>>['items'];
  hands: AnnotatorHands;
  /** Opens a picture, and waits until it is there. */
  show(index: number): Promise<void>;
}

export async function openDrawnDataset(
  name: string,
  fileNames: readonly string[],
): Promise<DrawnDataset> {
  const pages = await openPages();
  const { page, client, finished, address, folder } = pages;
  await writeDrawnPictures(folder, fileNames);
  const { job, datasetId } = await client.startImport({
    body: { into: { newDataset: name }, from: { path: folder } },
  });
  assert.equal((await finished(job)).state, 'succeeded');
  const params = { datasetId };
  const { items } = await client.listImages({ params, query: { limit: fileNames.length } });
  return {
    ...pages,
    datasetId,
    params,
    items,
    hands: openAnnotator(page),
    async show(index) {
      await page.goto(`${address}/datasets/${datasetId}/annotate/${items[index].id}`);
      await page.locator('.annotate-layers[data-picture=there]').waitFor();
    },
  };
}
