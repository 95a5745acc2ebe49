// One action of the annotator, saved over HTTP by a whole workbench: as fast with ten thousand objects on the picture as
// with ten, in a dataset of 100,000 images, while another page listens for what changes.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NextEvent, openEvents } from '../apps/server/src/testing/event-reader.ts';
import { startWorkbench } from '../apps/server/src/workbench.ts';
import {
  type Client,
  createClient,
  type Edit,
  type Routes,
  routes,
} from '../packages/api/src/index.ts';
import { crowdOf, pictureSize } from './data/crowded-picture.ts';
import { importPath } from './data/import-path.ts';
import { type Random, randomOf } from './data/random.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { secondsOf } from './harness/measure.ts';

const usualImages = 100_000;
const annotationsPerImage = 10;
const crowds = [10, 1_000, 10_000];
const warmUps = 20;

export const serverEdit: Bench = {
  name: 'server-edit',
  title: 'one edit over HTTP, of a picture with 10, 1,000 or 10,000 polygons among 100,000 images',
  long: true,
  run: editFigures,
};

/** Bytes of the bodies that went either way since it was made. */
interface Traffic {
  bytes: number;
}

async function* editFigures({ options, note }: BenchContext): AsyncIterable<Figure> {
  const { seed, images = usualImages, runs = 200 } = options;
  const file = await syntheticInstancesFile({ images, seed, annotationsPerImage });
  const folder = mkdtempSync(join(tmpdir(), 'migaki-bench-'));
  const data = join(folder, 'data');
  const workspaceDir = join(folder, 'workspace');
  const workbench = await startWorkbench({ workspaceDir, allowedFolders: [file, data] });
  const closing = new AbortController();
  try {
    const traffic: Traffic = { bytes: 0 };
    const client = createClient(routes, {
      baseUrl: workbench.address,
      token: workbench.loginToken,
      fetch: counting(traffic),
    });
    note('importing the images …');
    const datasetId = await importPath(client, { newDataset: 'bench' }, file);
    mkdirSync(data);
    writeFileSync(join(data, 'crowds.json'), JSON.stringify(crowdsFile(randomOf(seed, 1))));
    await importPath(client, { datasetId }, join(data, 'crowds.json'));
    const next = await openEvents(client, closing.signal);
    for (const count of crowds) {
      note(`editing among ${count.toLocaleString('en')} objects …`);
      const course = { client, datasetId, next, traffic, random: randomOf(seed, 2, count), runs };
      yield* figuresAmong(count, course);
    }
  } finally {
    closing.abort();
    await workbench.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function counting(traffic: Traffic): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (typeof init?.body === 'string') traffic.bytes += Buffer.byteLength(init.body);
    traffic.bytes += Number(response.headers.get('content-length') ?? 0);
    return response;
  };
}

const fileNameOf = (count: number) => `crowd-of-${count}.jpg`;

function crowdsFile(random: Random) {
  let id = 1;
  return {
    images: crowds.map((count, n) => ({ id: n + 1, file_name: fileNameOf(count), ...pictureSize })),
    categories: [{ id: 1, name: 'cell' }],
    annotations: crowds.flatMap((count, n) =>
      crowdOf(count, random).map((polygon) => ({
        id: id++,
        image_id: n + 1,
        category_id: 1,
        iscrowd: 0,
        ...polygon,
      })),
    ),
  };
}

interface Course {
  client: Client<Routes>;
  datasetId: number;
  next: NextEvent;
  traffic: Traffic;
  random: Random;
  runs: number;
}

async function* figuresAmong(count: number, course: Course): AsyncIterable<Figure> {
  const { client, datasetId, next, traffic, random, runs } = course;
  const params = { datasetId };
  const { items } = await client.listImages({ params, query: { q: `name:${fileNameOf(count)}` } });
  const ofImage = { params: { ...params, imageId: items[0].id } };
  const { id: imageId, annotations } = await client.getImage(ofImage);
  if (annotations.length !== count) throw new Error(`expected ${count}: ${annotations.length}`);
  const anyone = () => random.pick(annotations).id;
  const polygon = () => {
    const [{ bbox, segmentation, area }] = crowdOf(1, random);
    return { bbox, segmentation, area };
  };
  const categoryId = annotations[0].categoryId;
  const reviewed = new Set<number>();
  /** Each changes something. What is moved is reviewed thereby, so that comes last. */
  const actions: Record<string, () => Edit> = {
    'an object reviewed': () => {
      const annotationId = anyone();
      const isReviewed = !reviewed.delete(annotationId);
      if (isReviewed) reviewed.add(annotationId);
      return { type: 'reviewObject', annotationId, isReviewed };
    },
    'a polygon added': () => ({ type: 'add', imageId, fields: { categoryId, ...polygon() } }),
    'a polygon moved': () => ({ type: 'change', annotationId: anyone(), fields: polygon() }),
  };
  const told: number[] = [];
  let bytes = 0;
  for (const [name, editOf] of Object.entries(actions)) {
    const millis: number[] = [];
    for (let run = -warmUps; run < runs; run++) {
      const key = crypto.randomUUID();
      const body = { key, edits: [editOf()] };
      traffic.bytes = 0;
      const started = performance.now();
      const heard = next(
        (event) => event.type === 'dataset' && !!event.changes?.some((each) => each.key === key),
      ).then(() => performance.now() - started);
      const seconds = await secondsOf(() => client.applyEdits({ params, body }));
      const heardAfter = await heard;
      if (run < 0) continue;
      bytes = Math.max(bytes, traffic.bytes);
      millis.push(1000 * seconds);
      told.push(heardAfter);
    }
    const among = `${name} among ${count.toLocaleString('en')}`;
    yield millisOf(`${among}, p50`, quantile(millis, 0.5));
    yield millisOf(`${among}, p95`, quantile(millis, 0.95), 20);
  }
  yield millisOf(
    `among ${count.toLocaleString('en')}, another page hears of it, p95`,
    quantile(told, 0.95),
  );
  yield {
    figure: `among ${count.toLocaleString('en')}, sent and answered`,
    value: bytes,
    unit: 'B',
    better: 'lower',
  };
}

const millisOf = (figure: string, value: number, valueAtMost?: number): Figure => ({
  figure,
  value,
  unit: 'ms',
  better: 'lower',
  ...(valueAtMost !== undefined && { target: { valueAtMost } }),
});

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}
