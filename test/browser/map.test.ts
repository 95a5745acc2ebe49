/// <reference lib="dom" />
// The map of a dataset, with a model that has learned next to nothing: what is alike it sees all the same.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { importDrawn, quick } from '../../apps/server/src/testing/drawn-dataset.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

/** How many pixels of the map have something on them. */
const inkOf = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map-canvas');
    if (canvas === null || canvas.width === 0) return 0;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 100) ink++;
    return ink;
  });

test('a model compares pictures; a lasso on the map filters the grid; similar pictures of one are a key away', {
  skip,
}, async (t) => {
  const pages = await openPages();
  const { page, client, finished, complaints } = pages;
  const datasetId = await importDrawn(pages, 'signs', 'classify', 24);
  // One of them once more, in another size of file.
  const [copied] = (await client.listImages({ params: { datasetId }, query: {} })).items;
  const resaved = join(pages.folder, 'resaved.jpg');
  await sharp(join(pages.folder, 'signs/images', copied.fileName))
    .jpeg({ quality: 92 })
    .toFile(resaved);
  const { job } = await client.startImport({
    body: { into: { datasetId }, from: { path: resaved } },
  });
  await finished(job);
  const run = await client.startRun({
    body: {
      datasetId,
      task: 'classify',
      settings: { ...quick, epochs: 1 },
      modelName: 'eyes',
    },
  });
  await finished({ id: run.jobId! } as Job);
  const params = { datasetId };

  await t.test('without a map the page says what it is for, and makes one', async () => {
    await page.goto(`${pages.address}/datasets/${datasetId}/map`);
    await page.getByText('No map yet').waitFor();
    await page.locator('.empty-view').getByRole('button', { name: 'Compare the pictures' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('link', { name: 'Show the map' }).click();
    await page.waitForFunction(() => document.querySelector('.map-canvas') !== null);
    await soon(async () => assert.ok((await inkOf(page)) > 0));
    await page.locator('.map-legend li').first().waitFor();
  });

  await t.test('a lasso around the left half is a filter, also of the grid', async () => {
    const map = await client.getEmbeddingMap({ params, query: {} });
    const inside = map.x.filter((x) => x < 5000).length;
    assert.ok(inside > 0 && inside < 25);
    const box = (await page.locator('.map-canvas').boundingBox())!;
    const [middle, top, bottom] = [box.x + box.width / 2, box.y + 4, box.y + box.height - 4];
    await page.mouse.move(middle, top);
    await page.mouse.down();
    for (const [x, y] of [
      [box.x + 4, top],
      [box.x + 4, bottom],
      [middle, bottom],
      [middle, top + 1],
    ]) {
      await page.mouse.move(x, y, { steps: 12 });
    }
    await page.mouse.up();
    await page
      .getByText(inside === 1 ? '1 picture in the lasso' : `${inside} pictures in the lasso`)
      .waitFor();
    await page.keyboard.press('g');
    await page.waitForURL(/\/images\?q=within/);
    // The pictures of before stay until those within are there.
    await soon(async () => assert.equal(await page.locator('.tile').count(), inside));
  });

  await t.test('what is alike is a key away, in the grid and over one picture', async () => {
    await page.goto(`${pages.address}/datasets/${datasetId}/images`);
    const [first] = (await client.listImages({ params, query: { sort: 'name' } })).items;
    await page.locator('.tile').first().waitFor();
    const ofSimilar = new RegExp(`q=similar%3A${first.id}&sort=similar`);
    // The key is on offer once the page knows that the pictures were compared.
    await soon(async () => {
      await page.keyboard.press('s');
      assert.match(page.url(), ofSimilar);
    });
    await page.goto(`${pages.address}/datasets/${datasetId}/images?image=${first.id}`);
    await page.getByRole('button', { name: 'Find similar pictures' }).click();
    await page.waitForURL(ofSimilar);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.tile').nth(10).waitFor();
  });
  await t.test(
    'near-duplicates are a tick in the sidebar, or a key, and lie side by side',
    async () => {
      await page.goto(`${pages.address}/datasets/${datasetId}/images`);
      await page.locator('.tile').first().waitFor();
      await page.locator('.filters').getByLabel('Near-duplicates').click();
      await page.waitForURL(/q=duplicates%3E0&sort=duplicates/);
      await soon(async () => assert.equal(await page.locator('.tile').count(), 2));
      await page.locator('.filters').getByLabel('Near-duplicates').click();
      await page.locator('.tile').nth(10).waitFor();
      await page.keyboard.press('Shift+U');
      await page.waitForURL(/sort=-outlier/);
    },
  );
  assert.deepEqual(complaints, []);
});
