/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('categories are merged, moved and given keypoints by keys alone; charts lead to what they count', {
  skip,
}, async (t) => {
  const { page, client, complaints, importCells, address } = await openPages();
  const datasetId = await importCells();
  const params = { datasetId };
  const categories = async () => (await client.getDataset({ params })).categories;
  const names = page.locator('.category-name');
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const showsNames = (expected: string[]) =>
    page.waitForFunction(
      (text) =>
        [...document.querySelectorAll('.category-name')].map((each) => each.textContent).join() ===
        text,
      expected.join(),
    );

  await t.test('two are chosen, merged, and taken apart again', async () => {
    const before = await categories();
    await page.goto(`${address}/datasets/${datasetId}/categories`);
    await showsNames(['RBC', 'WBC', 'Platelets']);
    for (const name of ['RBC', 'WBC']) {
      // A page that has just come in may not hear the first key.
      await soon(async () => {
        if ((await focused()) !== name) await page.keyboard.press('ArrowDown');
        assert.equal(await focused(), name);
      });
      await page.keyboard.press('Space');
    }
    await page.keyboard.press('m');
    await page.getByText(`${before[1].objectCount} objects of WBC become RBC`).waitFor();
    await page.waitForFunction(() => document.activeElement!.closest('[role=dialog]') !== null);
    await page.keyboard.press('Enter');
    await showsNames(['RBC', 'Platelets']);
    assert.equal(
      (await categories())[0].objectCount,
      before[0].objectCount + before[1].objectCount,
    );
    await page.keyboard.press('Control+z');
    await showsNames(['RBC', 'WBC', 'Platelets']);
    assert.deepEqual(await categories(), before);
  });

  await t.test('one goes down by Alt and an arrow, and keeps the focus', async () => {
    await names.first().focus();
    await page.keyboard.press('Alt+ArrowDown');
    await showsNames(['WBC', 'RBC', 'Platelets']);
    await page.waitForFunction(() => document.activeElement?.textContent === 'RBC');
    await page.keyboard.press('Control+z');
    await showsNames(['RBC', 'WBC', 'Platelets']);
  });

  await t.test('keypoints are added, connected, paired, pushed and saved', async () => {
    await page.keyboard.press('n');
    await page.keyboard.type('face');
    const add = page.getByRole('button', { name: 'Add a keypoint' });
    for (const name of ['nose', 'left eye', 'right eye']) {
      await add.press('Enter');
      // The new name has the focus: no key goes to the page.
      await page.keyboard.type(name);
    }
    await page.getByRole('button', { name: 'Pair left and right' }).press('Enter');
    const nose = page.getByRole('button', { name: '1 nose', exact: true });
    await nose.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('radio', { name: /Connect/ }).press('Space');
    await nose.press('Enter');
    await page.getByRole('button', { name: '3 right eye', exact: true }).press('Enter');
    // Another category is looked at: what was drawn is there when this one is opened again.
    await names.first().click();
    await page.getByRole('complementary', { name: 'RBC', exact: true }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: '3 right eye', exact: true }).waitFor();
    // And after the page was loaded again.
    await page.reload();
    await page.getByRole('button', { name: '3 right eye', exact: true }).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('Added “face”').waitFor();
    const { keypoints, skeleton, flipIndex, keypointPositions } = (await categories())[3];
    assert.deepEqual(
      { keypoints, skeleton, flipIndex, keypointPositions },
      {
        keypoints: ['nose', 'left eye', 'right eye'],
        skeleton: [[1, 3]],
        flipIndex: [0, 2, 1],
        keypointPositions: [
          [0.5, 0.3],
          [0.7, 0.154],
          [0.846, 0.3],
        ],
      },
    );
  });

  await t.test('each chart leads to just as many pictures or objects as it said', async () => {
    for (const title of ['Box size', 'Box shape', 'Where objects lie', 'Seen together', 'Status']) {
      await page.goto(`${address}/datasets/${datasetId}/statistics`);
      const card = page.locator('.chart-card', { has: page.getByRole('heading', { name: title }) });
      await card.getByRole('button', { name: /As a table/ }).click();
      const row = card.locator('.chart-table button').first();
      const count = await row.locator('span').last().innerText();
      await row.click();
      await page.waitForURL(/\/(images|objects)\?q=/);
      await page
        .locator('.view-count')
        .getByText(new RegExp(`^${count} `))
        .waitFor();
    }
  });

  assert.deepEqual(complaints, []);
});
