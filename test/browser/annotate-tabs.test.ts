/// <reference lib="dom" />
// One picture in several tabs: what one of them could not save is shown again by whichever tab opens the picture.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAnnotator } from './annotator.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openDrawnDataset } from './drawn-dataset.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('what several tabs have left of one picture is settled in any of them', {
  skip,
}, async (t) => {
  const { page, client, address, datasetId, params, items, hands, show } = await openDrawnDataset(
    'tabs',
    ['picture.png'],
  );
  const imageId = items[0].id;
  const addressOfPicture = `${address}/datasets/${datasetId}/annotate/${imageId}`;
  const objects = async () =>
    (await client.getImage({ params: { ...params, imageId } })).annotations;
  const trouble = page.getByRole('alert', { name: 'Something is in the way of saving' });
  const edits = '**/api/datasets/*/edits';

  await t.test(
    'what waits of a tab that came second is shown again by it, whoever else sends what is left',
    async () => {
      const before = (await objects()).length;
      const category = await client.addCategory({ params, body: { name: 'short-lived' } });
      await show(0);
      const other = await page.context().newPage();
      const otherTrouble = other.getByRole('alert', {
        name: 'Something is in the way of saving',
      });
      const isShown = async (waiting: string) => {
        await other.locator('.annotate-layers[data-picture=there]').waitFor();
        await otherTrouble.getByText('The category “short-lived” has been deleted').waitFor();
        await otherTrouble.getByText(waiting, { exact: false }).waitFor();
        await other
          .locator('.annotate-status-line')
          .getByText(`${before + 2} objects`, { exact: true })
          .waitFor();
      };
      await other.goto(addressOfPicture);
      await other.locator('.annotate-layers[data-picture=there]').waitFor();
      await other.route(edits, (route) => route.abort('internetdisconnected'));
      const otherHands = openAnnotator(other);
      await otherHands.press('Escape', 'Shift+Z', 'r', '4');
      await otherHands.drag([40, 40], [100, 80]);
      await otherHands.drag([140, 40], [200, 80]);
      await other.locator('.annotate-save[data-status=offline]').waitFor();
      await client.deleteCategory({ params: { ...params, categoryId: category.id }, query: {} });
      await other.unroute(edits);
      await other.evaluate(() => window.dispatchEvent(new Event('online')));
      await isShown('2 changes wait for it.');

      // The first slot is free, and what waits is in the second one.
      await page.goto(`${address}/datasets/${datasetId}/images`);
      await other.reload();
      await isShown('2 changes wait for it.');

      // The tab that stays takes over what the other one leaves, and gives it back.
      await other.goto('about:blank');
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await page.getByRole('button', { name: '2 changes are still to be saved' }).waitFor();
      await other.goto(addressOfPicture);
      await isShown('2 changes wait for it.');
      await page
        .getByRole('button', { name: '2 changes are still to be saved' })
        .waitFor({ state: 'detached' });

      await otherTrouble.getByLabel('Category').first().click();
      await other.getByRole('option', { name: 'leaf', exact: true }).click();
      await otherTrouble.getByRole('button', { name: 'Use this one' }).click();
      await otherHands.saved();
      assert.equal((await objects()).length, before + 2);
      await other.close();
    },
  );

  await t.test(
    'of two tabs that left something of one picture, the second is told of while the first is settled',
    async () => {
      const before = (await objects()).length;
      const category = await client.addCategory({ params, body: { name: 'doomed' } });
      const other = await page.context().newPage();
      for (const [tab, y] of [
        [page, 140],
        [other, 240],
      ] as const) {
        await tab.goto(addressOfPicture);
        await tab.locator('.annotate-layers[data-picture=there]').waitFor();
        await tab.route(edits, (route) => route.abort('internetdisconnected'));
        const its = openAnnotator(tab);
        await its.press('Escape', 'Shift+Z', 'r', '4');
        await its.drag([240, y], [300, y + 40]);
        await tab.locator('.annotate-save[data-status=offline]').waitFor();
      }
      await client.deleteCategory({ params: { ...params, categoryId: category.id }, query: {} });
      await other.close();
      await page.unroute(edits);
      await page.reload();
      const settle = async () => {
        await trouble.getByText('1 change waits for it.', { exact: false }).waitFor();
        await trouble.getByLabel('Category').first().click();
        await page.getByRole('option', { name: 'leaf', exact: true }).click();
        await trouble.getByRole('button', { name: 'Use this one' }).click();
        await trouble.waitFor({ state: 'detached' });
      };
      await settle();
      await page.locator('.annotate-save[data-status=refused]').waitFor();
      await page.locator('.annotate-save').click();
      await page.getByText('1 change of this picture, made in another tab').waitFor();
      await page.getByRole('button', { name: 'Load the page again' }).click();
      await settle();
      await hands.saved();
      assert.equal((await objects()).length, before + 2);
    },
  );
});
