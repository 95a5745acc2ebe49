/// <reference lib="dom" />
// Proposals from elsewhere, asked for in the pages: a file of results that is sent, and a model behind HTTP.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@migaki/api';
import { answeringServer } from '../../apps/server/src/testing/answering-server.ts';
import { importDrawn, quick } from '../../apps/server/src/testing/drawn-dataset.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;
const imageCount = 4;

test('a file of results and a model behind HTTP propose', { skip }, async (t) => {
  const pages = await openPages();
  const { page, client, complaints } = pages;
  const datasetId = await importDrawn(pages, 'leaves', 'detect', imageCount, (dataset) => ({
    ...dataset,
    annotations: [],
  }));
  const params = { datasetId };
  const { categories } = await client.getDataset({ params });
  const [{ id: categoryId, name }] = categories;
  const { items } = await client.listImages({ params, query: {} });
  const found = { bbox: [10, 12, 20, 16], score: 0.9 };
  const server = await answeringServer(({ fileName }) =>
    fileName === items[0].fileName
      ? [422, { error: 'too dark' }]
      : [200, [{ ...found, category_id: 0 }]],
  );
  const dialog = page.getByRole('dialog');
  const open = async (origin: string, of = datasetId) => {
    await page.goto(`${pages.address}/datasets/${of}/images`);
    await soon(async () => {
      await page.keyboard.press('Shift+P');
      assert.ok(await dialog.isVisible());
    });
    await dialog.getByText(origin, { exact: true }).click();
  };
  const propose = dialog.getByRole('button', { name: 'Propose', exact: true });
  const proposalCount = async (source: string) => {
    const each = await Promise.all(
      items.map(({ id }) => client.getImage({ params: { ...params, imageId: id } })),
    );
    return each
      .flatMap(({ annotations }) => annotations)
      .filter(({ origin }) => origin === `model ${source}`).length;
  };

  await t.test('a file is chosen, and gives its source its name', async () => {
    await open('A file of results');
    assert.ok(await propose.isDisabled());
    const results = items.map(({ id }) => ({ ...found, image_id: id, category_id: categoryId }));
    await dialog
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'yolo11.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(results)),
      });
    await soon(async () =>
      assert.equal(await dialog.getByLabel('In whose name').inputValue(), 'yolo11'),
    );
    await propose.click();
    await dialog.getByRole('link', { name: 'Look them over' }).waitFor();
    assert.equal(await proposalCount('yolo11'), imageCount);
  });

  await t.test(
    'an address says by itself how it is spoken to; one that may not be called is told',
    async () => {
      await open('A model behind HTTP');
      assert.ok(await propose.isDisabled());
      const address = dialog.getByLabel('Address');
      await address.fill('http://10.9.8.7/v2/models/yolo');
      await dialog.getByText('A model of the Open Inference Protocol').waitFor();
      await dialog.getByRole('button', { name: 'More' }).click();
      await dialog.getByLabel('Output of boxes').waitFor();
      await propose.click();
      await dialog.getByRole('alert').getByText('--allow-endpoint').waitFor();
      await address.fill(server.origin);
      await dialog.getByText('It is sent each picture').waitFor();
      await dialog.getByLabel('Output of boxes').waitFor({ state: 'detached' });
    },
  );

  await t.test(
    'what it answers becomes proposals of its classes, and a refusal is told',
    async () => {
      await dialog.getByLabel('Names of its classes').fill(`${name}\ndog`);
      await dialog.getByLabel('In whose name').fill('detr');
      await propose.click();
      await dialog.getByRole('link', { name: 'Look them over' }).waitFor();
      await dialog.getByText('HTTP 422 (too dark)').waitFor();
      assert.equal(await proposalCount('detr'), imageCount - 1);
    },
  );
  await t.test('a wanted precision tells its scores once the model was measured', async () => {
    const unseen = await importDrawn(pages, 'unseen', 'detect', 12);
    const { jobId } = await client.startRun({
      body: {
        datasetId: await importDrawn(pages, 'seen', 'detect', imageCount),
        task: 'detect',
        settings: { ...quick, epochs: 1 },
        modelName: 'finder',
      },
    });
    await pages.finished({ id: jobId! } as Job);
    await open('A model');
    await dialog.getByText('What is right often enough').click();
    await dialog.getByText('Evaluate it first').waitFor();
    const { job } = await client.startEvaluation({
      params: { datasetId: unseen },
      body: { model: 'finder' },
    });
    await pages.finished(job);
    // The pages hear of the evaluation, and ask again.
    await dialog.getByText('Counted on pictures of unseen').waitFor();
    await dialog.getByRole('cell', { name, exact: true }).waitFor();
    await propose.click();
    await dialog.getByRole('alert').getByText('some class reaches').waitFor();
  });
  await t.test('classes that are called otherwise are given a category each', async () => {
    const renamed = await importDrawn(pages, 'renamed', 'detect', 2, (dataset) => ({
      ...dataset,
      categories: dataset.categories.map((category) => ({
        ...category,
        name: `my ${category.name}`,
      })),
      annotations: [],
    }));
    await open('A model', renamed);
    await dialog.getByLabel(`Category of ${name}`).click();
    await page.getByRole('option', { name: `my ${name}` }).click();
    await propose.click();
    await dialog.getByRole('link', { name: 'Look them over' }).waitFor();
    const { items: jobs } = await client.listJobs({ query: { datasetId: renamed } });
    assert.equal(jobs[0].kind, 'preannotate');
  });
  // Browsers complain of every refusal.
  assert.deepEqual(
    complaints.filter((line) => !line.includes('status of 4')),
    [],
  );
});
