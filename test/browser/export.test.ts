/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('the dialog of an export counts what matched in a version, has its categories, and keeps its buttons in sight', {
  skip,
}, async () => {
  const { page, client, importCells, address } = await openPages();
  const datasetId = await importCells();
  const params = { datasetId };
  const { categories } = await client.getDataset({ params });
  const { id: white, imageCount, objectCount } = categories.find(({ name }) => name === 'WBC')!;
  assert.ok(objectCount > 0);
  await client.createVersion({ params, body: { name: 'v1' } });
  await client.applyBulk({
    params,
    body: {
      key: crypto.randomUUID(),
      selection: { q: 'category:WBC' },
      action: { type: 'deleteImages' },
    },
  });
  await client.changeCategory({ params: { datasetId, categoryId: white }, body: { name: 'new' } });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${address}/datasets/${datasetId}/images?q=category:WBC`);
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByLabel('As of').first().click();
  await page.getByRole('option', { name: 'v1' }).click();
  await dialog.getByRole('status').getByText(`${imageCount} pictures · `).waitFor();
  for (const height of [800, 500]) {
    await page.setViewportSize({ width: 1280, height });
    const box = await dialog.getByRole('button', { name: 'Export' }).boundingBox();
    assert.ok(box !== null && box.y + box.height <= height, `within ${height}`);
  }
  await dialog.getByLabel('Categories').first().click();
  await page.getByRole('option', { name: 'WBC' }).waitFor();
  assert.equal(await page.getByRole('option', { name: 'new' }).count(), 0);
});
