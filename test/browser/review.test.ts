/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client, Routes } from '@migaki/api';
import type { Page } from 'playwright-core';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

type Params = { datasetId: number };

/** Four proposals on each of the first pictures, and the page that shows them. */
async function openProposals(page: Page, client: Client<Routes>): Promise<Params> {
  await page.getByRole('button', { name: /Try the sample/ }).click();
  await page
    .getByRole('link', { name: 'Open the dataset' })
    .or(page.getByRole('button', { name: 'Open the dataset' }))
    .click();
  await page.waitForURL(/\/datasets\/\d+\/images/);
  await untilDrawn(page);
  const params = { datasetId: Number(/datasets\/(\d+)/.exec(page.url())![1]) };
  const { items } = await client.listImages({ params, query: { limit: 12 } });
  const edits = items.flatMap(({ id: imageId, overlays }, n) =>
    overlays.slice(0, 4).map((object, k) => {
      const [x, y, width, height] = object.bbox!;
      const bbox: [number, number, number, number] = [x + 5, y + 5, width, height];
      const fields = { categoryId: object.categoryId, bbox, score: 0.3 + ((n * 4 + k) % 60) / 100 };
      return { type: 'add', imageId, origin: 'model m@1', state: 'proposed', fields } as const;
    }),
  );
  await client.applyEdits({ params, body: { key: crypto.randomUUID(), edits } });
  return params;
}

const untilDrawn = (page: Page) =>
  page.waitForFunction(() => document.querySelectorAll('.tile .overlay-canvas').length > 6);
const focused = (page: Page) =>
  page.evaluate(() => Number(document.activeElement?.getAttribute('data-position')));
const scrolled = (page: Page) =>
  page.evaluate(() => document.querySelector('.grid-scroller')!.scrollTop);
/** What the tiles of the grid say, in order. */
const names = (page: Page, count: number) =>
  page.evaluate(
    (most) =>
      [...document.querySelectorAll('.tile')]
        .slice(0, most)
        .map((tile) => tile.getAttribute('aria-label')),
    count,
  );

