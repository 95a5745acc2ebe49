/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunDetail } from '@migaki/api';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;
/** A machine that does much else at the time is slow to begin a training. */
const longMillis = 180_000;

test('a model is trained through the form, looked at, crowned, downloaded and put to work; runs are compared', {
  skip,
}, async (t) => {
  const { page, client, complaints, importCells, address } = await openPages();
  const datasetId = await importCells();
  const ended = async (runId: number): Promise<RunDetail> => {
    for (;;) {
      const run = await client.getRun({ params: { runId } });
      if (run.state !== 'queued' && run.state !== 'running') return run;
      await sleep(100);
    }
  };
  let first: RunDetail;

  await t.test('the form says what is wrong at its field, and starts what it said', async () => {
    await page.goto(`${address}/datasets/${datasetId}/images`);
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await page.waitForURL(/\/runs\/new\?dataset=/);
    assert.ok(await page.getByRole('radio', { name: /^Detect/ }).isChecked());
    assert.ok(await page.getByRole('radio', { name: /^Pose/ }).isDisabled());
    await page.getByText('Epochs', { exact: true }).click();
    const epochs = page.getByRole('textbox', { name: 'Epochs' });
    await epochs.fill('0');
    await page.getByText(/A number from 1 to/).waitFor();
    await epochs.fill('2');
    await page.getByText(/sees each picture 2 times/).waitFor();
    await page.getByRole('button', { name: 'More settings' }).click();
    await page.getByRole('textbox', { name: 'Input size' }).fill('96');
    await page.getByRole('textbox', { name: 'Name of the run' }).fill('first try');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.waitForURL(/\/runs\/\d+$/);
    const runId = Number(page.url().match(/\d+$/)![0]);
    const { settings, name } = await client.getRun({ params: { runId } });
    assert.equal(name, 'first try');
    assert.deepEqual(
      { epochs: settings.epochs, inputSide: settings.inputSide, size: settings.size },
      { epochs: 2, inputSide: 96, size: 'tiny' },
    );
  });

  await t.test('curves come, and the run says how it ended', async () => {
    const loss = page.locator('.curve-card', {
      has: page.getByRole('heading', { name: 'Loss', exact: true }),
    });
    await loss.locator('canvas').waitFor({ timeout: longMillis });
    first = await ended(Number(page.url().match(/\d+$/)![0]));
    assert.equal(first.state, 'succeeded', JSON.stringify(first.error));
    await page.locator('.run-header').getByText('Done').waitFor({ timeout: longMillis });
    await loss.getByRole('button', { name: /As a table/ }).click();
    await loss.getByRole('cell', { name: 'Loss', exact: true }).waitFor();
  });

  await t.test('samples are drawn, and open as large as the page', async () => {
    await page.getByRole('link', { name: 'Samples' }).click();
    const sample = page.locator('.sample').first();
    await sample.locator('canvas').waitFor();
    await sample.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('img').waitFor();
    const title = await dialog.locator('.mantine-Modal-title').innerText();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('.mantine-Modal-title')?.innerText !== before,
      title,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  await t.test('its model becomes the champion, and is downloaded', async () => {
    await page.locator('.run-facts').getByRole('link', { name: /@1$/ }).click();
    await page.getByRole('button', { name: 'Make it the champion' }).click();
    await page.getByRole('button', { name: 'Remove champion' }).waitFor();
    const [{ name }] = first.models;
    const champion = await client.findModelVersion({ query: { reference: `${name}@champion` } });
    assert.equal(champion.version, 1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Half precision/ }).click(),
    ]);
    const bytes = await readFile(await download.path());
    assert.ok(bytes.includes('migaki') && bytes.length > 10_000, `${bytes.length} bytes`);
    await page.locator('.lineage').getByRole('link', { name: 'first try' }).waitFor();
  });

  await t.test('it proposes for a dataset, and its proposals are looked over', async () => {
    await page.goto(`${address}/datasets/${datasetId}/images`);
    await page.getByRole('button', { name: 'Let a model propose' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'Only pictures without labels' }).uncheck();
    // From a score of 0 on: it has learned next to nothing.
    await dialog.getByRole('slider').press('Home');
    await dialog.getByRole('button', { name: 'Propose' }).click();
    await dialog.getByText('pictures looked at').waitFor({ timeout: longMillis });
    await dialog.getByRole('link', { name: 'Look them over' }).click();
    await page.waitForURL(/annotate\/\d+\?over=1/);
    await page.getByText(/pictures? left/).waitFor();
    const query = { q: 'state:proposed', limit: 1 };
    const { items } = await client.listObjects({ params: { datasetId }, query });
    assert.match(items[0].annotation.origin, /^model .+@1$/);
  });

  await t.test(
    'it is evaluated on pictures that it has not seen, and its mistakes are looked at',
    async () => {
      await page.goto(`${address}/models/${first.models[0].modelId}`);
      await page.getByRole('button', { name: 'Evaluate' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Evaluate' }).click();
      await dialog
        .getByRole('link', { name: 'See what came of it' })
        .click({ timeout: longMillis });
      await page.waitForURL(/\/evaluations\/\d+$/);
      const evaluationId = Number(page.url().match(/\d+$/)![0]);
      const { outcomes } = await client.getEvaluation({ params: { evaluationId } });
      // It has learned next to nothing.
      assert.ok(outcomes.missed! > 0, JSON.stringify(outcomes));
      await page.getByRole('button', { name: /^Missed/ }).click();
      await page.waitForURL(/outcome=missed/);
      const cards = page.locator('.judgement');
      await cards.first().waitFor();
      await page
        .getByRole('status')
        .filter({ hasText: String(outcomes.missed) })
        .waitFor();
      const box = await cards.first().locator('.truth-line').boundingBox();
      assert.ok(box !== null && box.width > 5 && box.height > 5);
      await page.getByRole('link', { name: 'Show in the grid' }).click();
      await page.waitForURL(/q=judged/);
      await page.locator('.tile').first().waitFor();
    },
  );

  await t.test('a round: it learns anew, and the better of the two is the champion', async () => {
    await page.goto(`${address}/datasets/${datasetId}/runs`);
    await page.getByRole('button', { name: 'Retrain' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Retrain' }).click();
    await dialog.getByText(/champion: /).waitFor({ timeout: longMillis });
    await dialog.getByRole('link', { name: 'See them side by side' }).click();
    await page.waitForURL(/\/evaluations\/\d+\?other=\d+$/);
    await page.getByRole('heading', { name: 'Where they differ' }).waitFor();
    const champion = await client.findModelVersion({
      query: { reference: `${first.models[0].name}@champion` },
    });
    const { items } = await client.listEvaluations({ query: { datasetId, limit: 2 } });
    const best = items.toSorted((a, b) => b.metrics.AP - a.metrics.AP)[0];
    assert.equal(`${champion.name}@${champion.version}`, best.modelName);
  });

  await t.test('two runs are chosen and compared; what differs is marked', async () => {
    const second = await client.startRun({
      body: {
        datasetId,
        task: 'detect',
        name: 'second try',
        settings: { epochs: 1, inputSide: 96, seed: 7 },
      },
    });
    assert.equal((await ended(second.id)).state, 'succeeded');
    await page.goto(`${address}/runs`);
    for (const name of ['first try', 'second try']) {
      await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
    }
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.waitForURL(/\/runs\/compare\?runs=\d+%2C\d+|\/runs\/compare\?runs=\d+,\d+/);
    const row = page.getByRole('row', { name: /^Epochs/ });
    assert.equal(await row.getAttribute('data-differs'), 'true');
    assert.deepEqual((await row.getByRole('cell').allInnerTexts()).toSorted(), ['1', '2']);
    await page.getByLabel('Best').first().waitFor();
    await page
      .locator('.curve-card', { has: page.getByRole('heading', { name: 'Loss', exact: true }) })
      .locator('canvas')
      .waitFor();
  });

  assert.deepEqual(complaints, []);
});
