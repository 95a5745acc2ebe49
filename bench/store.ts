// The store on the embedded database with its real settings: a dataset of COCO's size in and out, and what the grid,
// the sidebar and the editor ask of it. Every timed query differs from the ones before, so nothing is answered from
// what this process remembers.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyBulkEdit,
  applyEdits,
  countImages,
  createDataset,
  facets,
  imageNeighbours,
  imagePage,
  importCoco,
  migrate,
  objectPage,
  openPool,
  openStore,
  type Store,
  startDatabase,
  statistics,
} from '../packages/store/src/index.ts';
import type { TransferCost } from './children/transfer-instances.ts';
import { type Random, randomOf } from './data/random.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { runProcess } from './harness/child-process.ts';
import { secondsOf } from './harness/measure.ts';

const AUTHOR = 'bench';

export const store: Bench = {
  name: 'store',
  title: 'a dataset of 118,000 images and 1,100,000 annotations: in, out, filtered, edited',
  long: true,
  run: (context) => storeFigures(context, 118_000, 40),
};

async function* storeFigures(
  { options, note }: BenchContext,
  defaultImages: number,
  defaultRuns: number,
): AsyncIterable<Figure> {
  const { seed, images = defaultImages, runs = defaultRuns } = options;
  const file = await syntheticInstancesFile({ images, seed });
  const workspaceDir = mkdtempSync(join(tmpdir(), 'migaki-bench-'));
  const database = await startDatabase({ workspaceDir });
  const pool = openPool(database.connectionString);
  try {
    await migrate(pool);
    const opened = openStore({ pool });
    const { id } = await createDataset(opened, { name: 'bench' });
    yield* transferFigures(database.connectionString, id, file);
    note('adding proposals of a model, tags and states …');
    yield* preparation(opened, id, images, seed);
    yield* queryFigures(opened, id, images, randomOf(seed, 7), runs);
  } finally {
    await pool.end();
    await database.stop();
    rmSync(workspaceDir, { recursive: true, force: true });
  }
}

async function* transferFigures(url: string, id: number, file: string): AsyncIterable<Figure> {
  const transfer = async (direction: 'import' | 'export') => {
    const script = join(import.meta.dirname, 'children', 'transfer-instances.ts');
    const { stdout } = await runProcess(process.execPath, [script, direction, url, `${id}`, file]);
    return JSON.parse(stdout) as TransferCost;
  };
  const lower = { better: 'lower' } as const;
  const first = await transfer('import');
  yield {
    figure: 'import',
    value: first.seconds,
    unit: 's',
    ...lower,
    target: { valueAtMost: 120 },
  };
  yield {
    figure: 'import, memory of the process',
    value: first.peakRssBytes / 1e6,
    unit: 'MB',
    ...lower,
    target: { valueAtMost: 1000 },
  };
  const again = await transfer('import');
  if (!again.isUnchanged) throw new Error('importing the same file again changed the dataset');
  yield { figure: 'the same file again', value: again.seconds, unit: 's', ...lower };
  const out = await transfer('export');
  yield {
    figure: `export of ${(out.bytes / 1e6).toFixed(0)} MB`,
    value: out.seconds,
    unit: 's',
    ...lower,
    target: { valueAtMost: 60 },
  };
  yield {
    figure: 'export, memory of the process',
    value: out.peakRssBytes / 1e6,
    unit: 'MB',
    ...lower,
  };
}

/** Two results on each image, a tag on one in ten, and some that are done. */
async function* preparation(
  opened: Store,
  id: number,
  images: number,
  seed: number,
): AsyncIterable<Figure> {
  const random = randomOf(seed, 8);
  const proposal = (image: number) => ({
    image_id: 3 * image + 1,
    category_id: 1 + random.integer(0, 20),
    bbox: [random.integer(0, 100), random.integer(0, 100), 50, 50],
    score: Number(random.uniform().toFixed(3)),
  });
  function* batches() {
    for (let start = 0; start < images; start += 1000) {
      const values = Array.from({ length: 2000 }, (_, n) => proposal(start + (n >> 1)));
      yield { section: null, kind: 'elements' as const, firstIndex: 2 * start, values };
    }
  }
  const seconds = await secondsOf(() =>
    importCoco(opened, id, batches(), { author: AUTHOR, origin: 'model yolo@1' }),
  );
  yield {
    figure: 'import of 2 proposals for each image',
    value: seconds,
    unit: 's',
    better: 'lower',
  };
  const bulk = await secondsOf(() =>
    applyBulkEdit(
      opened,
      id,
      { query: 'name:*7.jpg' },
      { do: 'tag', add: ['night'] },
      { author: AUTHOR },
    ),
  );
  yield { figure: 'tag one image in ten', value: bulk, unit: 's', better: 'lower' };
  await applyBulkEdit(
    opened,
    id,
    { query: 'name:*1.jpg,*2.jpg' },
    { do: 'set-status', status: 'done' },
    {
      author: AUTHOR,
    },
  );
}

