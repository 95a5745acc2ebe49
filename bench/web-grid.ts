/// <reference lib="dom" />
// The grid of the web app in a browser, over a workbench of 100,000 pictures and 1,000,000 annotations: how soon it is
// there, and whether it stays filled while someone scrolls.
//
// A cell is blank in a frame when the tile that covers it has no picture that has come whole, or no tile covers it at
// all; a preview or a colour in its place does not count. (Chromium paints a thumbnail of this size in the frame in
// which it is complete; only pictures of 512 kB and more, decoded, are painted later.) A frame's time counts as blank
// when the cell is blank at its end, so a page that hangs cannot look filled. Cells are looked at in two ways: the tile,
// for as long as it is in view, and the spot on the screen, whatever tiles pass over it.

import type { Page } from 'playwright-core';
import { openWebApp } from '../apps/server/src/pages/web-app.ts';
import { startWorkbench } from '../apps/server/src/workbench.ts';
import { chromiumPath, launchChromium, whyNoChromium } from '../test/browser/chromium.ts';
import { pictureWorkspace } from './data/picture-workspace.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { median } from './harness/measure.ts';

const usualImages = 100_000;
/** With the empty pictures and the crowded ones, ten each. */
const annotationsPerImage = 10;
const viewport = { width: 1440, height: 900 };
const blankLimit = { valueAtMost: 200 };

export const webGrid: Bench = {
  name: 'web-grid',
  title:
    'the grid of 100,000 pictures and 1,000,000 annotations in Chromium: first paint, scrolling',
  long: true,
  run: gridFigures,
};

async function* gridFigures({ options, note }: BenchContext): AsyncIterable<Figure> {
  if (chromiumPath === null) throw new Error(whyNoChromium);
  const { seed, images = usualImages, runs = 5 } = options;
  const workspaceDir = await pictureWorkspace({ images, seed, annotationsPerImage });
  const { folder: webFolder } = await openWebApp({ onBuild: () => note('building the pages …') });
  if (webFolder === null) throw new Error('there are no built pages');
  const workbench = await startWorkbench({ workspaceDir, webFolder });
  try {
    yield* figuresAt({ ...workbench, runs, note });
  } finally {
    await workbench.stop();
  }
}

interface Course {
  /** Of the workbench. */
  address: string;
  loginToken: string;
  runs: number;
  note: (text: string) => void;
}

export async function* figuresAt(course: Course): AsyncIterable<Figure> {
  const { address, loginToken, runs, note } = course;
  const browser = await launchChromium();
  const millis = { unit: 'ms', better: 'lower' } as const;
  try {
    const page = await browser.newPage({ viewport });
    await page.goto(`${address}/?token=${loginToken}`);
    await page.waitForSelector('.dataset-card');
    const grid = `${address}/datasets/1/images`;
    // The first visit loads the pages themselves, which the browser then keeps.
    const paints: number[] = [];
    for (let run = 0; run <= runs; run++) {
      const paint = await millisToPaint(page, `${grid}?sort=${sorts[run % sorts.length]}`);
      if (run > 0) paints.push(paint);
    }
    yield {
      figure: 'every picture of the first screen, from opening the address',
      value: median(paints),
      ...millis,
      target: { valueAtMost: 1000 },
    };
    await page.goto(grid);
    await page.waitForFunction(isFilled);
    await page.evaluate(watchCells);
    const scrolls = speeds.map((pixelsPerSecond) => ({
      name: `scrolling ${pixelsPerSecond.toLocaleString('en')} px/s`,
      run: () => scrolled(page, pixelsPerSecond),
    }));
    for (const { name, run } of [
      ...scrolls,
      { name: 'jumping by the scroll bar', run: () => jumps(page, runs) },
    ]) {
      note(`${name} …`);
      const seen = await run();
      yield { figure: `${name}: a tile blank`, value: seen.tile, ...millis, target: blankLimit };
      yield { figure: `${name}: a spot blank`, value: seen.spot, ...millis };
      yield { figure: `${name}: 95 % of the frames`, value: seen.frame, ...millis };
    }
  } finally {
    await browser.close();
  }
}

/** Another order is another query: neither side remembers the answer. */
const sorts = ['name', '-name', 'added', '-added', 'objects', '-objects'];

/** Pixels a second: reading, leafing, hurrying, a wheel let loose. */
const speeds = [1_500, 7_000, 20_000, 45_000];
const scrollMillis = 4_000;
const stepMillis = 33;

