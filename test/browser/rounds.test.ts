/// <reference lib="dom" />
// From proposals with controls among them, over looking them over, to the page that tells what they saved and what slipped through.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openDrawnDataset } from './drawn-dataset.ts';
import { soon } from './soon.ts';

const skip = chromiumPath === null ? whyNoChromium : false;
const pictureCount = 24;
const fileNames = Array.from({ length: pictureCount }, (_, i) => `${String(i + 10)}.png`);

test('a share comes without proposals, a mistake is slipped in, and one page tells what came of it', {
  skip,
}, async (t) => {
  const pages = await openDrawnDataset('drawn', fileNames);
  const { page, client, address, datasetId, params, items, hands, complaints } = pages;
  const at = (path: string) => `${address}/datasets/${datasetId}/${path}`;
  const { categories } = await client.getDataset({ params });
  const { width, height } = items[0];
  const results = items.flatMap(({ id }) =>
    [0, 1, 2].map((n) => ({
      image_id: id,
      category_id: categories[0].id,
      bbox: [width! * (0.05 + 0.3 * n), height! * 0.1, width! * 0.2, height! * 0.2],
      score: 0.9 - n / 10,
    })),
  );
  const total = async (q: string) =>
    (await client.listImages({ params, query: { q, limit: 1 } })).total;

  await t.test('an empty dataset says what the page is for', async () => {
    await page.goto(at('rounds'));
    await page.getByRole('heading', { name: 'Nothing to tell yet' }).waitFor();
  });

  await t.test('the dialog explains what measuring costs, and has it done', async () => {
    await page.keyboard.press('Shift+P');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A file of results').click();
    const choosing = page.waitForEvent('filechooser');
    await dialog.getByText('Choose a JSON file').first().click();
    await (await choosing).setFiles({
      name: 'yolo.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(results)),
    });
    await dialog.getByLabel('Measure what this saves').press('Space');
    await dialog.getByLabel('Pictures without proposals').fill('40');
    await dialog.getByLabel('With a mistake, of the others').fill('50');
    await dialog.getByText('of 100 pictures 40 are drawn by hand, and in 30').waitFor();
    await dialog.getByRole('button', { name: 'Propose' }).click();
    await dialog.getByText('without proposals, to draw by hand').waitFor();
    assert.ok((await total('control:open')) > 0);
    await dialog.getByRole('link', { name: 'Look them over' }).click();
  });

  await t.test(
    'in the queue controls come among the others, and say that they are to be drawn',
    async () => {
      const bar = page.locator('.look-over-bar');
      let drawnCount = 0;
      for (let left = pictureCount; left > 0; left--) {
        await page
          .locator('.annotator[data-look-over]:not([data-coming]) .look-over-bar')
          .waitFor();
        await bar.getByText(left === 1 ? '1 picture left' : `${left} pictures left`).waitFor();
        if (await bar.getByText('Draw this one by hand').isVisible()) {
          drawnCount++;
          if (drawnCount === 1) {
            await hands.press('r');
            await hands.drag([width! * 0.05, height! * 0.1], [width! * 0.25, height! * 0.3]);
          }
        }
        await hands.press('Enter');
        if (left > 1)
          await bar
            .getByText(left === 2 ? '1 picture left' : `${left - 1} pictures left`)
            .waitFor();
      }
      await page.getByRole('heading', { name: 'All looked over' }).waitFor();
      // The page knows it before the last edits have arrived.
      await soon(async () => {
        assert.equal(await total('control:done'), drawnCount);
        assert.equal(await total('proposals>0'), 0);
      });
    },
  );

  const slipped = async () => (await client.listSlippedMistakes({ params })).items.length;
  await t.test(
    'what slipped through is counted, shown, and put right by a key that can be taken back',
    async () => {
      const { mistakes } = await client.getSavings({ params });
      assert.ok(mistakes.count > 0 && mistakes.judgedCount === mistakes.count);
      await page.goto(at('rounds'));
      await page
        .getByText(`${mistakes.slippedCount} of ${mistakes.judgedCount} slipped through`)
        .waitFor();
      await page.getByText('of work recorded on this dataset').waitFor();
      const before = await slipped();
      await page.locator('.mistake-card[data-focused="true"]').waitFor();
      await page.keyboard.press('a');
      await soon(async () => assert.equal(await slipped(), before - 1));
      await page
        .locator('.mistake-card')
        .nth(before - 1)
        .waitFor({ state: 'detached' });
      await soon(async () => {
        await page.keyboard.press('Control+z');
        assert.equal(await slipped(), before);
      });
      await page
        .locator('.mistake-card')
        .nth(before - 1)
        .waitFor();
      await page.getByRole('button', { name: 'Put all right' }).click();
      await page.locator('.mistake-card').first().waitFor({ state: 'detached' });
      assert.equal(await slipped(), 0);
    },
  );

  await t.test('the pictures say it in a line, with the way to the page', async () => {
    await page.goto(at('images'));
    const line = page.locator('.saved-line');
    await line.getByText('slip through').waitFor();
    await line.getByRole('link', { name: 'Rounds' }).click();
    await page.waitForURL(/\/rounds/);
  });
  assert.deepEqual(complaints, []);
});
