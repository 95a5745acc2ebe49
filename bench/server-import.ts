// Imports through a whole workbench, as a person starts them: over HTTP, by a worker, into a new workspace.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorkbench } from '../apps/server/src/workbench.ts';
import { type Client, createClient, type Routes, routes } from '../packages/api/src/index.ts';
import { cachedFolder } from './data/cache.ts';
import { randomOf } from './data/random.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { median, secondsOf } from './harness/measure.ts';

const usualPictures = 1_000;
const usualImages = 5_000;
const pollMillis = 20;

export const serverImport: Bench = {
  name: 'server-import',
  title: 'a JSON of 5,000 images and 1,000 JPEGs of 640 × 480, imported by a workbench',
  long: true,
  run: serverFigures,
};

async function* serverFigures({ options }: BenchContext): AsyncIterable<Figure> {
  const { seed, images = usualImages, runs = 3 } = options;
  const file = await syntheticInstancesFile({ images, seed });
  const folder = await jpegFolder(usualPictures, seed);
  const workspaceDir = mkdtempSync(join(tmpdir(), 'migaki-bench-'));
  const workbench = await startWorkbench({ workspaceDir, allowedFolders: [file, folder] });
  const { address: baseUrl, loginToken: token } = workbench;
  const client = createClient(routes, { baseUrl, token });
  try {
    const ofLabels: number[] = [];
    await importPath(client, 'warm-up', file);
    for (let run = 0; run < runs; run++) {
      ofLabels.push(await secondsOf(() => importPath(client, `labels ${run}`, file)));
    }
    yield {
      figure: `labels of ${images.toLocaleString('en')} images`,
      value: median(ofLabels),
      unit: 's',
      better: 'lower',
      target: { valueAtMost: (images / usualImages) * 10 },
    };
    // A picture that is known already is not decoded again, so each is taken once.
    const seconds = await secondsOf(() => importPath(client, 'pictures', folder));
    yield {
      figure: 'pictures with thumbnails',
      value: usualPictures / seconds,
      unit: '/s',
      better: 'higher',
      target: { valueAtLeast: 150 },
    };
    const peaks = [process.pid, ...workbench.workerPids()].map(peakRssBytes);
    yield {
      figure: 'memory of server and worker',
      value: peaks.reduce((sum, bytes) => sum + bytes) / 1e6,
      unit: 'MB',
      better: 'lower',
    };
  } finally {
    await workbench.stop();
    rmSync(workspaceDir, { recursive: true, force: true });
  }
}

async function importPath(client: Client<Routes>, name: string, path: string): Promise<void> {
  const { job } = await client.startImport({
    body: { into: { newDataset: name }, from: { path } },
  });
  for (;;) {
    const { state, error } = await client.getJob({ params: { jobId: job.id } });
    if (state === 'succeeded') return;
    if (state === 'failed' || state === 'cancelled') throw new Error(error?.message ?? state);
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
  }
}

/** Linux alone tells it. */
function peakRssBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/** What is used of the library `sharp`, which is the server's dependency and not the benches'. */
type DrawJpeg = (
  pixels: Buffer,
  options: { raw: { width: number; height: number; channels: 3 } },
) => { jpeg(options: { quality: number }): { toFile(path: string): Promise<unknown> } };

/** JPEGs of about 60 kB, made on first use. */
function jpegFolder(count: number, seed: number): Promise<string> {
  return cachedFolder(`jpegs-${count}-${seed}`, async (unfinished) => {
    const require = createRequire(new URL('../apps/server/package.json', import.meta.url));
    const sharp = require('sharp') as DrawJpeg;
    const [width, height] = [640, 480];
    for (let index = 0; index < count; index++) {
      const random = randomOf(seed, index);
      const pixels = Buffer.alloc(width * height * 3);
      const [stepX, stepY] = [20 + (index % 30), 15 + (index % 17)];
      for (let pixel = 0; pixel < width * height; pixel++) {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        const light = Math.sin(x / stepX) * 60 + Math.cos(y / stepY) * 60 + 128;
        pixels[3 * pixel] = light + random.uniform() * 12;
        pixels[3 * pixel + 1] = (light + index) % 256;
        pixels[3 * pixel + 2] = 255 - light;
      }
      await sharp(pixels, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: 85 })
        .toFile(join(unfinished, `${String(index).padStart(4, '0')}.jpg`));
    }
  });
}
