/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('the views of a dataset count what they show, and say what there is not', {
  skip,
}, async (t) => {
  const { page, client, finished, importCells, address, folder } = await openPages();
  const datasetId = await importCells();
  const params = { datasetId };
  const open = (path: string) => page.goto(`${address}/datasets/${datasetId}/${path}`);
  /** Until a tile has its picture, a click on it says nothing, and until they are counted all of them are none. */
  const picturesAreThere = async () => {
    await page.locator('.tile-name').nth(1).waitFor();
    await countText.getByText(/^\d/).waitFor();
  };
  const openPictures = async () => {
    await open('images');
    await picturesAreThere();
  };
  const countText = page.locator('.view-count');
  /** The number beside a value of the filters. */
  const filterCount = (value: string) =>
    page.locator('.facet', { has: page.getByText(value, { exact: true }) }).locator('.facet-count');

  await t.test('beside objects, the filters count objects; beside pictures, pictures', async () => {
    const { categories, imageCount } = await client.getDataset({ params });
    const white = categories.find(({ name }) => name === 'WBC')!;
    assert.notEqual(white.objectCount, white.imageCount);
    await open('objects');
    await filterCount('WBC').getByText(`${white.objectCount}`, { exact: true }).waitFor();
    await page.locator('.filters').getByText('WBC', { exact: true }).click();
    await countText.getByText(new RegExp(`^${white.objectCount} `)).waitFor();
    await filterCount('New').getByText(`${white.objectCount}`, { exact: true }).waitFor();
    await open('images');
    await filterCount('WBC').getByText(`${white.imageCount}`, { exact: true }).waitFor();
    await filterCount('New').getByText(`${imageCount}`, { exact: true }).waitFor();
  });

  await t.test('the query bar gives an example of what the dataset has', async () => {
    const bar = page.locator('.query-bar input');
    assert.equal(await bar.getAttribute('placeholder'), 'category:RBC count(RBC)>3 status:review');
  });

  await t.test('under a query that makes no sense stands nothing of the one before', async () => {
    await page.locator('.tile').first().waitFor();
    for (const view of ['images', 'objects', 'statistics']) {
      await open(view);
      await countText.getByText(/^\d/).waitFor();
      await page.locator('.query-bar input').fill('categry:WBC');
      await page.keyboard.press('Enter');
      await page.getByText('Nothing is shown until the query above is understood.').waitFor();
      assert.equal(await countText.textContent(), '', view);
      assert.equal(await page.locator('.tile, .chart-card').count(), 0, view);
    }
  });

  await t.test('copied and moved pictures are taken back in both datasets', async () => {
    const { id: to } = await client.createDataset({ body: { name: 'picked' } });
    const countsOf = async () =>
      Promise.all(
        [datasetId, to].map(
          async (id) => (await client.getDataset({ params: { datasetId: id } })).imageCount,
        ),
      );
    const transfer = async (how: 'Copy' | 'Move') => {
      await page.keyboard.press('m');
      const dialog = page.getByRole('dialog');
      await dialog.locator('input').first().click();
      await page.getByRole('option', { name: 'picked' }).click();
      await dialog.getByRole('button', { name: how }).click();
    };
    const [all] = await countsOf();
    await openPictures();
    await page.locator('.tile').nth(0).click();
    await page
      .locator('.tile')
      .nth(1)
      .click({ modifiers: ['Shift'] });
    await transfer('Copy');
    const toast = page.locator('.mantine-Notification-root');
    await toast.getByText('Pictures copied: 2 · to “picked”', { exact: true }).waitFor();
    await toast.getByRole('button', { name: 'Undo' }).click();
    await toast.waitFor({ state: 'detached' });
    await soon(async () => assert.deepEqual(await countsOf(), [all, 0]));

    await transfer('Copy');
    await toast.getByText('Pictures copied: 2 · to “picked”', { exact: true }).waitFor();
    const lost = await client.applyBulk({
      params: { datasetId: to },
      body: {
        key: crypto.randomUUID(),
        selection: { q: '' },
        action: { type: 'deleteObjects' },
      },
    });
    await transfer('Move');
    await toast
      .getByText(
        `Pictures moved: 2 · to “picked” · 2 were there already · ${lost.objectCount} labels that 2 of these lacked were added`,
      )
      .waitFor();
    assert.deepEqual(await countsOf(), [all - 2, 2]);
    await page.keyboard.press('Control+z');
    await countText.getByText(new RegExp(`^${all} `)).waitFor();
    await client.undoRevision({
      params: { datasetId: to, revision: lost.revision },
      body: { key: crypto.randomUUID() },
    });
    await page.keyboard.press('Control+z');
    await soon(async () => assert.deepEqual(await countsOf(), [all, 0]));
  });

  await t.test(
    'pictures go to a dataset that is named on the way, and that goes when they are taken back',
    async () => {
      const names = async () =>
        (await client.listDatasets({ query: {} })).datasets.map(({ name }) => name);
      const before = await names();
      await openPictures();
      await page.locator('.tile').nth(0).click();
      await page.keyboard.press('m');
      const dialog = page.getByRole('dialog');
      await dialog.locator('input').first().click();
      await page.getByRole('option', { name: 'A new dataset' }).click();
      const copy = dialog.getByRole('button', { name: 'Copy' });
      const name = dialog.getByRole('textbox', { name: 'Name' });
      // Who has chosen a new one goes on typing.
      await name.and(page.locator(':focus')).waitFor();
      await page.keyboard.type('cells');
      await dialog.getByText('A dataset has this name already').waitFor();
      assert.ok(await copy.isDisabled());
      await name.fill(' night ');
      await page.keyboard.press('Enter');
      const toast = page.locator('.mantine-Notification-root');
      await toast
        .getByText('Pictures copied: 1 · to the new dataset “night”', { exact: true })
        .waitFor();
      assert.deepEqual(new Set(await names()), new Set(['night', ...before]));
      await toast.getByRole('button', { name: 'Undo' }).click();
      await soon(async () => assert.deepEqual(new Set(await names()), new Set(before)));
    },
  );

  await t.test('what was changed over there leads to the changes over there', async () => {
    await openPictures();
    await page.locator('.tile').nth(0).click();
    await page
      .locator('.tile')
      .nth(1)
      .click({ modifiers: ['Shift'] });
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.locator('input').first().click();
    await page.getByRole('option', { name: 'A new dataset' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('copied');
    await dialog.getByRole('button', { name: 'Copy' }).click();
    const toast = page.locator('.mantine-Notification-root');
    await toast.getByText('to the new dataset “copied”').waitFor();
    const { datasets } = await client.listDatasets({ query: {} });
    const { id: copied } = datasets.find(({ name }) => name === 'copied')!;
    const there = { params: { datasetId: copied } };
    const { items } = await client.listImages({ ...there, query: { limit: 1 } });
    const tagged = await client.applyBulk({
      ...there,
      body: {
        key: crypto.randomUUID(),
        selection: { imageIds: [items[0].id] },
        action: { type: 'addTag', tag: 'others' },
      },
    });
    await page.keyboard.press('Control+z');
    await toast.getByText('about the dataset “copied”').waitFor();
    await toast.getByRole('button', { name: 'All changes' }).click();
    await page.getByRole('button', { name: `Take revision ${tagged.revision} back` }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/datasets/${copied}/versions`);
    await client.undoRevision({
      params: { datasetId: copied, revision: tagged.revision },
      body: { key: crypto.randomUUID() },
    });
    await page.goBack();
    await page.locator('.tile').first().waitFor();
    await page.keyboard.press('Control+z');
    await toast.getByText('Taken back', { exact: true }).waitFor();
    // What was done there and taken back again is nothing to keep it for.
    await assert.rejects(client.getDataset(there), { code: 'dataset-not-found' });
  });

  await t.test('what is refused because of a later change is taken back once that is', async () => {
    const tagged = async (tag: string) =>
      (await client.listImages({ params, query: { q: `tag:${tag}` } })).total;
    const tag = async (nth: number, name: string) => {
      await page.keyboard.press('Escape');
      await page.locator('.tile').nth(nth).click();
      await page.keyboard.press('t');
      await page.getByRole('dialog').locator('input').fill(name);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await soon(async () => assert.equal(await tagged(name), 1));
    };
    await openPictures();
    await tag(1, 'early');
    await tag(0, 'dusk');
    const { items } = await client.listImages({ params, query: { limit: 1 } });
    const later = await client.applyBulk({
      params,
      body: {
        key: crypto.randomUUID(),
        selection: { imageIds: [items[0].id] },
        action: { type: 'addTag', tag: 'others' },
      },
    });

    const toast = page.locator('.mantine-Notification-root');
    await page.keyboard.press('Control+z');
    await toast.getByText(`in revision ${later.revision}`).waitFor();
    // The one before is free; what was refused stays.
    await page.keyboard.press('Control+z');
    await soon(async () => assert.equal(await tagged('early'), 0));
    assert.equal(await tagged('dusk'), 1);
    await toast.getByRole('button', { name: 'All changes' }).click();
    await page.getByRole('button', { name: `Take revision ${later.revision} back` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
    await soon(async () => assert.equal(await tagged('others'), 0));
    await page.goBack();
    await picturesAreThere();
    await page.keyboard.press('Control+z');
    await soon(async () => assert.equal(await tagged('dusk'), 0));
  });

  await t.test('a difference tells which category became which, on a phone too', async () => {
    await client.createVersion({ params, body: { name: 'v1' } });
    const { categories } = await client.getDataset({ params });
    const { items } = await client.listImages({ params, query: { limit: 2 } });
    const annotationIds = items.map(({ overlays }) => overlays[0].id);
    const to = categories.find(({ id }) => id !== items[0].overlays[0].categoryId)!.id;
    const done = await client.applyBulk({
      params,
      body: {
        key: crypto.randomUUID(),
        selection: { annotationIds },
        action: { type: 'setCategory', to },
      },
    });
    const desk = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    await open('versions?from=v1&to=now');
    const rows = page.locator('.difference-row');
    await rows.nth(0).getByText(items[0].fileName).waitFor();
    const words = rows.nth(0).locator('.field-change').first();
    const nameOf = (id: number | null) => categories.find((each) => each.id === id)!.name;
    assert.match(
      (await words.textContent())!,
      new RegExp(`^${nameOf(items[0].overlays[0].categoryId)} +${nameOf(to)}$`),
    );
    // Chips have a line of their own rather than a letter for each line.
    const chips = await rows.nth(0).locator('.difference-name > *').all();
    for (const chip of chips) assert.ok((await chip.boundingBox())!.height < 40);
    const pictures = await rows.nth(0).locator('.difference-picture').all();
    for (const picture of pictures) {
      const { x, width } = (await picture.boundingBox())!;
      assert.ok(x >= 0 && x + width <= 390);
    }
    await page.setViewportSize(desk);
    await client.undoRevision({
      params: { datasetId, revision: done.revision },
      body: { key: crypto.randomUUID() },
    });
  });

  await t.test('files of one name are told apart by what differs of their folders', async () => {
    const paths = ['day/i/1.png', 'day/right/1.png', 'day/right/2.png'];
    for (const [nth, path] of paths.entries()) {
      const create = { width: 32, height: 24, background: { r: nth, g: 0, b: 0 } };
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      await sharp({ create: { ...create, channels: 3 } })
        .png()
        .toFile(join(folder, path));
    }
    const into = { newDataset: 'folders' };
    const started = await client.startImport({ body: { into, from: { path: folder } } });
    assert.equal((await finished(started.job)).state, 'succeeded');
    await page.goto(`${address}/datasets/${started.datasetId}/images`);
    const names = page.locator('.tile .file-name');
    await soon(async () =>
      assert.deepEqual(await names.allTextContents(), ['i/1.png', 'right/1.png', '2.png']),
    );
    assert.equal(await names.first().getAttribute('title'), paths[0]);
    const gap = await names.first().evaluate((name) => {
      const folder = document.createRange();
      folder.selectNodeContents(name.querySelector('.file-name-folder')!);
      const slash = name.querySelector('.file-name-slash')!.getBoundingClientRect();
      return slash.left - folder.getBoundingClientRect().right;
    });
    assert.ok(Math.abs(gap) < 0.5, `${gap} px before the slash`);
  });

  await t.test('an export says beforehand what its report may tell', async () => {
    await open('images');
    await page.locator('.tile').first().waitFor();
    await page.keyboard.press('Shift+E');
    const dialog = page.getByRole('dialog');
    const listed = dialog.locator('.not-carried li');
    const review = 'statuses, tags, reviews, comments, work time and who drew what were left out';
    await listed.getByText(review).waitFor();
    await dialog.getByRole('switch', { name: 'With review' }).click();
    await listed.getByText(review).waitFor({ state: 'detached' });
    await dialog.locator('input').first().click();
    await page.getByRole('option', { name: 'CSV' }).click();
    await listed.getByText('skeletons and keypoint names were left out').waitFor();
    await listed.getByText(review).waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test(
    'a dataset whose pictures are all in the trash leads there, and there they have their objects',
    async () => {
      const { imageCount } = await client.getDataset({ params });
      const { items } = await client.listImages({ params, query: { limit: 1 } });
      await openPictures();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByText(`All ${imageCount} pictures are in the trash`).waitFor();
      await page.getByRole('link', { name: 'Open the trash' }).click();
      const first = page.locator('.tile').first();
      await first.getByText(items[0].fileName).waitFor();
      assert.equal(await first.locator('.tile-objects').textContent(), `${items[0].objectCount}`);
      await first.locator('.overlay-canvas').waitFor();
    },
  );
});
