// A workbench of its own with the built pages, and a browser that is logged in: what every test of the pages begins with.

import { after } from 'node:test';
import type { Page } from 'playwright-core';
import { openWebApp } from '../../apps/server/src/pages/web-app.ts';
import { type TestWorkbench, testWorkbench } from '../../apps/server/src/testing/test-workbench.ts';
import { launchChromium } from './chromium.ts';

export interface OpenPages extends TestWorkbench {
  page: Page;
  /** What the page complained of: uncaught errors, and lines that it wrote to the console as errors. */
  complaints: string[];
}

/** @param viewport CSS pixels */
export async function openPages(viewport = { width: 1280, height: 800 }): Promise<OpenPages> {
  const pages = await openWebApp({ onBuild: () => {} });
  if (pages.folder === null) throw new Error(`There are no pages to open: ${pages.why}`);
  const workbench = await testWorkbench({ webFolder: pages.folder });
  const browser = await launchChromium();
  after(() => browser.close());
  // A context of its own, in which a test may open more tabs.
  const context = await browser.newContext({ viewport, locale: 'en' });
  const page = await context.newPage();
  // Long enough for a machine that is busy with other tests: what is waited for is a state, never a time.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  await page.goto(`${workbench.address}/?token=${workbench.loginToken}`);
  return { ...workbench, page, complaints };
}