test('proposals are looked over by single keys, one object, one picture or a selection at a time', {
  skip,
}, async (t) => {
  const { page, client, complaints, loginToken } = await openPages();
  const params = await openProposals(page, client);
  const left = async (q = 'state:proposed') =>
    (await client.listObjects({ params, query: { q, limit: 1 } })).total;
  const untilLeft = async (count: number) => {
    await page.getByText(`${count} proposals left`, { exact: true }).waitFor();
    for (let tries = 0; (await left()) !== count && tries < 100; tries++) {
      await page.waitForTimeout(50);
    }
    assert.equal(await left(), count);
  };
  const address = page.url().replace(/\/images.*/, '');

  await t.test('objects: each key acts, the focus goes on, and no tile moves', async () => {
    await page.goto(`${address}/objects?q=state%3Aproposed`);
    await untilDrawn(page);
    const before = await names(page, 8);
    await page.locator('.tile').first().focus();
    await page.keyboard.press('a');
    await page.keyboard.press('x');
    await page.keyboard.press('2');
    await page.keyboard.press('Delete');
    assert.equal(await focused(page), 4);
    await page.locator('.tile[data-verdict=rejected]').waitFor();
    await page.locator('.tile[data-verdict=deleted]').waitFor();
    await untilLeft(44);
    await page.getByRole('button', { name: '4 no longer match: let go' }).waitFor();
    const after = await names(page, 8);
    assert.deepEqual(after.slice(4), before.slice(4), 'what comes after stays where it is');
    assert.equal(after[2]?.startsWith('WBC'), true);
    const { items } = await client.listObjects({ params, query: { q: 'reviewed:yes', limit: 10 } });
    assert.deepEqual(
      items.map(({ annotation }) => [annotation.state, annotation.origin]),
      [
        ['accepted', 'model m@1'],
        ['accepted', 'human'],
      ],
    );
    assert.equal(await left('state:rejected'), 1);
  });

  await t.test('each is taken back by Ctrl and Z, and the focus goes back with it', async () => {
    await page.keyboard.press('Control+z');
    await page.locator('.tile[data-verdict=deleted]').waitFor({ state: 'detached' });
    await untilLeft(45);
    assert.equal(await focused(page), 3);
    await page.keyboard.press('Control+z');
    await untilLeft(46);
    await page.keyboard.press('u');
    await page.getByText('no longer match').waitFor({ state: 'detached' });
  });

  await t.test('far down the list nothing jumps, whoever else changes it', async () => {
    await page.locator('.grid-scroller').evaluate((element) => {
      element.scrollTop = 500;
    });
    await page.waitForTimeout(300);
    const [first] = await page
      .locator('.tile')
      .evaluateAll((tiles) =>
        tiles
          .filter((tile) => tile.getBoundingClientRect().top > 250)
          .map((tile) => Number(tile.getAttribute('data-position'))),
      );
    await page.locator(`[data-position="${first}"]`).focus();
    const top = await scrolled(page);
    const next = await page.locator(`[data-position="${first + 1}"]`).getAttribute('aria-label');
    await page.keyboard.press('a');
    const { items } = await client.listObjects({
      params,
      query: { q: 'state:proposed', limit: 1 },
    });
    const edits = [{ type: 'reject', annotationId: items[0].annotation.id }] as const;
    await client.applyEdits({ params, body: { key: crypto.randomUUID(), edits: [...edits] } });
    await page.getByText('44 proposals left', { exact: true }).waitFor();
    assert.equal(await scrolled(page), top);
    // What somebody else has taken from the list before it is gone; the keys are still on the same tile.
    const now = () =>
      page.evaluate(() => [
        document.activeElement?.getAttribute('data-position'),
        document.activeElement?.getAttribute('aria-label'),
      ]);
    assert.deepEqual(await now(), [String(first), next]);
    // All that match are those that are left, not what was decided on and is still shown.
    await page.keyboard.press('Control+a');
    await page.getByText('44 objects selected', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test(
    'in a picture its objects are stepped through, or all of them accepted',
    async () => {
      await page.goto(`${address}/images`);
      await untilDrawn(page);
      const { items } = await client.listImages({ params, query: { limit: 500 } });
      const position = items.findIndex(
        ({ proposalCount }, n) => proposalCount > 1 && items[n + 1].proposalCount > 1,
      );
      const [one, two] = items.slice(position);
      await page.locator(`[data-position="${position}"]`).focus();
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      const proposals = () => page.locator(`[data-position="${position}"] .tile-proposals`);
      await proposals()
        .getByText(String(one.proposalCount - 1), { exact: true })
        .waitFor();
      for (let n = 1; n < one.proposalCount; n++) await page.keyboard.press('x');
      await proposals().waitFor({ state: 'detached' });
      assert.equal(await focused(page), position + 1);
      // The keys are on an object of the next picture, and then on the whole of it.
      await page.locator(`[data-position="${position + 1}"] [data-highlighted]`).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await page
        .locator(`[data-position="${position + 1}"] .tile-proposals`)
        .waitFor({ state: 'detached' });
      const still = 44 - one.proposalCount - two.proposalCount;
      for (let tries = 0; (await left()) !== still && tries < 100; tries++) {
        await page.waitForTimeout(50);
      }
      assert.equal(await left(), still);
      const accepted = await client.getImage({ params: { ...params, imageId: two.id } });
      assert.ok(accepted.annotations.every(({ state }) => state === 'accepted'));
      assert.equal(accepted.status, 'in_progress');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('k');
      await page.locator(`[data-position="${position + 1}"] .tile-reviewed`).waitFor();
    },
  );

  await t.test('a selection gets a category from the list of them', async () => {
    await page.goto(`${address}/objects?q=category%3ARBC`);
    await untilDrawn(page);
    const tiles = page.locator('.tile');
    await tiles.nth(0).click();
    await tiles.nth(2).click({ modifiers: ['Shift'] });
    await page.getByText('3 objects selected').waitFor();
    await page.keyboard.press('r');
    await page.getByRole('dialog').getByRole('textbox').fill('plat');
    const before = (
      await client.listObjects({ params, query: { q: 'category:Platelets', limit: 1 } })
    ).total;
    await page.keyboard.press('Enter');
    await page.getByText('Objects with a new category: 3').waitFor();
    const { total } = await client.listObjects({
      params,
      query: { q: 'category:Platelets', limit: 1 },
    });
    assert.equal(total, before + 3);
    // They stay where they are, as what they are now, and chosen.
    await page.getByRole('button', { name: '3 no longer match: let go' }).waitFor();
    const labels = await names(page, 3);
    assert.ok(
      labels.every((label) => label?.startsWith('Platelets')),
      labels.join(),
    );
    await page.getByText('3 objects selected').waitFor();
  });

  await t.test('the category of pictures changes after a look at what that means', async () => {
    await page.goto(`${address}/images`);
    await untilDrawn(page);
    const tiles = page.locator('.tile');
    await tiles.nth(0).click();
    await tiles.nth(3).click({ modifiers: ['Shift'] });
    await page.getByText('4 pictures selected').waitFor();
    const { items } = await client.listImages({ params, query: { limit: 4 } });
    const { categories } = await client.getDataset({ params });
    const [to] = categories;
    const { revision } = await client.getDataset({ params });
    const body = { selection: { imageIds: items.map(({ id }) => id) }, to: to.id };
    const found = await client.countOtherCategories({ params, body });
    const dialog = page.getByRole('dialog', { name: `Change the category to ${to.name}` });

    // The key alone changes nothing, from the list of categories neither.
    await page.keyboard.press('r');
    await page.getByRole('dialog').getByRole('textbox').press('1');
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.keyboard.press('1');
    await dialog
      .getByRole('button', { name: new RegExp(`^Change ${found.objectCount} `) })
      .waitFor();
    assert.equal((await client.getDataset({ params })).revision, revision);

    const [{ categoryId, objectCount, imageCount }] = found.categories;
    const { name } = categories.find(({ id }) => id === categoryId)!;
    await dialog.getByRole('radio', { name }).check();
    await dialog
      .getByText(new RegExp(`^${objectCount} objects? on ${imageCount} pictures?$`))
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: new RegExp(`^Change ${objectCount} `) }).click();
    await page.getByText(`Objects with a new category: ${objectCount}`).waitFor();
    const left = await client.countOtherCategories({ params, body });
    assert.equal(left.objectCount, found.objectCount - objectCount);
    await page.keyboard.press('Control+z');
    await page.getByText('Taken back').waitFor();
    assert.deepEqual(await client.countOtherCategories({ params, body }), found);
  });

  await t.test(
    'what is marked with proposals on it does not count yet, and that is told',
    async () => {
      await page.goto(`${address}/images?q=state%3Aproposed`);
      await untilDrawn(page);
      const tiles = page.locator('.tile');
      await tiles.nth(0).click();
      await tiles.nth(1).click({ modifiers: ['Shift'] });
      await page.getByText('2 pictures selected').waitFor();
      await page.keyboard.press('k');
      await page.getByText('Pictures reviewed: 0. Pictures with open proposals: 2').waitFor();
      await page.keyboard.press('Escape');
      const { revision } = await client.getDataset({ params });
      await tiles.nth(2).focus();
      await page.keyboard.press('k');
      await page.getByText('open here: the picture counts as reviewed once').waitFor();
      await soon(async () =>
        assert.equal((await client.getDataset({ params })).revision, revision + 1),
      );
    },
  );

  await t.test('without a network keys are kept, over a reload, and are sent later', async () => {
    const changes = /\/api\/datasets\/\d+\/(edits|bulk)$/;
    const before = await left();
    await page.goto(`${address}/objects?q=state%3Aproposed`);
    await untilDrawn(page);
    await page.route(changes, (route) => route.abort('internetdisconnected'));
    await page.locator('.tile').first().focus();
    await page.keyboard.press('a');
    await page.keyboard.press('x');
    await page.getByText('2 changes wait', { exact: true }).waitFor();
    await page.locator('.tile').nth(2).click();
    await page
      .locator('.tile')
      .nth(3)
      .click({ modifiers: ['Shift'] });
    await page.keyboard.press('Delete');
    await page.getByText('3 changes wait', { exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('2 changes wait', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('2 changes wait', { exact: true }).waitFor();
    await page.locator('.tile[data-verdict=rejected]').waitFor();
    assert.equal(await left(), before);
    await page.getByRole('link', { name: 'Statistics' }).click();
    await page.getByRole('button', { name: '2 changes are still to be saved' }).waitFor();
    await page.unroute(changes);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByRole('button', { name: /still to be saved/ }).waitFor({ state: 'detached' });
    await soon(async () => assert.equal(await left(), before - 2));
  });

  await t.test('who is logged out decides on, logs in over the page, and all is sent', async () => {
    const before = await left();
    await page.goto(`${address}/objects?q=state%3Aproposed`);
    await untilDrawn(page);
    await page.locator('.tile').first().focus();
    await page.context().clearCookies();
    await page.keyboard.press('x');
    const login = page.locator('.login-over');
    await login.waitFor();
    assert.equal(await left(), before);
    await login.locator('input').fill(loginToken);
    await page.keyboard.press('Enter');
    await login.waitFor({ state: 'detached' });
    await untilLeft(before - 1);
  });

  await t.test('a picture that is deleted while one looks at it is said to be', async () => {
    await page.goto(`${address}/images`);
    await untilDrawn(page);
    await page.locator('.tile').first().focus();
    await page.keyboard.press('v');
    const { items } = await client.listImages({ params, query: { limit: 1 } });
    const notice = page.getByRole('alert').getByText('This picture has been moved to the trash.');
    await page.getByRole('dialog').getByText(items[0].fileName).waitFor();
    await client.applyBulk({
      params,
      body: {
        key: crypto.randomUUID(),
        selection: { imageIds: [items[0].id] },
        action: { type: 'deleteImages' },
      },
    });
    await notice.waitFor();
    await page.getByRole('button', { name: 'Bring the picture back' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  // The browser itself tells of calls that came to nothing, which is what was asked of it here.
  const unexpected = complaints.filter((line) => !line.startsWith('Failed to load resource'));
  assert.deepEqual(unexpected, []);
});

test('a picture is talked about, sent back and settled; its history leads back for one object', {
  skip,
}, async () => {
  const { page, client, complaints } = await openPages();
  const params = await openProposals(page, client);
  const { items } = await client.listImages({ params, query: { limit: 1 } });
  const ofImage = { params: { ...params, imageId: items[0].id } };
  await page.locator('.tile').first().focus();
  await page.keyboard.press('v');
  const lightbox = page.getByRole('dialog');
  await lightbox.getByText('4 proposals left').waitFor();

  await page.keyboard.press('Shift+X');
  const picture = (await lightbox.locator('.stage img').boundingBox())!;
  await page.mouse.click(picture.x + picture.width / 4, picture.y + picture.height / 2);
  await page.keyboard.type('One is missing here');
  await page.keyboard.press('Control+Enter');
  await lightbox.locator('.comment-thread').getByText('One is missing here').waitFor();
  const { threads } = await client.listComments(ofImage);
  const [x, y] = threads[0].at!;
  const { width, height, status } = await client.getImage(ofImage);
  assert.ok(Math.abs(x - width! / 4) < 2 && Math.abs(y - height! / 2) < 2, `${x}, ${y}`);
  assert.equal(status, 'in_progress');

  await lightbox.getByRole('button', { name: 'Reply' }).click();
  await page.keyboard.type('Drawn');
  await page.keyboard.press('Control+Enter');
  await lightbox.locator('.comment-text').getByText('Drawn').waitFor();
  await lightbox.getByRole('button', { name: 'Resolve' }).click();
  await lightbox.getByText('1 resolved').waitFor();
  assert.equal((await client.listComments(ofImage)).threads[0].resolved?.by, 'owner');
  await page.locator('body').press('Control+z');
  await lightbox.locator('.comment-thread').first().waitFor();
  assert.equal((await client.listComments(ofImage)).threads[0].resolved, null);

  const [victim] = (await client.getImage(ofImage)).annotations.filter(
    ({ state }) => state === 'accepted',
  );
  await lightbox
    .getByRole('button', { name: new RegExp(`#${victim.id}\\b`) })
    .first()
    .click();
  await page.keyboard.press('Delete');
  await lightbox
    .getByRole('button', { name: new RegExp(`#${victim.id}\\b`) })
    .waitFor({ state: 'detached' });
  await lightbox.getByRole('button', { name: 'History' }).click();
  await lightbox.getByText(/Deleted objects \(1\)/).click();
  // The message goes away by itself: it is waited for before there is a reason for it.
  const isSaid = page.getByText(`#${victim.id} is so again`).waitFor();
  await lightbox.getByRole('button', { name: `Restore #${victim.id}` }).click();
  await isSaid;
  const restored = (await client.getImage(ofImage)).annotations.find(({ id }) => id === victim.id);
  assert.deepEqual(restored?.bbox, victim.bbox);
  assert.deepEqual(complaints, []);
});
