// A Chromium that this machine has, driven over its own protocol. Nothing is downloaded: where none is found, tests say
// so and skip.

import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Names the program where it lies in an unusual place. */
const variable = 'MIGAKI_CHROMIUM';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of the program; null where there is none. */
export const chromiumPath: string | null =
  process.env[variable] ?? usualPaths.find((path) => existsSync(path)) ?? null;

export const whyNoChromium = `No Chromium: none of the usual paths has one and ${variable} is unset.`;

/**
 * Without a window, and without calls to anywhere: updates and the like would disturb what is measured.
 *
 * @param more switches of Chromium
 */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  if (chromiumPath === null) throw new Error(whyNoChromium);
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
