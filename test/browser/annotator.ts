/// <reference lib="dom" />
// Hands on the annotator's canvas: positions are pixels of the picture, wherever that lies on the screen.

import type { Page } from 'playwright-core';

export type Point = readonly [x: number, y: number];

export interface AnnotatorHands {
  /** Where a point of the picture is on the screen. */
  screen(point: Point): Promise<Point>;
  move(point: Point): Promise<void>;
  click(point: Point, modifiers?: readonly Modifier[]): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  /** From the first point over all others, with the button held. */
  drag(...points: readonly Point[]): Promise<void>;
  /** The nearest point of the picture that lies on a whole pixel of the screen: a mouse is never between them. */
  whole(point: Point): Promise<Point>;
  /** Waits until the bar says that everything is saved. */
  saved(): Promise<void>;
}

type Modifier = 'Shift' | 'Control' | 'Alt';

export function openAnnotator(page: Page): AnnotatorHands {
  const screen = async ([x, y]: Point): Promise<Point> => {
    const layers = (await page.locator('.annotate-layers').boundingBox())!;
    const { scale, left, top } = await viewOf(page);
    return [layers.x + x * scale + left, layers.y + y * scale + top];
  };
  /** What a key has done, to the view or to the bar that says what is saved, is there to be read after the next frame. */
  const frame = () =>
    page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  const move = async (point: Point) => page.mouse.move(...(await screen(point)));
  const whole = async ([x, y]: Point): Promise<Point> => {
    const layers = (await page.locator('.annotate-layers').boundingBox())!;
    const { scale, left, top } = await viewOf(page);
    return [
      (Math.round(layers.x + x * scale + left) - layers.x - left) / scale,
      (Math.round(layers.y + y * scale + top) - layers.y - top) / scale,
    ];
  };
  return {
    screen,
    whole,
    move,
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
      await frame();
    },
    async click(point, modifiers = []) {
      for (const modifier of modifiers) await page.keyboard.down(modifier);
      await page.mouse.click(...(await screen(point)));
      for (const modifier of modifiers) await page.keyboard.up(modifier);
    },
    async drag(first, ...others) {
      await move(first);
      await page.mouse.down();
      for (const point of others) await move(point);
      await page.mouse.up();
    },
    async saved() {
      await frame();
      await page.locator('.annotate-save[data-status=saved]').waitFor();
    },
  };
}

/** As the canvas shows the picture, CSS pixels. */
export const viewOf = (page: Page) =>
  page.evaluate(() => {
    const { scale, left, top } = document.querySelector<HTMLElement>('.annotate-layers')!.dataset;
    return { scale: Number(scale), left: Number(left), top: Number(top) };
  });

/** Opacity (0 to 255) of a layer at points of the picture, the strongest within a pixel. */
export async function drawn(
  page: Page,
  layer: 'picture' | 'objects' | 'marks' | 'draft',
  points: readonly Point[],
): Promise<number[]> {
  const view = await viewOf(page);
  return page.evaluate(
    ({ layer, points, view }) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[data-layer=${layer}]`)!;
      const shown = canvas.getBoundingClientRect();
      // A layer on which nothing is drawn is not in the page.
      if (shown.width === 0) return points.map(() => 0);
      const ratio = canvas.width / shown.width;
      const context = canvas.getContext('2d')!;
      return points.map(([x, y]) => {
        const left = Math.round((x * view.scale + view.left) * ratio);
        const top = Math.round((y * view.scale + view.top) * ratio);
        const { data } = context.getImageData(left - 1, top - 1, 3, 3);
        return Math.max(...data.filter((_, byte) => byte % 4 === 3));
      });
    },
    { layer, points, view },
  );
}
