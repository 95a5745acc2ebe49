/// <reference lib="dom" />
// Looking over from the grid to the end: picture by picture, the most doubtful first, one key where all is right.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client, Routes } from '@migaki/api';
import type { Page } from 'playwright-core';
import { openAnnotator } from './annotator.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

/** Proposals on four pictures, each less doubtful than the one before. */
async function openProposals(page: Page, client: Client<Routes>) {
  await page.getByRole('button', { name: /Try the sample/ }).click();
  await page
    .getByRole('link', { name: 'Open the dataset' })
    .or(page.getByRole('button', { name: 'Open the dataset' }))
    .click();
  await page.waitForURL(/\/datasets\/\d+\/images/);
  const params = { datasetId: Number(/datasets\/(\d+)/.exec(page.url())![1]) };
  await soon(async () => {
    const { total } = await client.listImages({ params, query: { q: 'is:labelled', limit: 1 } });
    assert.ok(total > 40);
  });
  const { items } = await client.listImages({ params, query: { limit: 4 } });
  const edits = items.flatMap(({ id: imageId }, n) =>
    [40, 240].map((x) => {
      const fields = { categoryId: 1, bbox: [x, 300, 60, 60], score: 0.5 + n / 10 } as const;
      return {
        type: 'add' as const,
        imageId,
        origin: 'model m@1',
        state: 'proposed' as const,
        fields: { ...fields, bbox: [...fields.bbox] as [number, number, number, number] },
      };
    }),
  );
  await client.applyEdits({ params, body: { key: crypto.randomUUID(), edits } });
  return { params, imageIds: items.map(({ id }) => id) };
}

