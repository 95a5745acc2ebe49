/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, openAnnotator } from './annotator.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('who opens a picture from the grid draws, goes on, and comes back to where he was', {
  skip,
}, async (t) => {
  const pages = await openPages();
  const { page, client, complaints, importCells, address } = pages;
  const datasetId = await importCells();
  const params = { datasetId };
  const { items } = await client.listImages({ params, query: { q: 'category:WBC', limit: 10 } });
  const editor = openAnnotator(page);

  await t.test('Enter on a tile opens the annotator within the filter', async () => {
    await page.goto(`${address}/datasets/${datasetId}/images?q=category%3AWBC`);
    await page.locator('.tile').nth(1).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('application').waitFor();
    await page.getByText(/^3 \/ \d+$/).waitFor();
    assert.match(page.url(), new RegExp(`/annotate/${items[2].id}\\?q=category`));
  });

  await t.test('a box is drawn where the hand drew it, and is saved at once', async () => {
    const before = await client.getImage({ params: { ...params, imageId: items[2].id } });
    const [left, top] = freePlace(before.annotations, 60, 40);
    await page.keyboard.press('r');
    await editor.drag([left, top], [left + 60, top + 40]);
    await editor.saved();
    const { annotations, status } = await client.getImage({
      params: { ...params, imageId: items[2].id },
    });
    assert.equal(annotations.length, before.annotations.length + 1);
    const bbox = annotations.at(-1)!.bbox!;
    [left, top, 60, 40].forEach((value, i) => {
      assert.ok(Math.abs(bbox[i] - value) < 1, `${bbox}`);
    });
    assert.equal(status, 'in_progress');
    assert.ok((await drawn(page, 'objects', [[left + 30, top]]))[0] > 100);
    assert.ok((await drawn(page, 'objects', [[left - 6, top - 6]]))[0] === 0);
  });

  await t.test('undo and redo reach the workbench, too', async () => {
    const count = async () =>
      (await client.getImage({ params: { ...params, imageId: items[2].id } })).annotations.length;
    const before = await count();
    await page.keyboard.press('Control+z');
    await editor.saved();
    assert.equal(await count(), before - 1);
    await page.keyboard.press('Control+Shift+z');
    await editor.saved();
    assert.equal(await count(), before);
  });

  await t.test('arrows go on within the filter, and the tool stays', async () => {
    await page.keyboard.press('f');
    await page.getByText(/^4 \/ \d+$/).waitFor();
    await page.waitForURL(new RegExp(`/annotate/${items[3].id}`));
    assert.equal(
      await page.getByRole('button', { name: 'Box', exact: true }).getAttribute('aria-pressed'),
      'true',
    );
    await page.keyboard.press('d');
    await page.getByText(/^3 \/ \d+$/).waitFor();
    await page.keyboard.press('f');
    await page.getByText(/^4 \/ \d+$/).waitFor();
  });

  await t.test('back leads to the picture that was open last', async () => {
    await page.keyboard.press('Shift+q');
    await page.waitForURL(/\/images\?q=category/);
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-position') === '3');
  });

  await t.test('an object of the object view is selected and zoomed to', async () => {
    await page.goto(`${address}/datasets/${datasetId}/objects?q=category%3AWBC`);
    await page.locator('.tile .tile-name').first().waitFor();
    await page.locator('.tile').first().focus();
    await page.keyboard.press('e');
    await page.waitForURL(/[?&]object=\d+/);
    const selected = page.locator('.annotate-object[aria-selected=true]');
    await selected.waitFor();
    await soon(async () => {
      const zoom = await page.getByRole('button', { name: /^Zoom: / }).textContent();
      assert.ok(Number.parseInt(zoom!, 10) > 200, zoom!);
    });
    await page.keyboard.press('Shift+q');
    await page.waitForURL(/\/objects\?q=category/);
  });

  assert.deepEqual(complaints, []);
});

/** Where a box has room to itself, so that it does not snap to others. */
function freePlace(
  objects: readonly { bbox: readonly number[] | null }[],
  width: number,
  height: number,
): [left: number, top: number] {
  const margin = 12;
  for (let top = margin; top + height + margin < 480; top += 5) {
    for (let left = margin; left + width + margin < 640; left += 5) {
      const isFree = objects.every(({ bbox }) => {
        const [x, y, w, h] = bbox!;
        const isBeside = x + w < left - margin || x > left + width + margin;
        return isBeside || y + h < top - margin || y > top + height + margin;
      });
      if (isFree) return [left, top];
    }
  }
  throw new Error('The picture is full.');
}
