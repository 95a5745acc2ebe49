/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('a newcomer makes the sample, looks, filters, chooses, tags, deletes, takes back and leafs through', {
  skip,
}, async (t) => {
  const { page, client, complaints } = await openPages();
  await page.getByRole('button', { name: /Try the sample/ }).click();
  await page
    .getByRole('link', { name: 'Open the dataset' })
    .or(page.getByRole('button', { name: 'Open the dataset' }))
    .click();
  await page.waitForURL(/\/datasets\/\d+\/images/);
  const params = { datasetId: Number(/datasets\/(\d+)/.exec(page.url())![1]) };
  await page.waitForFunction(() => document.querySelectorAll('.tile .overlay-canvas').length > 10);
  const { total, items } = await client.listImages({ params, query: { limit: 500 } });
  const countText = page.locator('.view-count');

  await t.test(
    'objects are drawn where they are, and nothing is drawn where there is none',
    async () => {
      await page.waitForFunction(
        () => document.querySelector<HTMLImageElement>('.tile img')?.complete,
      );
      const [tile] = items;
      const object = tile.overlays.find(({ segmentation }) => Array.isArray(segmentation))!;
      const outline = (object.segmentation as number[][])[0];
      const corners = Array.from({ length: outline.length / 2 }, (_, n) => ({
        x: outline[2 * n],
        y: outline[2 * n + 1],
      }));
      const picture = { width: tile.width!, height: tile.height! };
      const drawn = await inkAt(page, corners, picture);
      assert.ok(
        drawn.every((alpha) => alpha > 100),
        `no line at a corner: ${drawn}`,
      );
      const clear = emptyPoint(
        tile.overlays.map(({ bbox }) => bbox!),
        picture,
      );
      assert.deepEqual(await inkAt(page, [clear], picture), [0]);
      await page.keyboard.press('o');
      await page.waitForFunction(() => document.querySelector('.overlay-canvas') === null);
      await page.keyboard.press('o');
    },
  );

  await t.test('a category of the sidebar becomes the query, in the address too', async () => {
    const { categories } = await client.getDataset({ params });
    const matching = await client.listImages({ params, query: { q: 'category:WBC' } });
    assert.ok(categories.some(({ name }) => name === 'WBC') && matching.total < total);
    await page.locator('.filters').getByText('WBC', { exact: true }).click();
    await page.waitForURL(/q=category%3AWBC/);
    await countText.getByText(new RegExp(`^${matching.total} `)).waitFor();
    assert.equal(
      await page.locator('.tile').first().getAttribute('aria-setsize'),
      `${matching.total}`,
    );
    await page.goBack();
    await countText.getByText(new RegExp(`^${total} `)).waitFor();
  });

  await t.test(
    'clicks, Shift and a rectangle choose; a tag and a deletion reach the workbench',
    async () => {
      const tiles = page.locator('.tile');
      const chosen = page.locator('.tile[aria-selected=true]');
      await tiles.nth(0).click();
      await tiles.nth(2).click({ modifiers: ['Shift'] });
      await page.waitForFunction(
        () => document.querySelectorAll('.tile[aria-selected=true]').length === 3,
      );
      await tiles.nth(1).click({ modifiers: ['Control'] });
      assert.equal(await chosen.count(), 2);
      await page.keyboard.press('t');
      await page.getByRole('dialog').locator('input').fill('night');
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        () => document.querySelectorAll('.tile [title=night]').length === 2,
      );
      const tagged = await client.listImages({ params, query: { q: 'tag:night' } });
      assert.deepEqual(
        tagged.items.map(({ id }) => id),
        [items[0].id, items[2].id],
      );
      await page.keyboard.press('Control+z');
      await page.locator('.tile [title=night]').first().waitFor({ state: 'detached' });
      assert.equal((await client.listImages({ params, query: { q: 'tag:night' } })).total, 0);

      await page.keyboard.press('Escape');
      await page.waitForFunction(
        () => document.querySelector('.tile[aria-selected=true]') === null,
      );
      const [from, to] = [(await tiles.nth(0).boundingBox())!, (await tiles.nth(1).boundingBox())!];
      await page.mouse.move(from.x + 20, from.y + 20);
      await page.mouse.down();
      await page.mouse.move(to.x + 20, to.y + 40, { steps: 5 });
      await page.mouse.up();
      await page.waitForFunction(
        () => document.querySelectorAll('.tile[aria-selected=true]').length === 2,
      );
      await page.keyboard.press('Delete');
      await countText.getByText(new RegExp(`^${total - 2} `)).waitFor();
      await page.keyboard.press('Control+z');
      await countText.getByText(new RegExp(`^${total} `)).waitFor();
      assert.equal((await client.listImages({ params, query: {} })).total, total);
    },
  );

  await t.test('the keyboard moves, chooses and opens; arrows leaf within the query', async () => {
    await page.keyboard.press('Escape');
    await page.locator('.tile').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.waitForFunction(
      () => document.querySelectorAll('.tile[aria-selected=true]').length === 2,
    );
    await page.keyboard.press('Control+a');
    await page.getByText(new RegExp(`^${total} pictures selected`)).waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Home');
    await page.keyboard.press('v');
    const lightbox = page.getByRole('dialog');
    await lightbox.getByText(`1 / ${total}`).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await lightbox.getByText(`3 / ${total}`).waitFor();
    await lightbox.getByText(items[2].fileName).waitFor();
    await page.keyboard.press('ArrowLeft');
    await lightbox.getByText(`2 / ${total}`).waitFor();
    await page.keyboard.press('Escape');
    await lightbox.waitFor({ state: 'detached' });
    // The grid shows where one was.
    const focused = () => document.activeElement?.getAttribute('data-position');
    await page.waitForFunction(() => document.activeElement?.hasAttribute('data-position'));
    assert.equal(await page.evaluate(focused), '1');
  });

  await t.test('Ctrl and the wheel change the size of the tiles about the cursor', async () => {
    const grid = (await page.locator('.grid-scroller').boundingBox())!;
    const cursor = { x: grid.x + grid.width / 2, y: grid.y + grid.height / 2 };
    await page.mouse.move(cursor.x, cursor.y);
    await page.mouse.wheel(0, 700);
    await page.waitForFunction(() => document.querySelector('.grid-scroller')!.scrollTop >= 700);
    const under = await page.evaluate(
      ({ x, y }) =>
        document.elementFromPoint(x, y)!.closest('.tile')!.getAttribute('data-position'),
      cursor,
    );
    const widthOf = () =>
      page.evaluate(() => document.querySelector<HTMLElement>('.tile')!.offsetWidth);
    const width = await widthOf();
    await page.keyboard.down('Control');
    for (const pixels of [100, 100, -100, -100, -100]) {
      await page.mouse.wheel(0, pixels);
      await page.waitForTimeout(100);
      const row = (await page.locator(`[data-position="${under}"]`).boundingBox())!;
      assert.ok(row.y - 8 <= cursor.y && cursor.y <= row.y + row.height + 8, `it went to ${row.y}`);
    }
    await page.keyboard.up('Control');
    assert.ok((await widthOf()) > width);
  });

  await t.test(
    'on a phone filters lie in a drawer, a long press chooses, and nothing overflows',
    async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      const touch = await page.context().newCDPSession(page);
      const finger = async (type: 'touchStart' | 'touchEnd', touchPoints: Point[] = []) => {
        await touch.send('Input.dispatchTouchEvent', { type, touchPoints });
      };
      const hasOverflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      await page.locator('.filters').waitFor({ state: 'detached' });
      assert.equal(await hasOverflow(), false);
      await page.getByRole('button', { name: 'Filters', exact: true }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByText('Platelets').waitFor();
      await drawer.getByRole('button', { name: `${total} pictures` }).click();
      await drawer.waitFor({ state: 'detached' });
      await finger('touchStart', [{ x: 120, y: 500 }]);
      await page.getByText('1 picture selected').waitFor();
      await finger('touchEnd');
      assert.equal(await hasOverflow(), false);
    },
  );

  await t.test('what is typed right after Ctrl+K is for the palette alone', async () => {
    const before = page.url();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('stat');
    const palette = page.locator('.mantine-Spotlight-content');
    await soon(async () => assert.equal(await palette.getByRole('textbox').inputValue(), 'stat'));
    await palette.getByText('Statistics').first().waitFor();
    assert.equal(page.url(), before);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  await t.test('a chart that comes before the names of categories waits for them', async () => {
    const { pathname } = new URL(page.url());
    const dataset = pathname.split('/').slice(0, 3).join('/');
    await page.route(`**/api${dataset}`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    await page.goto(new URL(`${dataset}/statistics`, page.url()).href);
    await page.waitForResponse((response) => response.url().includes('/statistics'));
    assert.equal(await page.locator('.charts canvas').count(), 0);
    assert.equal(await page.getByText('has no categories yet').count(), 0);
    await page.locator('.charts canvas').first().waitFor();
    await page.unroute(`**/api${dataset}`);
  });

  assert.deepEqual(complaints, []);

  await t.test('who logs out sees the login, and nothing of before', async () => {
    await page.goto(new URL('/settings', page.url()).href);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('Tokens for programs').waitFor({ state: 'detached' });
    await page.getByLabel('Token').waitFor();
  });
});

interface Point {
  x: number;
  y: number;
}

/** Opacity (0 to 255) of the first tile's canvas at points of its picture, the strongest within a pixel. */
function inkAt(
  page: Page,
  points: readonly Point[],
  picture: { width: number; height: number },
): Promise<number[]> {
  return page.evaluate(
    ({ points, picture }) => {
      const tile = document.querySelector('.tile')!;
      const canvas = tile.querySelector('canvas')!;
      const frame = canvas.getBoundingClientRect();
      const shown = tile.querySelector('img')!.getBoundingClientRect();
      const perCssPixel = canvas.width / frame.width;
      const context = canvas.getContext('2d')!;
      return points.map(({ x, y }) => {
        const left = (shown.left - frame.left + (x / picture.width) * shown.width) * perCssPixel;
        const top = (shown.top - frame.top + (y / picture.height) * shown.height) * perCssPixel;
        const { data } = context.getImageData(Math.round(left) - 1, Math.round(top) - 1, 3, 3);
        return Math.max(...data.filter((_, byte) => byte % 4 === 3));
      });
    },
    { points, picture },
  );
}

/** A point of the picture that is well clear of every box. */
function emptyPoint(
  boxes: readonly (readonly [number, number, number, number])[],
  { width, height }: { width: number; height: number },
): Point {
  const margin = 12;
  for (let y = margin; y < height - margin; y += 5) {
    for (let x = margin; x < width - margin; x += 5) {
      const isClear = boxes.every(
        ([left, top, w, h]) =>
          x < left - margin || x > left + w + margin || y < top - margin || y > top + h + margin,
      );
      if (isClear) return { x, y };
    }
  }
  throw new Error('The picture is full of objects.');
}
