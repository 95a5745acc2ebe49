/// <reference lib="dom" />
// The annotator in a Chromium that draws by software: how soon a picture is there, and whether the canvas keeps up with the
// hand, on 4,000 × 3,000 pixels with 10,000 polygons of 20 points each.
//
// Chromium runs without its limit of 60 frames a second, so that the time between two frames is what a frame costs. Every
// frame gets one event, as of a hand that moves all the time; what a frame takes includes painting by the browser.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openWebApp } from '../apps/server/src/pages/web-app.ts';
import { startWorkbench } from '../apps/server/src/workbench.ts';
import { type Client, createClient, type Routes, routes } from '../packages/api/src/index.ts';
import { chromiumPath, launchChromium, whyNoChromium } from '../test/browser/chromium.ts';
import { crowdOf, pictureSize } from './data/crowded-picture.ts';
import { importPath } from './data/import-path.ts';
import { randomOf } from './data/random.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { median } from './harness/measure.ts';

const viewport = { width: 1440, height: 900 };
/** Objects on each picture, by file name. */
const crowds = { 'crowd.jpg': 10_000, 'thousand.jpg': 1_000, 'empty.jpg': 0 };
const frames = 240;
/** Two frames: the one that draws and the one by which the browser has painted. */
const paintedAtMost = 2 * 33;

export const webAnnotator: Bench = {
  name: 'web-annotator',
  title: 'the annotator in Chromium: 10,000 polygons of 20 points, brush and wand on 12 megapixels',
  long: true,
  run: annotatorFigures,
};

