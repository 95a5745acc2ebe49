// Whether objects that a model takes for alike are of the same category, in pictures that it has not learned from: of each
// category some objects, and the ten most alike to each among all others. Beside chance, which is the share of the category, and
// beside boxes of the same size alone. Cells of one kind have one size (BCCD, where `--data` names it); of drawn leaves only the
// outline tells the kind.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest, normalised, rowOf, type Vectors, vectorsOf } from '@migaki/embeddings';
import { drawnLeaves } from '../packages/train/src/drawn/leaves.ts';
import { openOnlookers, type PictureAnswer } from '../packages/train/src/index.ts';
import type { LocatedDataset } from '../packages/train/src/run/run-folder.ts';
import { partOf } from './data/bccd.ts';
import { cachedFolder, cacheFolder } from './data/cache.ts';
import { drawnFolder } from './data/drawn-folder.ts';
import { randomOf } from './data/random.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { UsageError } from './harness/options.ts';
import { trained } from './harness/trained.ts';

const trainingSeconds = 60;
/** Of each category, at most. */
const askedCount = 100;
const shownCount = 10;

export const similarObjects: Bench = {
  name: 'similar-objects',
  title: 'objects that a model takes for alike, and whether they are of the same category',
  long: true,
  async *run(context) {
    const { data } = context.options;
    yield* figuresOf('leaves', await leafModel(context), await leavesToTest(), context);
    if (data === undefined)
      return context.note('--data names the folder of BCCD: without it no cells');
    yield* figuresOf('BCCD', bccdModel(), await partOf(data, 'test'), context);
  },
};

const leavesToTest = () => drawnFolder('detect-test', drawnLeaves(100, 2));

async function leafModel({ note }: BenchContext): Promise<Uint8Array> {
  const folder = await cachedFolder(`leaves-detector-${trainingSeconds}`, async (unfinished) => {
    const { model } = await trained({
      settings: { task: 'detect', minutes: trainingSeconds / 60 },
      training: await drawnFolder('detect-training', drawnLeaves(300, 1)),
      test: await leavesToTest(),
      note,
    });
    writeFileSync(join(unfinished, 'model.onnx'), model);
  });
  return readFileSync(join(folder, 'model.onnx'));
}

function bccdModel(): Uint8Array {
  const path = join(cacheFolder, 'bccd.onnx');
  try {
    return readFileSync(path);
  } catch {
    throw new UsageError(`similar-objects: run train-bccd before, which leaves ${path}.`);
  }
}

async function* figuresOf(
  name: string,
  model: Uint8Array,
  test: LocatedDataset,
  { options: { seed }, note }: BenchContext,
): AsyncIterable<Figure> {
  const objects = test.images.flatMap(({ id }) =>
    test.annotations.filter(({ image_id, bbox }) => image_id === id && bbox),
  );
  note(`${name}: ${objects.length} objects in ${test.images.length} pictures`);
  const categoryOf = objects.map(({ category_id }) => category_id!);
  const seen = normalised(await embeddingsOf(model, test));
  // By their logarithms: twice as wide is as far from half as wide.
  const sizes = objects.map(({ bbox }) => [Math.log(bbox![2]), Math.log(bbox![3])]);
  const { uniform } = randomOf(seed, 1);

  const shares: { own: number; chance: number; bySize: number }[] = [];
  for (const category of test.categories) {
    const rows = [...categoryOf.keys()].filter((row) => categoryOf[row] === category.id);
    const asked = rows
      .map((row) => ({ row, place: uniform() }))
      .sort((a, b) => a.place - b.place)
      .slice(0, askedCount);
    const shareOf = (alikeTo: (row: number) => number[]) =>
      mean(
        asked.map(({ row }) =>
          mean(alikeTo(row).map((other) => Number(categoryOf[other] === category.id))),
        ),
      );
    const own = shareOf((row) => mostAlike(seen, row));
    const bySize = shareOf((row) => mostAlikeInSize(sizes, row));
    const chance = (rows.length - 1) / (objects.length - 1);
    shares.push({ own, chance, bySize });
    yield {
      figure: `${name}, ${category.name}: of the ${shownCount} most alike, of the same category`,
      value: own,
      unit: '',
      better: 'higher',
      peer: { name: 'chance', value: chance },
    };
  }
  for (const [peer, of] of [
    ['chance', 'chance'],
    ['size alone', 'bySize'],
  ] as const) {
    yield {
      figure: `${name}, mean of the categories`,
      value: mean(shares.map(({ own }) => own)),
      unit: '',
      better: 'higher',
      peer: { name: peer, value: mean(shares.map((share) => share[of])) },
    };
  }
}

/** As a dataset's objects are compared: each cut out of its picture. Picture by picture, in the order of the file. */
async function embeddingsOf(
  bytes: Uint8Array,
  { images, annotations }: LocatedDataset,
): Promise<Vectors> {
  const { lookAtParts, close } = openOnlookers(bytes, 'bccd.onnx', 'embed');
  try {
    const answers = await Promise.all(
      images.map(({ id, path }) =>
        lookAtParts(
          String(path),
          annotations.flatMap(({ image_id, bbox }) => (image_id === id && bbox ? [bbox] : [])),
        ),
      ),
    );
    const rows = answers.flat().map(vectorOf);
    const values = new Float32Array(rows.length * rows[0].length);
    for (const [row, vector] of rows.entries()) values.set(vector, row * vector.length);
    return vectorsOf(values, rows[0].length);
  } finally {
    await close();
  }
}

function vectorOf(answer: PictureAnswer): Float32Array {
  if (answer.kind !== 'embedding') throw new Error(`Expected an embedding, found ${answer.kind}.`);
  return answer.embedding;
}

const mostAlike = (vectors: Vectors, row: number): number[] =>
  [...nearest(vectors, rowOf(vectors, row), shownCount + 1).rows]
    .filter((other) => other !== row)
    .slice(0, shownCount);

const mostAlikeInSize = (sizes: readonly number[][], row: number): number[] =>
  sizes
    .map(([width, height], other) => ({
      other,
      distance: Math.hypot(width - sizes[row][0], height - sizes[row][1]),
    }))
    .filter(({ other }) => other !== row)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, shownCount)
    .map(({ other }) => other);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
