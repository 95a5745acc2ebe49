// Imports through a whole workbench, as a person starts them: over HTTP, by a worker, into a new workspace.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorkbench } from '../apps/server/src/workbench.ts';
import { createClient, routes } from '../packages/api/src/index.ts';
import { importPath } from './data/import-path.ts';
import { jpegFolder } from './data/jpeg-folder.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { median, secondsOf } from './harness/measure.ts';

const usualPictures = 1_000;
const usualImages = 5_000;

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
    await importPath(client, { newDataset: 'warm-up' }, file);
    for (let run = 0; run < runs; run++) {
      ofLabels.push(
        await secondsOf(() => importPath(client, { newDataset: `labels ${run}` }, file)),
      );
    }
    yield {
      figure: `labels of ${images.toLocaleString('en')} images`,
      value: median(ofLabels),
      unit: 's',
      better: 'lower',
      target: { valueAtMost: (images / usualImages) * 10 },
    };
    // A picture that is known already is not decoded again, so each is taken once.
    const seconds = await secondsOf(() => importPath(client, { newDataset: 'pictures' }, folder));
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

/** Linux alone tells it. */
function peakRssBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