async function* queryFigures(
  opened: Store,
  id: number,
  images: number,
  random: Random,
  runs: number,
): AsyncIterable<Figure> {
  const category = () => `"category ${random.integer(1, 30)}"`;
  const filter = () =>
    `category:${category()} count(person)>${random.integer(0, 3)} width>${random.integer(1, 199)}`;
  const changeSomething = () =>
    applyEdits(opened, id, [{ do: 'tag', imageId: imageId(), add: ['seen'] }], { author: AUTHOR });
  const imageId = () => 3 * random.integer(0, images - 1) + 1;
  const sort = () => random.pick(['added', '-added', 'name', 'objects', '-score']);
  const timed: {
    figure: string;
    limit?: number;
    /** Before each run, not timed. */
    prepare?: () => Promise<unknown>;
    run: () => Promise<unknown>;
  }[] = [
    {
      figure: 'first page, category and count',
      limit: 100,
      run: () => imagePage(opened, id, { query: filter(), sort: sort() }),
    },
    {
      figure: 'how many, category and count',
      limit: 100,
      run: () => countImages(opened, id, { query: filter() }),
    },
    {
      figure: 'page at a position, the first time',
      run: () => imagePage(opened, id, { query: filter(), position: random.integer(0, 2000) }),
    },
    {
      figure: 'page at a position of all images',
      run: () => imagePage(opened, id, { position: random.integer(0, images) }),
    },
    {
      figure: 'facets of all, just changed',
      limit: 250,
      prepare: () => changeSomething(),
      run: () => facets(opened, id),
    },
    {
      figure: 'facets, category and count',
      limit: 250,
      run: () => facets(opened, id, { query: filter() }),
    },
    {
      figure: 'facets, half of all',
      limit: 250,
      run: () => facets(opened, id, { query: `width>${random.integer(400, 440)}` }),
    },
    ...[
      ['next and previous, category and count', filter],
      [
        'next and previous, one in ten thousand',
        () => `name:*${random.integer(1000, 9999)}.jpg -tag:none`,
      ],
      [
        'next and previous, doubtful proposals',
        () => `object(state:proposed score<0.${random.integer(10, 50)})`,
      ],
      ['next and previous, a tag', () => 'tag:night'],
    ].map(([figure, query]) => {
      // Someone steps through a list that the grid has shown, and edits as they go.
      let view = { query: '', sort: 'added' };
      let place = 0;
      return {
        figure: figure as string,
        limit: 5,
        prepare: async () => {
          view = { query: (query as () => string)(), sort: sort() };
          const count = await countImages(opened, id, view);
          const position = random.integer(0, count - 1);
          const { images } = await imagePage(opened, id, { ...view, position, limit: 1 });
          place = images[0]?.imageId ?? imageId();
          await changeSomething();
        },
        run: () => imageNeighbours(opened, id, place, view),
      };
    }),
    {
      figure: 'next and previous of an image that does not match',
      prepare: () => changeSomething(),
      run: () => imageNeighbours(opened, id, imageId(), { query: 'tag:night', sort: sort() }),
    },
    {
      figure: 'how many, doubtful proposals',
      run: () =>
        countImages(opened, id, {
          query: `object(state:proposed score<0.${random.integer(10, 50)})`,
          sort: '-score',
        }),
    },
    {
      figure: 'page of objects, one category',
      run: () => objectPage(opened, id, { query: `category:${category()}`, sort: 'score' }),
    },
    {
      figure: 'statistics, one category',
      run: () => statistics(opened, id, { query: `category:${category()}` }),
    },
    {
      figure: 'an edit of one annotation',
      run: () =>
        applyEdits(
          opened,
          id,
          [
            {
              do: 'add',
              imageId: imageId(),
              fields: { category_id: 1, bbox: [1, 2, 3, 4], area: 12 },
            },
          ],
          { author: AUTHOR },
        ),
    },
  ];
  for (const { figure, limit, prepare, run } of timed) {
    for (let warmUp = 0; warmUp < 3; warmUp++) {
      await prepare?.();
      await run();
    }
    const millis: number[] = [];
    for (let n = 0; n < runs; n++) {
      await prepare?.();
      millis.push(1000 * (await secondsOf(run)));
    }
    yield {
      figure: `${figure}, p95`,
      value: millis.sort((a, b) => a - b)[Math.ceil(0.95 * runs) - 1],
      unit: 'ms',
      better: 'lower',
      ...(limit !== undefined && { target: { valueAtMost: limit } }),
    };
  }
}
