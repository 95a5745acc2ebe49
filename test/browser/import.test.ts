/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { soon } from './soon.ts';
import { openPages } from './web-app.ts';

const skip = chromiumPath === null ? whyNoChromium : false;
const sharp = createRequire(new URL('../../apps/server/package.json', import.meta.url))('sharp');
const pictureCount = 30;

test('a folder that is dropped, interrupted by a reload and dropped again becomes a dataset', {
  skip,
}, async (t) => {
  const { page, client, finished, folder, complaints } = await openPages();
  const cells = await folderOfCells(join(folder, 'cells'));
  page.on('dialog', (dialog) => dialog.accept());
  const start = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
  const datasetCalled = async (name: string) =>
    (await client.listDatasets({ query: {} })).datasets.find((each) => each.name === name);
  let sent = 0;
  const isUpload = /\/api\/uploads\/[^/]+\/files$/;

  await t.test('what has arrived before a reload is not sent again', async () => {
    await page.route(isUpload, (route) => {
      if (++sent <= 10) return route.continue();
    });
    await drop(page, cells);
    await page
      .locator('.chosen-files')
      .getByText(`${pictureCount + 1} files`)
      .waitFor();
    await focusInDialog(page);
    await start.click();
    await page.getByText(`10 of ${pictureCount + 1} files`).waitFor();
    // A speed of before says nothing of now.
    await page.getByText('Waiting for the workbench to answer').waitFor();
    await focusInDialog(page);
    await page.reload();
    await page.unroute(isUpload);
    await page.getByText('An upload was interrupted').waitFor();

    sent = 0;
    page.on('request', (request) => {
      if (isUpload.test(request.url()) && request.method() === 'POST') sent++;
    });
    await drop(page, cells);
    await page.getByText('10 of these files have arrived before').waitFor();
    await start.click();
    await page.getByText('Done', { exact: true }).waitFor();
    assert.equal(sent, pictureCount + 1 - 10);
    const { imageCount, annotationCount, missingPictureCount } = (await datasetCalled('cells'))!;
    assert.deepEqual(
      [imageCount, annotationCount, missingPictureCount],
      [pictureCount, 2 * pictureCount, 0],
    );
    assert.equal(await page.evaluate(() => localStorage.getItem('migaki-upload')), null);
  });

  await t.test('what a lost network holds up goes on by itself', async () => {
    await page.goto(page.url());
    const setOnline = (isOnline: boolean) =>
      page.evaluate(
        (value) => Object.defineProperty(navigator, 'onLine', { value, configurable: true }),
        isOnline,
      );
    let failures = 0;
    page.on('requestfailed', (request) => {
      if (isUpload.test(request.url())) failures++;
    });
    let started = 0;
    await page.route(isUpload, async (route) => {
      if (++started === 5) await setOnline(false);
      return started < 5 ? route.continue() : route.abort('internetdisconnected');
    });
    await drop(page, join(cells, 'images'));
    await start.click();
    // Each of those under way has tried again, and in vain.
    await soon(async () => assert.ok(failures >= 8));
    await page.unroute(isUpload);
    await setOnline(true);
    await page.getByText('Done', { exact: true }).waitFor();
    assert.equal((await datasetCalled('images'))!.imageCount, pictureCount);
    const lines = complaints.splice(0);
    assert.ok(lines.every((line) => line.includes('ERR_INTERNET_DISCONNECTED')));
  });

  await t.test(
    'labels may come first; the report leads to the pictures that are missing',
    async () => {
      await page.goto(page.url());
      await drop(page, join(cells, 'labels.json'));
      // So short an import may have ended, and the page have heard of it, before the answer to its start is there.
      await page.route('**/api/imports', async (route) => {
        const response = await route.fetch();
        await finished((await response.json()).job);
        await page.waitForTimeout(500);
        await route.fulfill({ response });
      });
      await start.click();
      await page.getByText(`${pictureCount} pictures are missing`).waitFor();
      await page.getByRole('button', { name: 'Add them now' }).click();
      await drop(page, join(cells, 'images'), '.file-drop');
      await start.click();
      await page.getByText('missing pictures found').waitFor();
      const { imageCount, missingPictureCount } = (await datasetCalled('labels'))!;
      assert.deepEqual([imageCount, missingPictureCount], [pictureCount, 0]);
    },
  );

  assert.deepEqual(complaints, []);
});

/** Whoever goes on by keys is where the files are. */
async function focusInDialog(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.activeElement?.closest('[role=dialog]')?.tagName !== undefined,
  );
}

/** Drops a file or folder of the disk, as a person does. */
async function drop(page: Page, path: string, onto = 'main'): Promise<void> {
  await page.locator(onto).first().waitFor();
  const { x, y, width, height } = (await page.locator(onto).first().boundingBox())!;
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: x + width / 2,
      y: y + height / 2,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
    // The zone over the whole page comes with the drag.
    await page.waitForTimeout(100);
  }
}

/** Pictures, and a COCO file with two objects on each. */
async function folderOfCells(root: string): Promise<string> {
  mkdirSync(join(root, 'images'), { recursive: true });
  const ids = Array.from({ length: pictureCount }, (_, index) => index + 1);
  for (const id of ids) {
    const background = { r: (8 * id) % 256, g: 90, b: 140 };
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background } });
    writeFileSync(join(root, 'images', `${id}.png`), await picture.png().toBuffer());
  }
  const labels = {
    images: ids.map((id) => ({ id, file_name: `${id}.png`, width: 64, height: 48 })),
    annotations: ids.flatMap((image_id) =>
      [0, 1].map((n) => ({
        id: 2 * image_id + n,
        image_id,
        category_id: 1 + n,
        bbox: [4 + 20 * n, 6, 12, 10],
        area: 120,
        iscrowd: 0,
      })),
    ),
    categories: [
      { id: 1, name: 'RBC' },
      { id: 2, name: 'WBC' },
    ],
  };
  writeFileSync(join(root, 'labels.json'), JSON.stringify(labels));
  return root;
}
