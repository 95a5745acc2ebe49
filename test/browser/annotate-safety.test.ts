/// <reference lib="dom" />
// No stroke is lost: offline, over a reload, with a category or the picture deleted, a session that ended, a full disk, and
// two people on one picture. Each time the page says what happened.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAnnotator, type Point } from './annotator.ts';
import { chromiumPath, whyNoChromium } from './chromium.ts';
import { openDrawnDataset } from './drawn-dataset.ts';
import { soon } from './soon.ts';

const skip = chromiumPath === null ? whyNoChromium : false;

test('whatever happens, the person is told and nothing that was drawn is lost', {
  skip,
}, async (t) => {
  const names = Array.from({ length: 6 }, (_, i) => `picture-${i}.png`);
  const {
    page,
    client,
    clientWith,
    complaints,
    loginToken,
    address,
    datasetId,
    params,
    items,
    hands,
    show,
  } = await openDrawnDataset('safe', names);
  const { press } = hands;
  const [cell] = (await client.getDataset({ params })).categories;
  const { secret } = await client.createToken({
    body: { name: 'grace', permissions: ['read', 'annotate', 'manage'] },
  });
  const grace = clientWith(secret);
  const open = async (index: number) => {
    await show(index);
    await press('Escape', 'Shift+Z');
  };
  const imageId = (index: number) => items[index].id;
  const objects = async (index: number) =>
    (await client.getImage({ params: { ...params, imageId: imageId(index) } })).annotations;
  const boxes = async (index: number) =>
    (await objects(index)).map(({ bbox }) => bbox!.map(Math.round));
  const box = (x: number, y: number, w: number, h: number) =>
    hands.drag([x, y], [x + w, y + h] as Point);
  const status = (name: string) => page.locator(`.annotate-save[data-status=${name}]`).waitFor();
  const count = (text: string) =>
    page.locator('.annotate-status-line').getByText(text, { exact: true }).waitFor();
  const trouble = page.getByRole('alert', { name: 'Something is in the way of saving' });
  const edits = '**/api/datasets/*/edits';
  /** What a browser tells when the network is there again: nobody has to wait for the next try. */
  const isBack = () => page.evaluate(() => window.dispatchEvent(new Event('online')));

  await t.test('a reload leads back to place, tool and undo', async () => {
    await open(0);
    const view = () =>
      page.evaluate(() => {
        const { scale, left, top } =
          document.querySelector<HTMLElement>('.annotate-layers')!.dataset;
        return [scale, left, top];
      });
    const first = await view();
    await hands.move([120, 80]);
    await page.mouse.wheel(0, -240);
    await soon(async () => assert.notDeepEqual(await view(), first));
    await press('r');
    await box(40, 40, 60, 40);
    await box(140, 40, 60, 40);
    await press('Control+z');
    await hands.saved();
    const before = await view();
    await page.reload();
    await page.locator('.annotate-layers[data-picture=there]').waitFor();
    assert.deepEqual(await view(), before);
    assert.equal(
      await page.getByRole('button', { name: 'Box', exact: true }).getAttribute('aria-pressed'),
      'true',
    );
    await press('Control+Shift+z');
    await count('2 objects');
    await press('Control+z', 'Control+z');
    await count('0 objects');
    await hands.saved();
    assert.equal((await objects(0)).length, 0);
  });

  await t.test(
    'offline everything goes on, over a reload and on another page, and is sent later',
    async () => {
      await open(1);
      await page.route(edits, (route) => route.abort('internetdisconnected'));
      await press('r');
      await box(40, 40, 60, 40);
      await status('offline');
      await box(140, 40, 60, 40);
      await press('Escape');
      await box(240, 40, 60, 40);
      await press('Delete');
      assert.equal((await objects(1)).length, 0);
      await page.reload();
      await page.locator('.annotate-layers[data-picture=there]').waitFor();
      await count('2 objects');
      await status('offline');
      await page.goto(`${address}/datasets/${datasetId}/images`);
      const waiting = page.getByRole('button', { name: /changes? (is|are) still to be saved/ });
      await waiting.waitFor();
      await page.unroute(edits);
      await page.reload();
      await soon(async () =>
        assert.deepEqual(await boxes(1), [
          [40, 40, 60, 40],
          [140, 40, 60, 40],
        ]),
      );
      await waiting.waitFor({ state: 'detached' });
    },
  );

  await t.test(
    'offline the next two pictures open all the same, the one after them waits, and all are gone back to',
    async () => {
      const atPicture = (index: number) =>
        page.locator('.annotate-file-name').getByText(names[index]).waitFor();
      // What will be wanted next is asked for while there is a network.
      const wanted = [
        ...[1, 2].flatMap((index) => [
          `/images/${imageId(index)}?rejected=yes`,
          `/api/pictures/${items[index].sha256}`,
        ]),
        // Without the way on from there, nobody knows which one does not come.
        `/images/${imageId(2)}/neighbours`,
      ];
      const arrived = Promise.all(
        wanted.map((part) =>
          page.waitForEvent('requestfinished', (request) => request.url().includes(part)),
        ),
      );
      await open(0);
      await arrived;
      await press('r');
      await page.context().setOffline(true);
      await press('f');
      await atPicture(1);
      await count('2 objects');
      await press('f');
      await atPicture(2);
      await page.locator('.annotate-layers[data-picture=there]').waitFor();
      await press('f');
      await page.getByText(/Everything you drew is saved/).waitFor();
      await press('d');
      await atPicture(2);
      await box(240, 40, 60, 40);
      await press('Escape', 'f');
      const words = page.getByText(/What you drew is kept in this browser/);
      await words.waitFor();
      assert.ok((await words.boundingBox())!.width > 300);
      await press('d');
      await count('1 object');
      await press('f');
      await words.waitFor();
      await page.context().setOffline(false);
      await atPicture(3);
      // Where trying in vain had kept the first place, what is kept there would not come back.
      const held = await page.evaluate(async () =>
        (await navigator.locks.query()).held!.flatMap(({ name }) => name ?? []),
      );
      const places = held.filter((name) => name.includes(`/${imageId(3)}/`));
      assert.deepEqual(places, [`migaki-annotate ${datasetId}/${imageId(3)}/0`]);
      await soon(async () => assert.equal((await objects(2)).length, 1));
      await show(2);
      await press('Control+a', 'Delete');
      await hands.saved();
    },
  );

  await t.test('a workbench whose disk is full is told of, and gets all of it later', async () => {
    await open(2);
    const body = JSON.stringify({
      error: { code: 'disk-full', message: 'The disk is full.' },
      code: 'disk-full',
      message: 'The disk is full.',
    });
    await page.route(edits, (route) =>
      route.fulfill({ status: 507, contentType: 'application/json', body }),
    );
    await press('r');
    await box(40, 40, 60, 40);
    await status('disk-full');
    await page.unroute(edits);
    await isBack();
    await hands.saved();
    assert.equal((await objects(2)).length, 1);
    await press('Escape');
  });

  await t.test('who is logged out draws on, logs in over the page, and all is saved', async () => {
    await press('r');
    await hands.move([140, 40]);
    await page.mouse.down();
    await page.context().clearCookies();
    await hands.move([200, 80]);
    await page.mouse.up();
    const login = page.locator('.login-over');
    await login.waitFor();
    await login.locator('input').fill(loginToken);
    await press('Enter');
    await login.waitFor({ state: 'detached' });
    await hands.saved();
    assert.equal((await objects(2)).length, 2);
    await count('2 objects');
  });

  await t.test('a login in another tab is enough, and what was drawn is saved', async () => {
    await press('r');
    // In the middle of a stroke: whatever is asked for next may bring the login before it is drawn.
    await hands.move([40, 140]);
    await page.mouse.down();
    await page.context().clearCookies();
    await hands.move([100, 180]);
    await page.mouse.up();
    const login = page.locator('.login-over');
    await login.waitFor();
    await page.request.post(`${address}/api/session`, { data: { token: loginToken } });
    await login.waitFor({ state: 'detached' });
    await hands.saved();
    assert.equal((await objects(2)).length, 3);
  });

  /** Of the object that both change. */
  let sharedId = 0;
  const sharedBox = async () =>
    (await objects(3)).find(({ id }) => id === sharedId)!.bbox!.map(Math.round);

  await t.test('two people see what the other draws', async () => {
    await open(3);
    await press('r');
    await box(40, 40, 60, 40);
    await hands.saved();
    await grace.applyEdits({
      params,
      body: {
        key: crypto.randomUUID(),
        edits: [
          {
            type: 'add',
            imageId: imageId(3),
            fields: { categoryId: cell.id, bbox: [200, 200, 50, 50], area: 2500 },
          },
        ],
      },
    });
    await count('2 objects');
  });

  await t.test(
    'where both change one object both versions are shown, and none is overwritten',
    async () => {
      sharedId = (await objects(3))[0].id;
      await page.route(edits, (route) => route.abort('internetdisconnected'));
      await press('v');
      await hands.click([70, 60]);
      await hands.drag([70, 60], [90, 60]);
      await status('offline');
      const bbox: [number, number, number, number] = [40, 90, 60, 40];
      await grace.applyEdits({
        params,
        body: {
          key: crypto.randomUUID(),
          edits: [{ type: 'change', annotationId: sharedId, fields: { bbox, area: 2400 } }],
        },
      });
      await page.unroute(edits);
      await isBack();
      await trouble.getByText(/grace has changed the same object/).waitFor();
      assert.deepEqual(await sharedBox(), bbox);
      // Whose is whose, and of when.
      await trouble.getByText('Yours, in this window').first().waitFor();
      await trouble.getByText('grace', { exact: true }).first().waitFor();
      await soon(async () => assert.equal(await trouble.locator('time').count(), 2));
      await trouble.getByRole('button', { name: 'Keep mine' }).click();
      await hands.saved();
      assert.deepEqual(await sharedBox(), [60, 40, 60, 40]);
      await trouble.waitFor({ state: 'detached' });
    },
  );

  await t.test('its history says who did what, and leads back', async () => {
    const history = page.getByRole('region', { name: 'Selected object' });
    await hands.click([90, 60]);
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await history.getByText('grace', { exact: false }).first().waitFor();
    const entries = history.locator('.annotate-history > li');
    const ofGrace = entries.filter({ hasText: 'grace' });
    await ofGrace.getByRole('button', { name: 'Make it like this again' }).click();
    await hands.saved();
    await soon(async () => assert.deepEqual(await sharedBox(), [40, 90, 60, 40]));
    await press('Escape');
    await hands.click([70, 110]);
    await press('Delete', 'Shift+T');
    await page.getByRole('button', { name: 'Deleted objects' }).click();
    await page.getByRole('button', { name: 'Bring back' }).click();
    await hands.saved();
    await soon(async () => assert.equal((await objects(3)).length, 2));
  });

  await t.test(
    'a category that was deleted in use is replaced, and what has it is saved',
    async () => {
      const category = await client.addCategory({ params, body: { name: 'passing' } });
      await open(4);
      await press('r');
      await page.route(edits, (route) => route.abort('internetdisconnected'));
      await press('4');
      await box(40, 40, 60, 40);
      await status('offline');
      await client.deleteCategory({ params: { ...params, categoryId: category.id }, query: {} });
      await page.unroute(edits);
      await isBack();
      await trouble.getByText(/has been deleted/).waitFor();
      await trouble.getByLabel('Category').first().click();
      await page.getByRole('option', { name: 'leaf', exact: true }).click();
      await trouble.getByRole('button', { name: 'Use this one' }).click();
      await hands.saved();
      assert.equal((await objects(4)).length, 1);
    },
  );

  await t.test(
    'what waits for a category that was deleted is saved by itself once that is back',
    async () => {
      const category = await client.addCategory({ params, body: { name: 'fleeting' } });
      const ofCategory = { ...params, categoryId: category.id };
      const before = (await objects(4)).length;
      await open(4);
      await press('r', '4');
      await page.route(edits, (route) => route.abort('internetdisconnected'));
      await box(40, 200, 60, 40);
      await status('offline');
      const { revision } = await grace.deleteCategory({ params: ofCategory, query: {} });
      await page.unroute(edits);
      await isBack();
      await trouble.getByText('The category “fleeting” has been deleted').waitFor();
      await trouble.getByText('1 change waits for it.', { exact: false }).waitFor();
      await grace.undoRevision({
        params: { ...params, revision },
        body: { key: crypto.randomUUID() },
      });
      await hands.saved();
      await trouble.waitFor({ state: 'detached' });
      const drawn = await objects(4);
      assert.equal(drawn.length, before + 1);
      assert.equal(drawn.at(-1)!.categoryId, category.id);
      await press('Delete');
      await hands.saved();
    },
  );

  await t.test(
    'a picture that was deleted while it is open is still seen, and brought back with what was drawn',
    async () => {
      await page.route(edits, (route) => route.abort('internetdisconnected'));
      await press('Escape', 'r');
      await box(140, 300, 60, 40);
      await status('offline');
      await client.applyBulk({
        params,
        body: {
          key: crypto.randomUUID(),
          selection: { imageIds: [imageId(4)] },
          action: { type: 'deleteImages' },
        },
      });
      await trouble.getByText('This picture has been moved to the trash.').waitFor();
      await page.unroute(edits);
      await isBack();
      await trouble.getByText(/What you drew since is kept/).waitFor();
      await count('2 objects');
      await box(240, 300, 60, 40);
      await page.getByText(/it can be looked at, but not changed/).waitFor();
      await count('2 objects');
      // So does who comes to it later.
      await page.reload();
      await page.locator('.annotate-layers[data-picture=there]').waitFor();
      await trouble.getByText('This picture has been moved to the trash.').waitFor();
      await count('2 objects');
      await trouble.getByRole('button', { name: 'Bring the picture back' }).click();
      await hands.saved();
      await soon(async () => assert.equal((await objects(4)).length, 2));
    },
  );

  await t.test(
    'what a tab could not send before it was closed is sent by another one',
    async () => {
      const before = (await objects(1)).length;
      const other = await page.context().newPage();
      await other.route(edits, (route) => route.abort('internetdisconnected'));
      await other.goto(`${address}/datasets/${datasetId}/annotate/${imageId(1)}`);
      await other.locator('.annotate-layers[data-picture=there]').waitFor();
      const otherHands = openAnnotator(other);
      await otherHands.press('Shift+Z', 'r');
      await otherHands.drag([340, 40], [400, 80]);
      await other.locator('.annotate-save[data-status=offline]').waitFor();
      assert.equal((await objects(1)).length, before);
      await other.close();
      await soon(async () => assert.equal((await objects(1)).length, before + 1));
    },
  );

  await t.test('odd strokes: across itself, beside the picture, of a single pixel', async () => {
    await open(5);
    await press('Shift+N', 'p');
    for (const point of [
      [40, 40],
      [100, 100],
      [100, 40],
      [40, 100],
    ] as Point[]) {
      await hands.click(point);
    }
    await press('n');
    await page.getByText(/The outline crosses itself/).waitFor();
    await press('Escape', 'b');
    await hands.drag([-60, 300], [-40, 320]);
    await page.getByText('Nothing would be left of it.').waitFor();
    await press('Escape', 'r');
    await hands.drag([600, 440], [700, 520]);
    await press('Escape');
    for (let i = 0; i < 4; i++) await press('+');
    await hands.drag([320, 240], [321, 241]);
    await hands.saved();
    const [crossed, beside, small] = await objects(5);
    assert.ok(crossed.area! > 0);
    assert.deepEqual(beside.bbox!.map(Math.round), [600, 440, 40, 40]);
    assert.ok(small.area! > 0 && small.area! < 4, `${small.area}`);
  });

  await t.test('a picture is done, reviewed, and sent back with a comment at a place', async () => {
    await press('Escape', 'Shift+Z');
    const image = () => client.getImage({ params: { ...params, imageId: imageId(5) } });
    await press('Control+Shift+Enter');
    await soon(async () => assert.equal((await image()).status, 'review'));
    await press('v', 'Escape');
    await hands.move([200, 200]);
    await press('Shift+K');
    const remark = page.getByRole('textbox', { name: 'Say something about the picture' });
    await soon(async () => assert.ok(await remark.evaluate((own) => own.matches(':focus'))));
    // Escape gives the keys back to the canvas.
    await press('Escape', 'r', 'v', 'Shift+K');
    assert.equal(await remark.inputValue(), '');
    await remark.fill('Too wide.');
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    await soon(async () => assert.equal((await image()).status, 'in_progress'));
    const { threads } = await client.listComments({
      params: { ...params, imageId: imageId(5) },
    });
    assert.equal(threads[0].text, 'Too wide.');
    assert.deepEqual(threads[0].at!.map(Math.round), [200, 200]);
    await page.getByRole('button', { name: 'Comment: Too wide.' }).waitFor();
    // What others said can be answered, and only changed by them.
    const commentId = crypto.randomUUID();
    const comment = { type: 'comment', imageId: imageId(5), commentId, text: 'I see.' } as const;
    await grace.applyEdits({ params, body: { key: crypto.randomUUID(), edits: [comment] } });
    const thread = (text: string) => page.getByRole('article').filter({ hasText: text });
    await thread('I see.').getByRole('button', { name: 'Reply' }).waitFor();
    assert.equal(await thread('I see.').getByRole('button', { name: 'Delete' }).count(), 0);
    assert.equal(await thread('Too wide.').getByRole('button', { name: 'Delete' }).count(), 1);
    const { items: found } = await client.listImages({
      params,
      query: { q: 'comments:open status:in_progress', limit: 5 },
    });
    assert.deepEqual(
      found.map(({ id }) => id),
      [imageId(5)],
    );
  });

  // The browser itself tells of calls that came to nothing, which is what was asked of it here.
  const unexpected = complaints.filter((line) => !line.startsWith('Failed to load resource'));
  assert.deepEqual(unexpected, []);
});
