// A model proposes for a whole dataset, as a job: how near that comes to the bare runs of its network, and what is left of it
// when everything is killed in the middle.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type KillableWorkbench,
  spawnWorkbench,
} from '../apps/server/src/testing/killable-workbench.ts';
import { untilSucceeded } from '../apps/server/src/testing/until-job.ts';
import type { Job } from '../packages/api/src/index.ts';
import { drawnCells } from '../packages/train/src/drawn/cells.ts';
import { readPicture } from '../packages/train/src/pictures/read-picture.ts';
import { openSession, ortTensor } from '../packages/train/src/runtime/session.ts';
import { cachedFolder } from './data/cache.ts';
import { drawnFolder } from './data/drawn-folder.ts';
import { importPath } from './data/import-path.ts';
import { randomOf } from './data/random.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { secondsOf } from './harness/measure.ts';
import { trained } from './harness/trained.ts';

const usualImages = 600;
const kills = 10;
const trainingSeconds = 30;
/** So low that there is much to write. */
const threshold = 0.1;

export const preannotate: Bench = {
  name: 'preannotate',
  title: 'a detector proposes for a dataset; kill -9 of everything at ten random points of it',
  long: true,
  run: preannotateFigures,
};

async function* preannotateFigures({ options, note }: BenchContext): AsyncIterable<Figure> {
  const { seed, images = usualImages } = options;
  const set = drawnCells(images, 1);
  const pictures = await drawnFolder('preannotate-cells', set);
  const modelFolder = await cachedFolder('cells-detector-v1', async (folder) => {
    const test = { ...pictures, images: pictures.images.slice(0, 10) };
    const settings = { task: 'detect', minutes: trainingSeconds / 60 } as const;
    const { model } = await trained({ settings, training: pictures, test, note });
    writeFileSync(join(folder, 'model.onnx'), model);
  });
  const modelPath = join(modelFolder, 'model.onnx');
  const folder = mkdtempSync(join(tmpdir(), 'migaki-preannotate-'));
  const source = join(folder, 'source');
  for (const { path, file_name } of pictures.images) cpSync(String(path), join(source, file_name));
  const { categories } = set.dataset;
  const labels = { images: set.dataset.images, annotations: [], categories };
  writeFileSync(join(source, 'labels.json'), JSON.stringify(labels));
  const workspaceDir = join(folder, 'workspace');
  let workbench = await spawnWorkbench(workspaceDir, source);
  try {
    const upload = await readFile(modelPath);
    await workbench.client.importModel({ query: { name: 'cells' }, upload });
    const whole = await importPath(workbench.client, { newDataset: 'undisturbed' }, source);
    // The first job brings the runtime into the process.
    await untilSucceeded(workbench.client, await begin(workbench, whole, 1));
    const job = await untilSucceeded(workbench.client, await begin(workbench, whole, threshold));
    const seconds = (Date.parse(job.finishedAt!) - Date.parse(job.startedAt!)) / 1000;
    const paths = pictures.images.map(({ path }) => String(path));
    const bare = await bareSeconds(modelPath, paths);
    yield {
      figure: 'pictures proposed for, beside bare runs',
      value: images / seconds,
      unit: '/s',
      better: 'higher',
      peer: { name: 'session.run', value: images / bare },
      target: { ratioAtLeast: 0.9 },
    };
    const wanted = await proposalsOf(workbench, whole);
    note(`${wanted.length} proposals in ${seconds.toFixed(1)} s`);
    const random = randomOf(seed, kills);
    let exact = 0;
    for (let attempt = 1, killed = 0; killed < kills; attempt++) {
      const name = `killed ${attempt}`;
      const datasetId = await importPath(workbench.client, { newDataset: name }, source);
      const begun = await begin(workbench, datasetId, threshold);
      const after = random.uniform() * seconds;
      await sleep(after * 1000);
      const { state, done } = await workbench.client.getJob({ params: { jobId: begun.id } });
      if (state === 'succeeded') continue;
      note(`killed after ${after.toFixed(1)} s, at picture ${done}`);
      killed++;
      await workbench.killEverything();
      workbench = await spawnWorkbench(workspaceDir, source);
      await untilSucceeded(workbench.client, begun);
      if (isDeepStrictEqual(await proposalsOf(workbench, datasetId), wanted)) exact++;
    }
    yield {
      figure: 'killed jobs that end complete and exact',
      value: exact,
      unit: `of ${kills}`,
      better: 'higher',
      target: { valueAtLeast: kills },
    };
  } finally {
    await workbench.killEverything();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function begin(
  { client }: KillableWorkbench,
  datasetId: number,
  least: number,
): Promise<Job> {
  const body = { model: 'cells', threshold: least };
  return (await client.startPreannotation({ params: { datasetId }, body })).job;
}

/** The network alone, on pixels that are ready, with the threads that the job has. */
async function bareSeconds(modelPath: string, paths: readonly string[]): Promise<number> {
  const session = await openSession(await readFile(modelPath), availableParallelism());
  try {
    const feeds = await Promise.all(
      paths.map(async (path) => {
        const { width, height, data } = await readPicture(path);
        return { picture: ortTensor({ type: 'uint8', shape: [1, height, width, 3], data }) };
      }),
    );
    await session.run(feeds[0]);
    return await secondsOf(async () => {
      for (const feed of feeds) await session.run(feed);
    });
  } finally {
    await session.close();
  }
}

/** Every proposal, without the ids that the dataset gave it. */
async function proposalsOf({ client }: KillableWorkbench, datasetId: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let from = 0, total = 1; from < total; ) {
    const query = { q: 'state:proposed', from, limit: 200 };
    const page = await client.listObjects({ params: { datasetId }, query });
    for (const { image, annotation } of page.items) {
      const { categoryId, bbox, score, origin } = annotation;
      found.push([image.fileName, categoryId, bbox, score, origin]);
    }
    total = page.total;
    from += page.items.length;
  }
  const texts = found.map((one) => JSON.stringify(one));
  return texts.sort();
}
