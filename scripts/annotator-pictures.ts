/// <reference lib="dom" />
// Takes the pictures of docs/annotating.md anew: boxes, a polygon, a mask and a pose in the annotator, over pictures that the
// project draws itself.
//
//   node scripts/annotator-pictures.ts

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { serveWorkbench } from '../apps/cli/src/workbench/serve-workbench.ts';
import { ownerClient } from '../apps/cli/src/workbench/with-workbench.ts';
import type { DrawnSet } from '../packages/train/src/drawn/drawn-set.ts';
import { drawnLeaves } from '../packages/train/src/drawn/leaves.ts';
import { drawnWalkers } from '../packages/train/src/drawn/walkers.ts';
import { type AnnotatorHands, openAnnotator } from '../test/browser/annotator.ts';
import { launchChromium } from '../test/browser/chromium.ts';

const pictures = join(dirname(import.meta.dirname), 'docs', 'pictures');
/** CSS pixels, and those of the files. */
const viewport = { width: 1280, height: 800 };
/** What is drawn for networks is small for people. */
const enlargement = 4;

type Source = { sample: 'cells' } | { drawn: DrawnSet };

interface Shot {
  name: string;
  source: Source;
  /** The first picture that matches it is shown. */
  query: string;
  /** The first object of it is selected. */
  category: string;
  act: (hands: AnnotatorHands) => Promise<void>;
}

const shots: readonly Shot[] = [
  {
    name: 'box',
    source: { drawn: drawnLeaves(6, 1) },
    query: 'name:leaves-0001.jpg',
    category: 'lobed leaf',
    async act(hands) {
      await hands.press('r');
      await hands.move([760, 860]);
    },
  },
  {
    name: 'polygon',
    source: { sample: 'cells' },
    query: 'category:WBC category:Platelets',
    category: 'WBC',
    act: (hands) => hands.press('v'),
  },
  {
    name: 'mask',
    source: { sample: 'cells' },
    query: 'category:WBC category:Platelets',
    category: 'WBC',
    async act(hands) {
      await hands.press('Shift+B', 'b');
      await hands.move([128, 232]);
    },
  },
  {
    name: 'pose',
    source: { drawn: drawnWalkers(6) },
    query: 'name:walkers-0001.jpg',
    category: 'walker',
    async act(hands) {
      await hands.press('k');
      await hands.move([90, 160]);
    },
  },
];

const folder = await mkdtemp(join(tmpdir(), 'migaki-pictures-'));
const workbench = await serveWorkbench({ data: join(folder, 'workspace'), note: console.error });
const browser = await launchChromium();
try {
  const client = await ownerClient(workbench.workspaceDir, workbench.address);
  const page = await browser.newPage({ viewport, locale: 'en' });
  await page.goto(workbench.link);
  await page.getByRole('button', { name: /Try the sample/ }).waitFor();
  for (const { name, source, query, category, act } of shots) {
    const from = 'sample' in source ? source : { path: await written(source.drawn, name) };
    const { datasetId, job } = await client.startImport({
      body: { into: { newDataset: name }, from },
    });
    await untilDone(job.id);
    const params = { datasetId };
    const { items } = await client.listImages({ params, query: { q: query, limit: 1 } });
    const imageId = items[0].id;
    const { annotations } = await client.getImage({ params: { ...params, imageId } });
    const { categories } = await client.getDataset({ params });
    const categoryId = categories.find((each) => each.name === category)?.id;
    const selected = annotations.find((each) => each.categoryId === categoryId);
    const address = `${workbench.address}/datasets/${datasetId}/annotate/${imageId}`;
    await page.goto(`${address}?object=${selected?.id}`);
    await page.locator('.annotate-layers[data-picture=there]').waitFor();
    const hands = openAnnotator(page);
    await page.getByRole('region', { name: 'Selected object' }).waitFor();
    await hands.press('0');
    await act(hands);
    await hands.saved();
    await keep(page, `annotate-${name}.png`);
  }

  async function untilDone(jobId: string): Promise<void> {
    const { state } = await client.getJob({ params: { jobId } });
    if (state === 'succeeded') return;
    if (state === 'failed' || state === 'cancelled') throw new Error(`The import has ${state}.`);
    await new Promise((done) => setTimeout(done, 200));
    return untilDone(jobId);
  }
} finally {
  await browser.close();
  await workbench.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Enlarged, with boxes and keypoints: a folder to import. */
async function written({ dataset, svg }: DrawnSet, name: string): Promise<string> {
  const target = await mkdtemp(join(folder, `${name}-`));
  const larger = (numbers: readonly number[]) => numbers.map((each) => each * enlargement);
  for (const [index, { file_name, width, height }] of dataset.images.entries()) {
    const [wide, high] = larger([width, height]);
    // 72 dots an inch is a pixel each.
    const drawn = sharp(Buffer.from(svg(index)), { density: 72 * enlargement }).resize(wide, high);
    await drawn.jpeg({ quality: 92 }).toFile(join(target, file_name));
  }
  const labels = {
    ...dataset,
    images: dataset.images.map((image) => {
      const [width, height] = larger([image.width, image.height]);
      return { ...image, width, height };
    }),
    annotations: dataset.annotations.map(
      ({ segmentation: _, area: __, bbox, keypoints, ...rest }) => ({
        ...rest,
        ...(bbox && { bbox: larger(bbox) }),
        // The third of each is no place, but whether it is seen.
        ...(keypoints && {
          keypoints: keypoints.map((each, i) => (i % 3 === 2 ? each : each * enlargement)),
        }),
      }),
    ),
  };
  await writeFile(join(target, 'labels.json'), JSON.stringify(labels));
  return target;
}

/** With few colours, as a page of flat ones has them. */
async function keep(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const taken = await page.screenshot({ animations: 'disabled' });
  await sharp(taken).png({ palette: true, colours: 128, effort: 10 }).toFile(join(pictures, file));
  console.error(file);
}
