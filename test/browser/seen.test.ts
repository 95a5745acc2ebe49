/// <reference lib="dom" />
// What follows of a model having seen pictures and objects, one that has learned next to nothing: what to label next, chosen, shown
// and told why, and objects that are alike.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { importDrawn, quick } from '../../apps/server/src/testing/drawn-dataset.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('pictures are chosen to be labelled next, each with its reasons, and objects that are alike are a key away', {
  skip,
}, async (t) => {
  const pages = await openPages();
  const { page, client, finished, complaints } = pages;
  const datasetId = await importDrawn(
    pages,
    'leaves',
    'detect',
    12,
    ({ annotations, ...rest }) => ({
      ...rest,
      annotations: annotations.filter(({ image_id }) => image_id <= 6),
    }),
  );
  const params = { datasetId };
  const images = `${pages.address}/datasets/${datasetId}/images`;
  const dialog = page.getByRole('dialog');
  const orders = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[role=listbox] [role=option]')].map((one) => one.textContent),
    );

  await t.test('without a model the dialog leads to a training', async () => {
    await page.goto(`${images}?q=next%3C%3D50`);
    await page.locator('.empty-view').getByRole('button', { name: 'Choose pictures' }).click();
    await dialog.getByRole('link', { name: 'Train' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  const run = await client.startRun({
    body: { datasetId, task: 'detect', settings: { ...quick, epochs: 1 }, modelName: 'finder' },
  });
  await finished({ id: run.jobId! } as Job);

  await t.test('before there is a choice, its order is not on offer', async () => {
    await page.goto(images);
    await page.locator('.tile').first().waitFor();
    await page
      .getByRole('combobox', { name: 'Order' })
      .or(page.getByLabel('Order'))
      .first()
      .click();
    await soon(async () => assert.ok((await orders()).includes('Most objects')));
    assert.ok(!(await orders()).includes('What to label next'));
  });

  await t.test('a key asks, and in the end the grid shows what was chosen', async () => {
    await page.goto(images);
    await soon(async () => {
      await page.keyboard.press('Shift+C');
      assert.ok(await dialog.isVisible());
    });
    await dialog.getByLabel('How many').fill('4');
    await dialog.getByRole('button', { name: 'Choose', exact: true }).click();
    await dialog.getByRole('link', { name: 'Show them' }).click();
    await page.waitForURL(/q=next%3C%3D4&sort=next/);
    const { items } = await client.listNextToLabel({ params, query: {} });
    assert.equal(items.length, 4);
    await soon(async () => {
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll('.tile')].map((tile) => [
          tile.getAttribute('aria-label'),
          tile.querySelector('.tile-rank')?.textContent,
        ]),
      );
      assert.deepEqual(
        shown,
        items.map(({ fileName, position }) => [fileName, String(position)]),
      );
    });
  });

  await t.test('beside the picture stands why', async () => {
    const [, second] = (await client.listNextToLabel({ params, query: {} })).items;
    await page.goto(`${images}?q=next%3C%3D4&sort=next&image=${second.imageId}`);
    await page.getByText('2 of 4 to label next').waitFor();
    const share = `${Math.round(second.uncertainty! * 100)}%`;
    await page.getByText(`The model is unsure of ${share} of what it finds.`).waitFor();
  });

  await t.test('a key finds similar objects, once a model was asked to compare them', async () => {
    await page.goto(`${pages.address}/datasets/${datasetId}/objects`);
    await page.locator('.tile').first().waitFor();
    await soon(async () => {
      await page.keyboard.press('s');
      assert.ok(await dialog.isVisible());
    });
    await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
    await dialog.getByRole('link', { name: 'Show the most unusual' }).click();
    await page.waitForURL(/objects\?sort=-outlier/);
    await dialog.waitFor({ state: 'hidden' });
    const [odd] = (await client.listObjects({ params, query: { sort: '-outlier' } })).items;
    const first = page.locator('.tile').first();
    await soon(async () =>
      assert.match((await first.getAttribute('aria-label'))!, new RegExp(`#${odd.annotation.id}$`)),
    );
    await page.keyboard.press('s');
    await page.waitForURL(/q=similarobject%3A\d+&sort=similar/);
    const [, asked] = /similarobject%3A(\d+)/.exec(page.url())!;
    // The one that was asked for is the most alike to itself.
    await soon(async () =>
      assert.match((await first.getAttribute('aria-label'))!, new RegExp(`#${asked}$`)),
    );
  });

  await t.test('over a picture, the object in focus is the one that is meant', async () => {
    const [object] = (await client.listObjects({ params, query: {} })).items;
    await page.goto(`${images}?image=${object.image.id}`);
    await page.getByRole('button', { name: `#${object.annotation.id}` }).click();
    await page.getByRole('button', { name: 'Find similar objects' }).click();
    await page.waitForURL(new RegExp(`objects\\?q=similarobject%3A${object.annotation.id}&`));
    await dialog.waitFor({ state: 'detached' });
  });

  await t.test('from an object in the annotator to those like it, and back to it', async () => {
    const [{ annotation, image }] = (await client.listObjects({ params, query: {} })).items;
    const annotator = `/datasets/${datasetId}/annotate/${image.id}`;
    await page.goto(`${pages.address}${annotator}?q=status%3Anew&object=${annotation.id}`);
    await page.getByRole('region', { name: 'Selected object' }).waitFor();
    await page.keyboard.press('Shift+G');
    await page.waitForURL(new RegExp(`objects\\?q=similarobject%3A${annotation.id}&`));
    await page.locator('.tile').first().waitFor();
    await page.getByRole('button', { name: 'Back to the picture' }).click();
    await page.waitForURL(new RegExp(`${annotator}\\?.*object=${annotation.id}`));
    assert.match(page.url(), /q=status%3Anew/);
    await page.getByRole('region', { name: 'Selected object' }).waitFor();
  });
  assert.deepEqual(complaints, []);
});