async function millisToPaint(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(isFilled, undefined, { polling: 'raf' });
  return page.evaluate(
    () => new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now()))),
  );
}

async function scrolled(page: Page, pixelsPerSecond: number): Promise<Seen> {
  await page.evaluate(() => window.cells.reset());
  await page.mouse.move(viewport.width / 2, viewport.height / 2);
  const started = performance.now();
  let sent = 0;
  while (performance.now() - started < scrollMillis) {
    const due = ((performance.now() - started) / 1000) * pixelsPerSecond;
    await page.mouse.wheel(0, due - sent);
    sent = due;
    await new Promise((resolve) => setTimeout(resolve, stepMillis));
  }
  await page.waitForFunction(isFilled);
  return page.evaluate(() => window.cells.read());
}

async function jumps(page: Page, count: number): Promise<Seen> {
  await page.evaluate(() => window.cells.reset());
  for (let jump = 0; jump < count; jump++) {
    await page.evaluate(
      (part) => {
        const scroller = document.querySelector('.grid-scroller')!;
        scroller.scrollTop = scroller.scrollHeight * part;
      },
      ((jump + 1) * 0.37) % 1,
    );
    await page.waitForTimeout(1500);
  }
  return page.evaluate(() => window.cells.read());
}

/** Longest times in milliseconds; of the frames the time that 95 of 100 keep to. */
interface Seen {
  tile: number;
  spot: number;
  frame: number;
}

declare global {
  interface Window {
    cells: { reset(): void; read(): Seen };
  }
}

// What follows runs in the page.

function isFilled(): boolean {
  const scroller = document.querySelector('.grid-scroller');
  if (scroller === null) return false;
  const view = scroller.getBoundingClientRect();
  const tiles = [...scroller.querySelectorAll('.tile')].filter((tile) => {
    const { top, bottom } = tile.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  });
  const isWhole = (image: HTMLImageElement | null) => image?.complete && image.naturalWidth > 0;
  return tiles.length > 0 && tiles.every((tile) => isWhole(tile.querySelector('img')));
}

function watchCells(): void {
  const scroller = document.querySelector('.grid-scroller')!;
  const spots = { columns: 12, rows: 8 };
  let tiles = new Map<string, number>();
  let spotMillis = new Float64Array(spots.columns * spots.rows);
  let frames: number[] = [];
  let worst = { tile: 0, spot: 0 };
  let last = performance.now();
  const look = (now: number) => {
    const elapsed = now - last;
    last = now;
    frames.push(elapsed);
    const view = scroller.getBoundingClientRect();
    const isBlankSpot = new Uint8Array(spotMillis.length).fill(1);
    const blank = new Map<string, number>();
    for (const tile of scroller.querySelectorAll<HTMLElement>('.tile')) {
      const box = tile.getBoundingClientRect();
      if (box.bottom <= view.top || box.top >= view.bottom) continue;
      const image = tile.querySelector('img');
      const isBlank = !(image?.complete && image.naturalWidth > 0);
      const { position = '' } = tile.dataset;
      if (isBlank) blank.set(position, (tiles.get(position) ?? 0) + elapsed);
      else {
        for (let spot = 0; spot < isBlankSpot.length; spot++) {
          const x = view.left + ((spot % spots.columns) + 0.5) * (view.width / spots.columns);
          const y =
            view.top + (Math.floor(spot / spots.columns) + 0.5) * (view.height / spots.rows);
          // The gaps between tiles belong to the tile before.
          if (x >= box.left && x < box.right + 8 && y >= box.top && y < box.bottom + 8)
            isBlankSpot[spot] = 0;
        }
      }
    }
    tiles = blank;
    for (const millis of blank.values()) worst.tile = Math.max(worst.tile, millis);
    for (let spot = 0; spot < spotMillis.length; spot++) {
      spotMillis[spot] = isBlankSpot[spot] === 1 ? spotMillis[spot] + elapsed : 0;
      worst.spot = Math.max(worst.spot, spotMillis[spot]);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.cells = {
    reset() {
      tiles = new Map();
      spotMillis = new Float64Array(spotMillis.length);
      frames = [];
      worst = { tile: 0, spot: 0 };
    },
    read() {
      const sorted = frames.toSorted((a, b) => a - b);
      return { ...worst, frame: sorted[Math.floor(sorted.length * 0.95)] };
    },
  };
}
