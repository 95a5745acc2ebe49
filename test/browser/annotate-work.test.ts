/// <reference lib="dom" />
// What is done to objects once they are there, and with more than one picture: through the page, and looked up at the
// workbench. It is one piece because it is one sitting at one workbench: what a step leaves is where the next one begins.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rleArea, rleFromSegmentation, type Segmentation } from '@migaki/coco';
import sharp from 'sharp';
import { drawn, type Point, viewOf } from './annotator.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openDrawnDataset } from './drawn-dataset.ts';
import { pictureSize } from './drawn-picture.ts';
import { soon } from './soon.ts';

const skip = chromiumPath === null ? whyNoChromium : false;
const { width, height } = pictureSize;

test('objects are changed, combined and carried on to other pictures', { skip }, async (t) => {
  const names = Array.from({ length: 8 }, (_, i) => `picture-${i}.png`);
  const pages = await openDrawnDataset('work', names);
  const { page, client, complaints, address, datasetId, params, items, hands, show } = pages;
  const { press } = hands;
  const clicks = async (...points: readonly Point[]) => {
    for (const point of points) await hands.click(point);
  };
  const open = async (index: number) => {
    await show(index);
    await press('Escape', 'Shift+Z');
  };
  const objects = async (index: number) => {
    await hands.saved();
    return (await client.getImage({ params: { ...params, imageId: items[index].id } })).annotations;
  };
  const rounded = (box: readonly number[] | null) => box!.map(Math.round);
  /** Square pixels of what an object covers. */
  const pixels = (segmentation: unknown) =>
    rleArea(rleFromSegmentation(segmentation as Segmentation, height, width));
  const rectangle = (x: number, y: number, w: number, h: number): Point[] => [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
  const box = async (x: number, y: number, w: number, h: number) => {
    await hands.drag([x, y], [x + w, y + h]);
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();

  await t.test(
    'a box is moved and pulled; a polygon loses a point, gets one, and is turned',
    async () => {
      await open(0);
      await press('Shift+N', 'r');
      await box(100, 100, 80, 60);
      await press('v');
      await hands.drag([140, 130], [160, 150]);
      await hands.drag([200, 180], [240, 200]);
      assert.deepEqual(rounded((await objects(0))[0].bbox), [120, 120, 120, 80]);
      await press('Alt+ArrowRight', 'Alt+ArrowDown');
      assert.deepEqual(rounded((await objects(0))[0].bbox), [121, 121, 120, 80]);
      await press('Escape', 'p');
      await clicks(...rectangle(300, 60, 60, 60));
      await press('n', 'v');
      await hands.click([360, 120], ['Alt']);
      await hands.drag([312, 60], [330, 20]);
      const ring = ((await objects(0))[1].segmentation as number[][])[0].map(Math.round);
      assert.deepEqual(ring, [300, 60, 330, 20, 360, 60, 300, 120]);
      await hands.drag([330, -4], [390, 70]);
      const turned = ((await objects(0))[1].segmentation as number[][])[0];
      assert.ok(Math.abs(turned[2] - 380) < 12 && Math.abs(turned[3] - 70) < 12, `${turned}`);
    },
  );

  await t.test('several are selected by a frame, and get a category by a number key', async () => {
    await press('Escape');
    await hands.drag([80, 10], [450, 250]);
    await press('2');
    assert.deepEqual(
      (await objects(0)).map(({ categoryId }) => categoryId),
      [2, 2],
    );
    await press('Control+z');
    // Or one that is looked for.
    await page.getByRole('textbox', { name: 'Find a category' }).fill('lea');
    await press('Enter');
    assert.deepEqual(
      (await objects(0)).map(({ categoryId }) => categoryId),
      [2, 2],
    );
    await page.locator('.annotate-layers').focus();
    await press('Control+z', 'Escape');
  });

  await t.test('together, less, in common: by the buttons over the canvas', async () => {
    await open(1);
    const two = async () => {
      await press('p');
      await clicks(...rectangle(100, 100, 60, 40));
      await press('n', 'Escape', 'p');
      await clicks(...rectangle(130, 100, 60, 40));
      await press('n', 'v', 'Escape');
      await hands.click([110, 120]);
      await hands.click([180, 120], ['Shift']);
    };
    for (const [name, area] of [
      [/^Unite/, 90 * 40],
      [/^Subtract/, 30 * 40],
      [/^Intersect/, 30 * 40],
    ] as const) {
      await two();
      await button(name).click();
      const [object, ...others] = await objects(1);
      assert.equal(others.length, 0);
      assert.ok(
        Math.abs(pixels(object.segmentation) - area) < 80,
        `${name}: ${pixels(object.segmentation)}`,
      );
      await press('Delete');
    }
  });

  await t.test(
    'a line of the hand loses idle points, becomes a mask, a polygon and a box',
    async () => {
      await press('p');
      const [x, y, w, h] = [100, 180, 120, 60];
      const sides = [0, 1, 2, 3, 4, 5];
      await hands.drag(
        ...sides.map((i): Point => [x + (w * i) / 6, y]),
        ...sides.map((i): Point => [x + w, y + (h * i) / 6]),
        ...sides.map((i): Point => [x + w - (w * i) / 6, y + h]),
        ...sides.map((i): Point => [x, y + h - (h * i) / 6]),
        [x, y],
      );
      const ring = async () => ((await objects(1))[0].segmentation as number[][])[0];
      assert.equal((await ring()).length / 2, 24);
      await press('v');
      await button(/^Simplify/).click();
      assert.equal((await ring()).length / 2, 4);
      await press('Shift+B');
      const [mask] = await objects(1);
      assert.ok(!Array.isArray(mask.segmentation));
      assert.ok(Math.abs(mask.area! - w * h) <= w + h, `${mask.area}`);
      await press('Shift+V');
      const [polygon] = await objects(1);
      assert.equal((await ring()).length / 2, 4);
      assert.equal(pixels(polygon.segmentation), pixels(mask.segmentation));
      await press('Shift+X');
      const [asBox] = await objects(1);
      assert.equal(asBox.segmentation, null);
      assert.deepEqual(asBox.bbox, mask.bbox);
      await press('Delete');
    },
  );

  await t.test('a line cuts an object in two; parts become objects', async () => {
    await press('p');
    await clicks(...rectangle(100, 300, 100, 50));
    await press('n', 'Shift+Y');
    await hands.drag([150, 290], [150, 360]);
    const halves = await objects(1);
    assert.equal(halves.length, 2);
    for (const { area } of halves) assert.ok(Math.abs(area! - 2500) < 30, `${area}`);
    await press('v', 'u', 'y', 'Control+a', 'Delete');
    await hands.saved();
  });

  await t.test(
    'the same once more: in place, where the pointer is, and on the next picture',
    async () => {
      await open(2);
      await press('r');
      await box(50, 50, 40, 30);
      await press('Control+c', 'Control+v');
      await hands.move([300, 200]);
      await press('q');
      const boxes = (await objects(2)).map(({ bbox }) => rounded(bbox));
      assert.deepEqual(boxes[0], [50, 50, 40, 30]);
      // Over the first nobody would see the second.
      assert.deepEqual(boxes[1].slice(2), boxes[0].slice(2));
      assert.ok(boxes[1][0] > 50 && boxes[1][0] < 70, `${boxes[1]}`);
      assert.deepEqual(boxes[2], [280, 185, 40, 30]);
      await press('f');
      await page.waitForURL(new RegExp(`/annotate/${items[3].id}`));
      await page.locator('.annotate-layers[data-picture=there]').waitFor();
      // The picture that was left has three as well: what is waited for is the one that came.
      await page.locator('.annotate-status-line').getByText('0 objects').waitFor();
      await press('Control+d');
      await page.locator('.annotate-status-line').getByText('3 objects').waitFor();
      assert.deepEqual(
        (await objects(3)).map(({ bbox }) => rounded(bbox)),
        boxes,
      );
      await press('Control+d');
      await page.getByText(/exactly the same, was not copied again/).waitFor();
      assert.equal((await objects(3)).length, 3);
    },
  );

  await t.test('objects of any picture are copied, one category of them', async () => {
    await open(2);
    await press('2', 'r');
    await box(400, 300, 40, 40);
    await press('Escape', '1');
    await hands.saved();
    await open(4);
    await press('Control+Alt+d');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name of a picture' }).fill('picture-2');
    await dialog.getByRole('button', { name: /picture-2/ }).click();
    await dialog.getByRole('button', { name: 'Copy 4 objects' }).waitFor();
    await dialog.getByRole('checkbox', { name: /^cell/ }).uncheck();
    await dialog.getByRole('button', { name: 'Copy 1 object', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.annotate-status-line').getByText('1 object', { exact: true }).waitFor();
    assert.deepEqual(
      (await objects(4)).map(({ categoryId }) => categoryId),
      [2],
    );
    await press('Control+a', 'Delete');
    await hands.saved();
  });

  await t.test('proposals are not copied, and it is said how they can be', async () => {
    const imageId = items[4].id;
    const fields = { categoryId: 1, bbox: [40, 40, 60, 40] as [number, number, number, number] };
    const proposal = {
      type: 'add',
      imageId,
      fields,
      origin: 'model m@1',
      state: 'proposed',
    } as const;
    const edit = async (edits: Parameters<typeof client.applyEdits>[0]['body']['edits']) =>
      client.applyEdits({ params, body: { key: crypto.randomUUID(), edits } });
    const { annotationIds } = await edit([proposal]);
    await open(5);
    await press('Control+d');
    await page.getByText('only proposals on that picture').waitFor();
    await page.getByText('accepted there (A)').waitFor();
    const dialog = page.getByRole('dialog');
    await press('Control+Alt+d');
    await dialog.getByRole('textbox', { name: 'Name of a picture' }).fill(items[4].fileName);
    await dialog.getByText('only proposals there').waitFor();
    await dialog.getByRole('textbox', { name: 'Name of a picture' }).fill('no such picture');
    await dialog.getByText('No picture with objects has such a name').waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await open(4);
    await press('Control+b');
    await page.getByText('only proposals here').waitFor();
    assert.equal(await dialog.count(), 0);
    await edit([{ type: 'delete', annotationId: annotationIds[0]! }]);
    await open(4);
  });

  await t.test('a box is drawn onto the pictures that follow, as a track', async () => {
    await press('r');
    await box(100, 100, 40, 40);
    await press('Control+b');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Pictures' }).fill('3');
    // A click while the dialog is still on its way in goes beside it.
    const asTrack = dialog.getByRole('switch', { name: /as a track/ });
    await soon(() => asTrack.setChecked(true, { force: true }));
    await dialog.getByRole('button', { name: 'Draw 1 object on 3 pictures' }).waitFor();
    await asTrack.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    for (const index of [5, 6, 7]) {
      const [object, ...others] = await objects(index);
      assert.equal(others.length, 0);
      assert.deepEqual(rounded(object.bbox), [100, 100, 40, 40]);
      assert.equal(object.attributes.keyframe, false);
    }
  });

  await t.test('what is corrected three pictures on is filled in between', async () => {
    await open(7);
    await press('v');
    await hands.click([120, 120]);
    await hands.drag([120, 120], [180, 150]);
    assert.equal((await objects(7))[0].attributes.keyframe, undefined);
    const dialog = page.getByRole('dialog');
    const fill = dialog.getByRole('button', { name: 'Fill in 2 pictures' });
    // From the last one in which somebody drew it the way leads back, and as far as the one before.
    await press('Control+i');
    await fill.waitFor();
    await dialog
      .getByRole('radio', { name: 'preceding', checked: true })
      .waitFor({ state: 'attached' });
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await open(4);
    await press('v');
    await hands.click([120, 120]);
    await press('Control+i');
    await dialog
      .getByRole('radio', { name: 'following', checked: true })
      .waitFor({ state: 'attached' });
    await fill.click();
    await dialog.waitFor({ state: 'detached' });
    const boxes = await Promise.all([5, 6].map(async (i) => rounded((await objects(i))[0].bbox)));
    assert.deepEqual(boxes, [
      [120, 110, 40, 40],
      [140, 120, 40, 40],
    ]);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await soon(async () => {
      assert.deepEqual(rounded((await objects(5))[0].bbox), [100, 100, 40, 40]);
    });
  });

  await t.test(
    'what is hidden or locked cannot be changed, and a number says how much is shown',
    async () => {
      await open(2);
      await press('v');
      await hands.click([300, 200]);
      await press('l', 'Delete');
      await page.getByText('Locked or hidden objects are not changed.').waitFor();
      assert.equal((await objects(2)).length, 4);
      await press('l', 's');
      await soon(async () => assert.equal((await drawn(page, 'objects', [[300, 200]]))[0], 0));
      await press('Shift+S');
      await soon(async () => assert.ok((await drawn(page, 'objects', [[300, 200]]))[0] > 0));
    },
  );

  await t.test('keys are those of another tool or one’s own, and stay so', async () => {
    await press('?');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('textbox', { name: 'Find a command or a key' }).fill('magic');
    await sheet.getByRole('button', { name: 'Change keys' }).click();
    await sheet.getByRole('button', { name: /^Another key for/ }).click();
    await press('b');
    await sheet.getByRole('alert').getByRole('button', { name: 'Use it here instead' }).click();
    await sheet.getByRole('button', { name: 'Done' }).click();
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    const isPressed = (name: string) =>
      page.locator(`.annotate-rail button[aria-label^="${name}"][aria-pressed=true]`).waitFor();
    await press('b');
    await isPressed('Magic wand');
    const tolerance = () =>
      page.getByRole('slider', { name: 'Tolerance' }).getAttribute('aria-valuenow');
    const usual = await tolerance();
    await page.getByRole('slider', { name: 'Tolerance' }).focus();
    await press('ArrowRight', 'ArrowRight');
    await soon(async () => assert.notEqual(await tolerance(), usual));
    const wanted = await tolerance();
    await page.reload();
    await page.locator('.annotate-layers[data-picture=there]').waitFor();
    await press('v', 'b');
    await isPressed('Magic wand');
    // What a tool was set to is as it was left, too.
    assert.equal(await tolerance(), wanted);
    await press('?');
    await sheet.getByRole('button', { name: 'All keys of the preset' }).click();
    await sheet.getByLabel('Keys as in').first().click();
    await page.getByRole('option', { name: 'coco-annotator' }).click();
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await press('b');
    await isPressed('Brush');
    await press('s');
    await isPressed('Select');
    await press('n');
    const isAt = (index: number) =>
      page
        .waitForURL(new RegExp(`/annotate/${items[index].id}`))
        .then(() => page.locator('.annotator:not([data-coming])').waitFor());
    await isAt(3);
    const choose = async (preset: string) => {
      await press('?');
      await sheet.getByLabel('Keys as in').first().click();
      await page.getByRole('option', { name: preset }).click();
      await press('Escape');
      await sheet.waitFor({ state: 'detached' });
    };
    await choose('CVAT');
    await press('d');
    await isAt(2);
    await press('f');
    await isAt(3);
    await choose('Label Studio');
    const count = (await objects(3)).length;
    await press('Escape', 'r');
    await box(500, 40, 60, 40);
    await press('Control+d');
    await soon(async () => assert.equal((await objects(3)).length, count + 2));
    await press('Backspace');
    await soon(async () => assert.equal((await objects(3)).length, count + 1));
    await press('Control+ArrowLeft');
    await isAt(2);
    await page.evaluate(() => localStorage.removeItem('migaki-annotate-keys'));
  });

  await t.test('a finger draws a box, two fingers zoom, a pen paints', async () => {
    await open(1);
    const cdp = await page.context().newCDPSession(page);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) => {
      const touchPoints = await Promise.all(
        points.map(async (point, id) => {
          const [x, y] = await hands.screen(point);
          return { x, y, id };
        }),
      );
      await cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
    };
    await press('r');
    await touch('touchStart', [[60, 60]]);
    await touch('touchMove', [[100, 90]]);
    await touch('touchMove', [[140, 120]]);
    await touch('touchEnd', []);
    assert.deepEqual(rounded((await objects(1))[0].bbox), [60, 60, 80, 60]);
    const scale = () =>
      page.evaluate(() => document.querySelector<HTMLElement>('.annotate-layers')!.dataset.scale);
    const before = Number(await scale());
    await touch('touchStart', [
      [200, 200],
      [240, 200],
    ]);
    await touch('touchMove', [
      [180, 200],
      [260, 200],
    ]);
    await touch('touchEnd', []);
    await soon(async () => assert.ok(Number(await scale()) > 1.5 * before));
    await press('Shift+Z', 'Escape', 'p');
    for (const point of rectangle(200, 300, 60, 40)) {
      await touch('touchStart', [point]);
      await touch('touchEnd', []);
    }
    await button('Finish').click();
    assert.deepEqual(rounded((await objects(1))[1].bbox), [200, 300, 60, 40]);
    // While a pen is near, a hand that rests on the screen draws nothing: so it comes last.
    await press('Escape', 'b');
    const pen = async (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: Point) => {
      const [x, y] = await hands.screen(point);
      const buttons = type === 'mouseReleased' ? 0 : 1;
      await cdp.send('Input.dispatchMouseEvent', {
        ...{ type, x, y, buttons, button: 'left', clickCount: 1 },
        ...{ pointerType: 'pen', force: 0.5 },
      });
    };
    await pen('mousePressed', [300, 100]);
    await pen('mouseMoved', [340, 100]);
    await pen('mouseReleased', [340, 100]);
    const painted = (await objects(1))[2];
    assert.deepEqual(rounded(painted.bbox), [290, 90, 60, 20]);
  });

  /** What is seen of a pixel of the picture: red, green, blue. */
  const seen = async (point: Point): Promise<number[]> => {
    const [x, y] = (await hands.screen(point)).map(Math.floor);
    const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
    return [...(await sharp(shot).removeAlpha().raw().toBuffer())];
  };
  const isNear = (color: readonly number[], wanted: readonly number[]) =>
    assert.ok(
      color.every((value, i) => Math.abs(value - wanted[i]) <= 6),
      `${color}, not ${wanted}`,
    );
  const slide = async (name: string, ...keys: readonly string[]) => {
    await page.getByRole('slider', { name }).focus();
    await press(...keys);
  };

  await t.test('left and right of a pose are told apart, and points have names', async () => {
    await open(3);
    await press('Control+a', 'Delete');
    const [left, right]: Point[] = [
      [400, 200],
      [200, 200],
    ];
    await press('3', 'k');
    await clicks([300, 100], left, right, [300, 300]);
    await press('v', 'Escape');
    await hands.move([20, 20]);
    await hands.saved();
    const [blue, orange] = [
      [77, 171, 247],
      [255, 146, 43],
    ];
    await soon(async () => isNear(await seen(left), blue));
    isNear(await seen(right), orange);
    // Each mark points to its side, for those who do not see the colours.
    const { scale } = await viewOf(page);
    const beside = ([x, y]: Point, screenPixels: number): Point => [x + screenPixels / scale, y];
    const isDrawn = async (point: Point) => (await drawn(page, 'objects', [point]))[0] > 0;
    for (const [point, tip] of [
      [left, -9],
      [right, 9],
    ] as const) {
      assert.equal(await isDrawn(beside(point, tip)), true);
      assert.equal(await isDrawn(beside(point, -tip)), false);
    }
    // Its name comes with the pointer.
    const isNamed = async () => (await drawn(page, 'marks', [beside(left, 14)]))[0] > 0;
    assert.equal(await isNamed(), false);
    await hands.move(left);
    await soon(async () => assert.equal(await isNamed(), true));
    await page.goto(`${address}/datasets/${datasetId}/images?q=id:${items[3].id}`);
    const inGrid = () =>
      page.locator('.tile .overlay-canvas').evaluate(
        (canvas: HTMLCanvasElement, colors) => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          const pixels = Array.from({ length: data.length / 4 }, (_, at) => at * 4);
          const has = (color: readonly number[]) =>
            pixels.some((at) => color.every((value, i) => Math.abs(data[at + i] - value) <= 6));
          return colors.map(has);
        },
        [blue, orange],
      );
    await soon(async () => assert.deepEqual(await inGrid(), [true, true]));
  });

  await t.test('the picture is shown brighter or inverted, and objects filled or not', async () => {
    await open(7);
    await press('r');
    await soon(async () => isNear(await seen([300, 350]), [60, 160, 90]));
    await button('How it looks').click();
    await slide('Brightness', ...Array.from({ length: 8 }, () => 'ArrowRight'));
    await soon(async () => isNear(await seen([300, 350]), [84, 224, 126]));
    await button('As it is').click();
    await page.getByRole('switch', { name: 'Inverted' }).check();
    await soon(async () => isNear(await seen([300, 350]), [195, 95, 165]));
    await button('As it is').click();
    await slide('Filling', 'Home');
    // A press on the picture closes what lies over it.
    await box(280, 320, 40, 60);
    await page.getByRole('slider', { name: 'Filling' }).waitFor({ state: 'detached' });
    await press('Escape');
    await soon(async () => isNear(await seen([300, 350]), [60, 160, 90]));
    await button('How it looks').click();
    await slide('Filling', 'End');
    await soon(async () => assert.ok((await seen([300, 350]))[1] < 140));
    await slide('Filling', 'Home');
    await page.keyboard.press('Escape');
  });

  await t.test('the wand takes more with a greater tolerance', async () => {
    const area = async () => (await objects(7)).at(-1)!.area;
    await press('w');
    await hands.click([330, 390]);
    await soon(async () => assert.equal(await area(), 9000));
    await press('Control+z');
    await slide('Tolerance', 'End');
    await hands.click([330, 390]);
    await soon(async () => assert.equal(await area(), width * height));
    await press('Control+z');
  });

  await t.test('a large picture comes in tiles, with an overview that leads about', async () => {
    const size = { width: 6000, height: 5000 };
    const [left, top, side] = [4600, 3900, 300];
    const folder = join(pages.folder, 'large');
    mkdirSync(folder);
    const red = { r: 200, g: 60, b: 60 };
    const square = { create: { width: side, height: side, channels: 3, background: red } } as const;
    await sharp({ create: { ...size, channels: 3, background: { r: 90, g: 100, b: 110 } } })
      .composite([{ input: square, left, top }])
      .png({ compressionLevel: 1 })
      .toFile(join(folder, 'large.png'));
    const { job, datasetId: large } = await client.startImport({
      body: { into: { newDataset: 'large' }, from: { path: folder } },
    });
    await pages.finished(job);
    await client.addCategory({ params: { datasetId: large }, body: { name: 'square' } });
    const { items: pictures } = await client.listImages({
      params: { datasetId: large },
      query: {},
    });
    await page.goto(`${address}/datasets/${large}/annotate/${pictures[0].id}`);
    await page.locator('.annotate-layers[data-picture=there]').waitFor();
    const middle: Point = [left + side / 2, top + side / 2];
    await soon(async () => isNear(await seen(middle), [200, 60, 60]));
    await press('Shift+Z');
    const map = (await page.locator('.annotate-minimap').boundingBox())!;
    await page.mouse.click(
      map.x + (map.width * middle[0]) / size.width,
      map.y + (map.height * middle[1]) / size.height,
    );
    await soon(async () => isNear(await seen([left + 2, top + 2]), [200, 60, 60]));
    isNear(await seen([left - 2, top - 2]), [90, 100, 110]);
    await press('w');
    await slide('Tolerance', 'Home', ...Array.from({ length: 24 }, () => 'ArrowRight'));
    await hands.click(middle);
    await hands.saved();
    const image = { params: { datasetId: large, imageId: pictures[0].id } };
    await soon(async () => assert.equal((await client.getImage(image)).annotations.length, 1));
    // Tiles are packed with a little loss, which blurs where two colours meet.
    const [{ bbox }] = (await client.getImage(image)).annotations;
    assert.ok(
      [left, top, side, side].every((value, i) => Math.abs(bbox![i] - value) <= 2),
      `${bbox}`,
    );
  });

  await t.test('on a phone the category is at the thumb, and another one a tap away', async () => {
    const phone = { width: 390, height: 844 };
    await page.setViewportSize(phone);
    await show(5);
    const chip = page.locator('.annotate-category-chip');
    await chip.getByText('cell').waitFor();
    const place = (await chip.boundingBox())!;
    assert.ok(place.height >= 44 && place.x + place.width <= phone.width, `${place.height}`);
    assert.ok(place.y > phone.height / 2);
    // All of the picture, wherever it was left on a wide screen.
    await press('Escape', '0', 'r');
    await chip.click();
    await page.locator('.annotate-category-menu').getByRole('button', { name: 'leaf' }).click();
    await page.getByRole('button', { name: 'New objects become leaf' }).waitFor();
    await page.locator('.annotate-category-menu').waitFor({ state: 'detached' });
    await box(100, 100, 80, 60);
    assert.equal((await objects(5)).at(-1)!.categoryId, 2);
    const rename = (name: string) =>
      client.changeCategory({ params: { ...params, categoryId: 2 }, body: { name } });
    await rename('leaf of a name that takes its room');
    await chip.getByText('takes its room').waitFor();
    const line = (await page.locator('.annotate-status-line').boundingBox())!;
    assert.ok(line.x + line.width <= (await chip.boundingBox())!.x, `${line.width}`);
    await rename('leaf');
    await page.setViewportSize({ width: 1280, height: 800 });
    await chip.waitFor({ state: 'detached' });
  });

  await t.test('the time that was worked is known at the workbench', async () => {
    await page.goto(`${address}/datasets/${datasetId}/images`);
    await soon(async () => {
      const { millis } = await client.getWorkTime({ params, query: { q: '' } });
      assert.ok(millis > 1000, `${millis}`);
    });
  });

  assert.deepEqual(complaints, []);
});
