/// <reference lib="dom" />
// Mistakes in labels, with a model that has learned little: what counts is what becomes of what it says.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { importDrawn, quick } from '../../apps/server/src/testing/drawn-dataset.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('a model’s word against a label is taken or dismissed with a key each, and taken back', {
  skip,
}, async (t) => {
  const pages = await openPages();
  const { page, client, finished, complaints } = pages;
  const datasetId = await importDrawn(pages, 'leaves', 'detect', 8);
  const params = { datasetId };
  const settings = { ...quick, epochs: 30 };
  const body = { datasetId, task: 'detect', settings, modelName: 'finder' } as const;
  await finished({ id: (await client.startRun({ body })).jobId! } as Job);

  const listed = async () => (await client.listMistakes({ params, query: { limit: 500 } })).items;
  const left = (count: number) =>
    page
      .getByRole('status')
      .filter({ hasText: `${count} left` })
      .waitFor();
  const focused = page.locator('.mistake-card[data-focused="true"]');
  const untilListed = (count: number) =>
    soon(async () => assert.equal((await listed()).length, count));

  await t.test('without any the page says what it is for, and asks for a model', async () => {
    await page.goto(`${pages.address}/datasets/${datasetId}/mistakes`);
    await page.getByText('No doubts to look at').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('dialog').getByText('How doubtful a label has to be').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  await t.test('they appear when a search has ended, the most doubtful first', async () => {
    const search = await client.startMistakeSearch({
      params,
      body: { model: 'finder', leastDoubt: 0.05 },
    });
    assert.equal((await finished(search.job)).state, 'succeeded');
    await focused.waitFor();
    await left((await listed()).length);
    assert.equal(await focused.getAttribute('aria-posinset'), '1');
  });

  await t.test('one key takes it, one dismisses it, and both can be taken back', async () => {
    const items = await listed();
    const { length: count } = items;
    const { revision } = await client.getDataset({ params });
    await page.keyboard.press('x');
    await left(count - 1);
    await page.keyboard.press('a');
    await left(count - 2);
    await soon(async () =>
      assert.equal((await client.getDataset({ params })).revision, revision + 1),
    );
    await soon(async () => {
      const ids = (await listed()).map(({ id }) => id);
      assert.ok(!ids.includes(items[0].id) && !ids.includes(items[1].id));
    });
    await page.keyboard.press('Control+z');
    await soon(async () => assert.ok((await listed()).some(({ id }) => id === items[1].id)));
    await page.keyboard.press('Control+z');
    await untilListed(count);
    await left(count);
  });

  await t.test('a filter shows one kind, and Enter opens the annotator at the object', async () => {
    const [{ kind, image }] = await listed();
    const names = {
      overlooked: 'Overlooked',
      misplaced: 'Misplaced',
      swapped: 'Wrong category',
    };
    await page.getByText(new RegExp(`^${names[kind]} \\d`)).click();
    await page.waitForURL(new RegExp(`kind=${kind}`));
    await page.locator(`.mistake-card[aria-label^="${names[kind]}"]`).first().waitFor();
    await page.locator('.mistake-card figcaption').first().click();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/annotate/${image.id}.*back=mistakes`));
  });
  assert.deepEqual(complaints, []);
});
