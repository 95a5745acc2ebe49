// Metrics of small random datasets under random parameters: every element of every table that pycocotools makes.

import {
  type CocoDataset,
  type EvaluationOptions,
  evaluate,
  type IouType,
} from '../../packages/coco/src/index.ts';
import { type Random, randomOf } from '../data/random.ts';
import {
  type SyntheticOptions,
  syntheticDataset,
  syntheticResults,
} from '../data/synthetic-coco.ts';
import type { PeerServer } from '../harness/python-peer.ts';
import { type Comparison, compareNumbers } from './comparison.ts';

type Tables = Record<'precision' | 'recall' | 'scores', ArrayLike<number>> & {
  /** Null where the parameters are not COCO's own, for which alone pycocotools has a summary. */
  stats: readonly number[] | null;
};

type Parameters = Omit<EvaluationOptions, 'iouType'>;

export async function compareMetrics(server: PeerServer, seed: number, index: number) {
  const random = randomOf(seed, index);
  const iouType = random.pick<IouType>(['bbox', 'segm', 'keypoints']);
  const { truth, results } = randomDataset(random, iouType);
  const parameters = random.chance(0.4) ? {} : randomParameters(random, truth, iouType);
  const input = { truth, results, iouType, parameters };
  // pycocotools cannot load an empty list of results.
  if (results.length === 0) return { input, comparison: compareNumbers({}, {}) };

  const question = { truth, results, iou_type: iouType, params: peerParameters(parameters) };
  const theirs = await server.ask<Tables>({ do: 'evaluate', ...question });
  const ours = evaluate(truth, results, { iouType, ...parameters });
  const comparison: Comparison = compareNumbers(
    withoutNull(ours, theirs),
    withoutNull(theirs, theirs),
  );
  return { input, comparison };
}

function withoutNull({ precision, recall, scores, stats }: Tables, theirs: Tables) {
  return { precision, recall, scores, ...(theirs.stats !== null && { stats: stats! }) };
}

function randomDataset(random: Random, iouType: IouType) {
  const options: SyntheticOptions = {
    images: random.integer(1, 10),
    seed: random.integer(0, 2 ** 31),
    categories: random.integer(1, 6),
    annotationsPerImage: random.pick([0.5, 3, 8]),
    falsePositivesPerImage: random.pick([0, 3, 15]),
    gridPixels: random.pick([0, 0, 4, 16]),
  };
  const { images, annotations, categories } = syntheticDataset(options);
  const results = images
    .flatMap((image) => {
      const own = annotations.filter(({ image_id }) => image_id === image.id);
      return syntheticResults(options, image, own);
    })
    .map(({ box, mask, pose }) =>
      ({ bbox: () => box, segm: mask, keypoints: () => pose })[iouType](),
    )
    .filter((result) => result !== null);
  const wanted = annotations.filter(({ keypoints }) => iouType !== 'keypoints' || keypoints);
  return { truth: { images, annotations: wanted, categories }, results };
}

/** Each parameter is left at its default or replaced. */
function randomParameters(random: Random, truth: CocoDataset, iouType: IouType): Parameters {
  const some = <Value>(values: readonly Value[]) => values.filter(() => random.chance(0.7));
  const ascending = (count: number, make: () => number) =>
    Array.from({ length: count }, make).sort((a, b) => a - b);
  const sides = ascending(random.integer(2, 5), () => random.pick([0, 8, 32, 64, 96, 200, 1e5]));
  const candidates: Required<Omit<Parameters, 'keypointSigmas'>> = {
    iouThresholds: ascending(random.integer(1, 5), () => random.pick([0, 0.1, 0.5, 0.75, 1])),
    recallThresholds: ascending(random.integer(1, 12), () => random.uniform()),
    maxDetections: ascending(random.integer(1, 3), () => random.pick([1, 2, 5, 100])),
    areaRanges: sides.slice(1).map((side, range) => {
      return { label: `range ${range}`, min: sides[range] ** 2, max: side ** 2 };
    }),
    useCategories: random.chance(0.5),
    imageIds: some(truth.images.map(({ id }) => id)),
    categoryIds: some(truth.categories.map(({ id }) => id)),
  };
  const chosen = some(Object.entries(candidates));
  // pycocotools fails on keypoints without categories.
  return Object.fromEntries(
    chosen.filter(([name]) => name !== 'useCategories' || iouType !== 'keypoints'),
  ) as Parameters;
}

/** The same under the names of pycocotools' `Params`. */
function peerParameters(parameters: Parameters): Record<string, unknown> {
  const { areaRanges } = parameters;
  const named = {
    iouThrs: parameters.iouThresholds,
    recThrs: parameters.recallThresholds,
    maxDets: parameters.maxDetections,
    areaRng: areaRanges?.map(({ min, max }) => [min, max]),
    areaRngLbl: areaRanges?.map(({ label }) => label),
    useCats: parameters.useCategories === undefined ? undefined : Number(parameters.useCategories),
    imgIds: parameters.imageIds,
    catIds: parameters.categoryIds,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