test('pictures are looked over by doubt with one key each, back and undone, to an end that says what was done', {
  skip,
}, async () => {
  const { page, client, complaints } = await openPages();
  const { params, imageIds } = await openProposals(page, client);
  const openOn = async (imageId: number) => {
    const { annotations } = await client.getImage({ params: { ...params, imageId } });
    return annotations.filter(({ state }) => state === 'proposed').length;
  };
  /** Whether it is there to be worked on, and not only on its way. */
  const shown = async (imageId: number) => {
    await page.waitForURL(new RegExp(`/annotate/${imageId}\\?`));
    await page.locator('.annotator[data-look-over]:not([data-coming]) .look-over-bar').waitFor();
  };
  const hands = openAnnotator(page);
  const bar = page.locator('.look-over-bar');

  await page.getByRole('link', { name: 'Look over 4' }).click();
  await shown(imageIds[0]);
  await bar.getByText('4 pictures left').waitFor();
  await bar.getByText('Unsure 0.5').waitFor();
  await hands.press('Enter');
  await shown(imageIds[1]);
  await bar.getByText('3 pictures left').waitFor();
  await soon(async () => assert.equal(await openOn(imageIds[0]), 0));

  // The most doubtful is rejected, the rest is right.
  await hands.press('g', 'Shift+A', 'Enter');
  await shown(imageIds[2]);
  await soon(async () => assert.equal(await openOn(imageIds[1]), 0));

  // Back, taken back, and done once more.
  await hands.press('d');
  await shown(imageIds[1]);
  await hands.press('d');
  await shown(imageIds[0]);
  await soon(async () => {
    await hands.press('Control+z');
    assert.equal(await openOn(imageIds[0]), 2);
  });
  // This one again, and both that nobody has decided on, though the third was seen.
  await bar.getByText('3 pictures left').waitFor();
  await hands.press('Enter');
  await shown(imageIds[1]);
  await hands.press('f');
  await shown(imageIds[2]);

  // Passed over, and the last one.
  await hands.press('f');
  await shown(imageIds[3]);
  await bar.getByText('1 picture left').waitFor();
  await hands.press('Enter');
  await page.waitForURL(/\/look-over/);
  await page.getByRole('heading', { name: 'Looked over so far' }).waitFor();
  const pictures = page.locator('.metric-tile[data-primary] .metric-value');
  await soon(async () => assert.equal(await pictures.textContent(), '3'));
  await page.getByText('Right: 5').waitFor();
  await page.getByText('Rejected: 1').waitFor();
  await page.getByText('1 picture was passed over').waitFor();

  await page.getByRole('link', { name: 'Look at those again' }).click();
  await shown(imageIds[2]);
  // With a finger, on a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  const decide = page.getByRole('region', { name: 'Decide' });
  await bar.getByText('Unsure 0.7').waitFor();
  await decide.getByRole('button', { name: 'doubtful' }).click();
  await decide.getByRole('button', { name: 'reject' }).click();
  await decide.getByRole('button', { name: 'All right' }).click();
  await page.getByRole('heading', { name: 'All looked over' }).waitFor();
  await page.getByText('Right: 1').waitFor();
  await soon(async () => assert.equal(await openOn(imageIds[2]), 0));
  await page.setViewportSize({ width: 1280, height: 800 });

  // Many at once, on the word of a sample.
  const more = imageIds.flatMap((imageId) =>
    [60, 160, 260, 360].map((x) => ({
      type: 'add' as const,
      imageId,
      origin: 'model m@1',
      state: 'proposed' as const,
      fields: {
        categoryId: 2,
        bbox: [x, 40, 50, 50] as [number, number, number, number],
        score: 0.9,
      },
    })),
  );
  await client.applyEdits({ params, body: { key: crypto.randomUUID(), edits: more } });
  const proposed = async () =>
    (await client.listObjects({ params, query: { q: 'state:proposed', limit: 1 } })).total;
  await page.goto(page.url().replace(/look-over.*/, 'images'));
  const left = page.getByText('16 proposals left');
  await left.waitFor();
  await page.getByRole('button', { name: 'Accept by sample' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('16 proposals from 0.80 on').waitFor();
  await dialog.getByRole('textbox', { name: 'Size of the sample' }).fill('5');
  await dialog.getByRole('button', { name: 'Draw the sample' }).click();
  await dialog.getByText('1 of 5').waitFor();
  await hands.press('x');
  await dialog.getByText('2 of 5').waitFor();
  await hands.press('Backspace');
  await dialog.getByText('1 of 5').waitFor();
  await hands.press('a', 'a', 'a', 'a', 'a');
  await dialog.getByText('100 % are right').waitFor();
  await dialog.getByRole('button', { name: 'Accept 11 more' }).click();
  await page.getByText('16 proposals accepted.').waitFor();
  assert.equal(await proposed(), 0);
  await left.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await soon(async () => assert.equal(await proposed(), 16));
  const edits = more.map(({ imageId }) => imageId);
  await client.applyBulk({
    params,
    body: {
      key: crypto.randomUUID(),
      selection: { imageIds: [...new Set(edits)] },
      action: { type: 'rejectObjects' },
    },
  });

  await page.goto(page.url().replace(/look-over.*/, 'images'));
  await page.locator('.tile').first().waitFor();
  await page.keyboard.press('Shift+L');
  await page.getByText('All looked over').or(page.getByText('Nothing to look over')).waitFor();
  assert.deepEqual(complaints, []);
});

test('without a network the next two pictures are there, and from those that are not the way leads back', {
  skip,
}, async () => {
  const { page, client } = await openPages();
  const { params, imageIds } = await openProposals(page, client);
  const hands = openAnnotator(page);
  const shown = (imageId: number) =>
    Promise.all([
      page.waitForURL(new RegExp(`/annotate/${imageId}\\?`)),
      page.locator('.annotator[data-look-over]:not([data-coming]) .look-over-bar').waitFor(),
    ]);
  const coming = Promise.all(
    [1, 2].map((at) =>
      page.waitForResponse((answer) =>
        answer.url().includes(`/images/${imageIds[at]}?rejected=yes`),
      ),
    ),
  );
  await page.getByRole('link', { name: 'Look over 4' }).click();
  await shown(imageIds[0]);
  await coming;
  await page.context().setOffline(true);
  await hands.press('Enter');
  await shown(imageIds[1]);
  await hands.press('Enter');
  await shown(imageIds[2]);
  await hands.press('Enter');
  await page.getByText(/What you drew is kept in this browser/).waitFor();
  // Also on from a picture that was not there, as far as one has been.
  await page.getByRole('button', { name: 'Previous picture' }).waitFor();
  await hands.press('d');
  await shown(imageIds[2]);
  await page.context().setOffline(false);
  await soon(async () => {
    const q = 'state:proposed';
    const { total } = await client.listImages({ params, query: { q, limit: 1 } });
    assert.equal(total, 1);
  });
});