async function* annotatorFigures({ options, note }: BenchContext): AsyncIterable<Figure> {
  if (chromiumPath === null) throw new Error(whyNoChromium);
  const { folder: webFolder } = await openWebApp({ onBuild: () => note('building the pages …') });
  if (webFolder === null) throw new Error('there are no built pages');
  const folder = mkdtempSync(join(tmpdir(), 'migaki-bench-'));
  const workspaceDir = join(folder, 'workspace');
  const workbench = await startWorkbench({ workspaceDir, webFolder, allowedFolders: [folder] });
  const browser = await launchChromium(['--disable-frame-rate-limit', '--disable-gpu-vsync']);
  try {
    note('making the pictures …');
    const { address, loginToken } = workbench;
    const client = createClient(routes, { baseUrl: address, token: loginToken });
    const images = await importCrowds(client, address, join(folder, 'data'), options.seed);
    const page = await browser.newPage({ viewport });
    await page.goto(`${address}/?token=${loginToken}`);
    await page.waitForSelector('.dataset-card');
    const runs = options.runs ?? 5;
    yield* openings(page, images, runs);
    yield* crowdFigures(page, images['crowd.jpg']);
    yield* brushFigures(page, images['empty.jpg']);
    yield* wandFigures(page, images['empty.jpg'], runs);
  } finally {
    await browser.close();
    await workbench.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const millis = (figure: string, value: number, valueAtMost?: number): Figure => ({
  figure,
  value,
  unit: 'ms',
  better: 'lower',
  ...(valueAtMost !== undefined && { target: { valueAtMost } }),
});

type Images = Record<keyof typeof crowds, string>;

/** @returns the address of each picture in the annotator */
async function importCrowds(
  client: Client<Routes>,
  address: string,
  folder: string,
  seed: number,
): Promise<Images> {
  mkdirSync(folder, { recursive: true });
  const { width, height } = pictureSize;
  writeFileSync(join(folder, 'crowd.jpg'), await discPicture('#505a64'));
  writeFileSync(join(folder, 'thousand.jpg'), await discPicture('#5a6450'));
  writeFileSync(join(folder, 'empty.jpg'), await discPicture('#645a50'));
  const random = randomOf(seed);
  let id = 1;
  const annotations = Object.values(crowds).flatMap((count, index) =>
    crowdOf(count, random).map((polygon) => ({
      id: id++,
      image_id: index + 1,
      category_id: 1 + (id % 3),
      iscrowd: 0,
      ...polygon,
    })),
  );
  const file = {
    images: Object.keys(crowds).map((file_name, i) => ({ id: i + 1, file_name, width, height })),
    categories: ['cell', 'spot', 'fibre'].map((name, i) => ({ id: i + 1, name })),
    annotations,
  };
  writeFileSync(join(folder, 'instances.json'), JSON.stringify(file));
  const datasetId = await importPath(client, { newDataset: 'crowds' }, folder);
  const { items } = await client.listImages({ params: { datasetId }, query: {} });
  return Object.fromEntries(
    items.map((item) => [item.fileName, `${address}/datasets/${datasetId}/annotate/${item.id}`]),
  ) as Images;
}

/** Light and shade with a light disc on it, of 4.5 million pixels. */
function discPicture(ground: string): Promise<Buffer> {
  const { width, height } = pictureSize;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g" x2="1" y2="1"><stop stop-color="${ground}"/><stop offset="1" stop-color="#3c4650"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#g)"/><circle cx="2000" cy="1500" r="1200" fill="#c8c0b4"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer();
}

/** From the list of datasets, as if the link had been followed: the page itself is loaded. */
async function* openings(page: Page, images: Images, runs: number): AsyncIterable<Figure> {
  const seen: Record<string, Opening[]> = { 'crowd.jpg': [], 'thousand.jpg': [] };
  for (let run = 0; run <= runs; run++) {
    for (const [name, list] of Object.entries(seen)) {
      await page.goto('about:blank');
      const opening = await opened(page, images[name as keyof Images]);
      if (run > 0) list.push(opening);
    }
  }
  const of = (name: string, part: keyof Opening) => median(seen[name].map((each) => each[part]));
  yield millis('10,000 polygons: first draw of all', of('crowd.jpg', 'draw'), 1000);
  yield millis('10,000 polygons: from the address to all drawn', of('crowd.jpg', 'whole'));
  yield millis('1,000 objects: there after the pixels', of('thousand.jpg', 'afterPixels'), 300);
  yield millis('1,000 objects: from the address to all drawn', of('thousand.jpg', 'whole'));
}

interface Opening {
  /** From the canvas that is there to all objects drawn. */
  draw: number;
  /** From the pixels of the picture to all objects drawn; 0 where these came first. */
  afterPixels: number;
  whole: number;
}

async function opened(page: Page, path: string): Promise<Opening> {
  await page.goto(path, { waitUntil: 'commit' });
  return page.evaluate(
    () =>
      new Promise<Opening>((resolve) => {
        const times: { canvas?: number; pixels?: number; drawn?: number } = {};
        const look = () => {
          const host = document.querySelector<HTMLElement>('.annotate-layers');
          const now = performance.now();
          if (host !== null) times.canvas ??= now;
          if (host?.dataset.picture === 'there') times.pixels ??= now;
          if (host?.dataset.drawn === 'wholly') times.drawn ??= now;
          const { canvas, pixels, drawn } = times;
          if (canvas === undefined || pixels === undefined || drawn === undefined) {
            requestAnimationFrame(look);
            return;
          }
          resolve({
            draw: drawn - canvas,
            afterPixels: Math.max(0, drawn - pixels),
            whole: Math.max(drawn, pixels),
          });
        };
        look();
      }),
  );
}

async function ready(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForSelector('.annotate-layers[data-drawn=wholly][data-picture=there]');
  await page.evaluate(watchFrames);
}

async function* crowdFigures(page: Page, path: string): AsyncIterable<Figure> {
  await ready(page, path);
  const pan = await page.evaluate((count) => window.hand.pan(count), frames);
  yield millis('panning among 10,000 polygons: p95 of a frame', pan, 33);
  const zoom = await page.evaluate((count) => window.hand.zoom(count), frames);
  yield millis('zooming among 10,000 polygons: p95 of a frame', zoom, 33);
  await page.waitForSelector('.annotate-layers[data-drawn=wholly]');
  const hover = await page.evaluate((count) => window.hand.hover(count), frames);
  yield millis('pointing among 10,000 polygons: p95 of a frame', hover.frame, 33);
  yield millis('a pointer event with its hit-test: p95', hover.event, 2);
  await page.keyboard.press('r');
  const box = await page.evaluate((count) => window.hand.drags(count), 40);
  yield millis('a box drawn among them, until it is painted: p95', box, paintedAtMost);
}

async function* brushFigures(page: Page, path: string): AsyncIterable<Figure> {
  await ready(page, path);
  await page.keyboard.press('b');
  for (let i = 0; i < 16; i++) await page.keyboard.press(']');
  const stroke = await page.evaluate((count) => window.hand.stroke(count), frames);
  yield millis('brush of 100 pixels on 12 megapixels: p95 of a move', stroke, 16);
  await page.keyboard.press('Control+z');
}

async function* wandFigures(page: Page, path: string, runs: number): AsyncIterable<Figure> {
  await ready(page, path);
  await page.keyboard.press('w');
  const clicks: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const click = await page.evaluate(() => window.hand.click(2000, 1500));
    if (run > 0) clicks.push(click);
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(200);
  }
  yield millis(
    'wand over 4.5 million pixels: from the click to the drawn mask',
    median(clicks),
    150,
  );
}

declare global {
  interface Window {
    hand: {
      pan(count: number): Promise<number>;
      zoom(count: number): Promise<number>;
      hover(count: number): Promise<{ frame: number; event: number }>;
      drags(count: number): Promise<number>;
      stroke(count: number): Promise<number>;
      click(x: number, y: number): Promise<number>;
    };
  }
}

// What follows runs in the page.

function watchFrames(): void {
  const host = document.querySelector<HTMLElement>('.annotate-layers')!;
  const bounds = host.getBoundingClientRect();
  const middle = { x: bounds.left + bounds.width / 2, y: bounds.top + bounds.height / 2 };
  const point = (type: string, x: number, y: number, button = -1, buttons = 0) =>
    host.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        pointerId: 1,
        pointerType: 'mouse',
        clientX: x,
        clientY: y,
        button,
        buttons,
      }),
    );
  const p95 = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)];
  /** One step in each frame; what every frame took. */
  const inFrames = (count: number, step: (i: number) => void) =>
    new Promise<number[]>((resolve) => {
      const took: number[] = [];
      let i = 0;
      let last = performance.now();
      const next = () => {
        const now = performance.now();
        took.push(now - last);
        last = now;
        if (i === count) return resolve(took.slice(2));
        step(i++);
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    });
  const drawn = () =>
    new Promise<void>((resolve) => {
      // The frame after the one in which it is drawn: it is painted then.
      const look = () =>
        host.dataset.drawn === 'wholly'
          ? requestAnimationFrame(() => resolve())
          : requestAnimationFrame(look);
      requestAnimationFrame(look);
    });
  // A capture of a pointer that is no real one is refused.
  host.setPointerCapture = () => {};
  window.hand = {
    async pan(count) {
      // Nearer first: a picture that is seen whole has nowhere to go.
      for (let i = 0; i < 3; i++) {
        host.dispatchEvent(
          new WheelEvent('wheel', {
            deltaY: -300,
            clientX: middle.x,
            clientY: middle.y,
            cancelable: true,
          }),
        );
        await drawn();
      }
      point('pointerdown', middle.x, middle.y, 1, 4);
      const took = await inFrames(count, (i) =>
        point(
          'pointermove',
          middle.x + 300 * Math.sin(i / 12),
          middle.y + 200 * Math.sin(i / 17),
          -1,
          4,
        ),
      );
      point('pointerup', middle.x, middle.y, 1, 0);
      return p95(took);
    },
    async zoom(count) {
      const took = await inFrames(count, (i) =>
        host.dispatchEvent(
          new WheelEvent('wheel', {
            deltaY: Math.floor(i / 40) % 2 === 0 ? 25 : -25,
            clientX: middle.x,
            clientY: middle.y,
            cancelable: true,
          }),
        ),
      );
      return p95(took);
    },
    async hover(count) {
      const events: number[] = [];
      const took = await inFrames(count, (i) => {
        const started = performance.now();
        point('pointermove', middle.x + 400 * Math.sin(i / 9), middle.y + 300 * Math.sin(i / 7));
        events.push(performance.now() - started);
      });
      return { frame: p95(took), event: p95(events) };
    },
    async drags(count) {
      const took: number[] = [];
      for (let i = 0; i < count; i++) {
        const x = bounds.left + 40 + ((i * 97) % (bounds.width - 140));
        const y = bounds.top + 60 + ((i * 61) % (bounds.height - 160));
        point('pointerdown', x, y, 0, 1);
        point('pointermove', x + 40, y + 30, -1, 1);
        const started = performance.now();
        point('pointerup', x + 40, y + 30, 0, 0);
        await drawn();
        took.push(performance.now() - started);
      }
      return p95(took);
    },
    async stroke(count) {
      point('pointerdown', middle.x, middle.y, 0, 1);
      const took = await inFrames(count, (i) =>
        point(
          'pointermove',
          middle.x + 380 * Math.sin(i / 11),
          middle.y + 280 * Math.cos(i / 7),
          -1,
          1,
        ),
      );
      point('pointerup', middle.x, middle.y, 0, 0);
      return p95(took);
    },
    async click(x, y) {
      const { scale, left, top } = host.dataset;
      const at = [
        bounds.left + x * Number(scale) + Number(left),
        bounds.top + y * Number(scale) + Number(top),
      ] as const;
      const count = () => document.querySelector('.annotate-status-line')!.lastChild!.textContent;
      const before = count();
      const started = performance.now();
      point('pointerdown', ...at, 0, 1);
      point('pointerup', ...at, 0, 0);
      while (count() === before) await new Promise((resolve) => requestAnimationFrame(resolve));
      await drawn();
      return performance.now() - started;
    },
  };
}
