// Labels of blood cells (BCCD), which is not part of the project, revealed round by round as if a person corrected them: pictures that
// are chosen for what a label teaches, beside as many at random. And what there is to do with proposals, beside drawing everything.

import {
  type CocoResult,
  type CorrectableObject,
  type Correction,
  correctionActions,
  correctionKinds,
  countActions,
} from '@migaki/coco';
import { nextToLabel, normalised, vectorsOf } from '@migaki/embeddings';
import { finished } from '../packages/embeddings/src/testing/clusters.ts';
import { readPicture } from '../packages/train/src/pictures/read-picture.ts';
import { answerUncertainty } from '../packages/train/src/predict/answer-uncertainty.ts';
import { openEmbedder } from '../packages/train/src/predict/embedder.ts';
import { cocoResults } from '../packages/train/src/predict/picture-answer.ts';
import { openPredictor } from '../packages/train/src/predict/predictor.ts';
import type { LocatedDataset } from '../packages/train/src/run/run-folder.ts';
import { joined, partOf } from './data/bccd.ts';
import { type Random, randomOf } from './data/random.ts';
import type { Bench, Figure } from './harness/bench.ts';
import { UsageError } from './harness/options.ts';
import { type Trained, trained } from './harness/trained.ts';

/** Pictures that are labelled at the beginning, and in each round. */
const picturesPerRound = 10;
const rounds = 3;
/** Of each training, so that neither what else the machine does nor the number of pictures favours one of the two. */
const steps = 400;
const batch = 8;
const strategies = ['active', 'random'] as const;
type Strategy = (typeof strategies)[number];

export const activeLoop: Bench = {
  name: 'active-loop',
  title: 'three rounds of labels chosen by uncertainty and diversity, beside random ones',
  long: true,
  async *run({ options, note }): AsyncIterable<Figure> {
    const { data, seed } = options;
    if (data === undefined) {
      throw new UsageError('active-loop: --data names the folder with instances_train.json, …');
    }
    const pool = joined([await partOf(data, 'train'), await partOf(data, 'val')]);
    const test = await partOf(data, 'test');
    const first = shuffled(idsOf(pool), randomOf(seed, 1)).slice(0, picturesPerRound);
    const learn = (ids: ReadonlySet<number>) =>
      trained({
        settings: {
          task: 'detect',
          epochs: Math.round(steps / Math.round(ids.size / batch)),
          batch,
          seed,
        },
        training: picturesOf(pool, ids),
        test,
        note,
      });
    const begun = await learn(new Set(first));
    note(told('both', first, pool, begun));
    const runs: Record<Strategy, { ids: Set<number>; made: Trained }> = {
      active: { ids: new Set(first), made: begun },
      random: { ids: new Set(first), made: begun },
    };
    for (let round = 1; round <= rounds; round++) {
      for (const strategy of strategies) {
        const { ids, made } = runs[strategy];
        const chosen =
          strategy === 'active'
            ? await activeChoice(pool, ids, made.model)
            : shuffled(
                idsOf(pool).filter((id) => !ids.has(id)),
                randomOf(seed, 2, round),
              ).slice(0, picturesPerRound);
        if (strategy === 'active') {
          yield* actionFigures(round, await correctionsOf(pool, new Set(chosen), made.model), note);
        }
        for (const id of chosen) ids.add(id);
        runs[strategy].made = await learn(ids);
        note(told(strategy, [...ids], pool, runs[strategy].made));
      }
      const scores = (strategy: Strategy) => runs[strategy].made.scores.values;
      for (const metric of ['AP', 'AP50']) {
        yield {
          figure: `${metric} after round ${round}, ${runs.active.ids.size} pictures`,
          value: scores('active')[metric],
          unit: '',
          better: 'higher',
          peer: { name: 'random', value: scores('random')[metric] },
        };
      }
      yield {
        figure: `boxes labelled by round ${round}`,
        value: boxCount(pool, runs.active.ids),
        unit: '',
        better: 'lower',
        peer: { name: 'random', value: boxCount(pool, runs.random.ids) },
      };
    }
  },
};

const idsOf = ({ images }: LocatedDataset): number[] => images.map(({ id }) => id);

function picturesOf(pool: LocatedDataset, ids: ReadonlySet<number>): LocatedDataset {
  return {
    ...pool,
    images: pool.images.filter(({ id }) => ids.has(id)),
    annotations: pool.annotations.filter(({ image_id }) => ids.has(image_id)),
  };
}

const boxCount = (pool: LocatedDataset, ids: ReadonlySet<number>): number =>
  pool.annotations.filter(({ image_id }) => ids.has(image_id)).length;

const told = (
  strategy: string,
  ids: readonly number[],
  pool: LocatedDataset,
  { scores, result }: Trained,
): string =>
  `${strategy}: ${ids.length} pictures, ${boxCount(pool, new Set(ids))} boxes, ${result.steps} steps: ` +
  `AP ${scores.values.AP.toFixed(3)}, AP50 ${scores.values.AP50.toFixed(3)}`;

/** As the job of the workbench chooses. */
async function activeChoice(
  pool: LocatedDataset,
  labelled: ReadonlySet<number>,
  model: Uint8Array,
): Promise<number[]> {
  const predictor = await openPredictor(model, 'the model', { threads: 2 });
  const embedder = await openEmbedder(model, 'the model', { threads: 2 });
  const uncertainties: number[] = [];
  const embeddings: Float32Array[] = [];
  for (const { path } of pool.images) {
    const picture = await readPicture(String(path));
    uncertainties.push(answerUncertainty(await predictor.predict(picture), false) ?? 0);
    const answer = await embedder.predict(picture);
    if (answer.kind === 'embedding') embeddings.push(answer.embedding);
  }
  await predictor.close();
  await embedder.close();
  const [{ length }] = embeddings;
  const values = new Float32Array(embeddings.length * length);
  for (const [row, vector] of embeddings.entries()) values.set(vector, row * length);
  const choices = finished(
    nextToLabel(normalised(vectorsOf(values, length)), {
      count: picturesPerRound,
      uncertainties,
      isLabelled: pool.images.map(({ id }) => Number(labelled.has(id))),
    }),
  );
  return choices.map(({ row }) => pool.images[row].id);
}

interface Found extends CorrectableObject {
  score: number;
  imageId: number;
}

/** What a person has to do to what the model proposes for pictures that are new to it, by the score from which it proposes. */
async function correctionsOf(
  pool: LocatedDataset,
  ids: ReadonlySet<number>,
  model: Uint8Array,
): Promise<(threshold: number) => Correction[][]> {
  const predictor = await openPredictor(model, 'the model', { threads: 2 });
  const found: Found[] = [];
  for (const { id: imageId, file_name: fileName, path } of picturesOf(pool, ids).images) {
    const answer = await predictor.predict(await readPicture(String(path)));
    const results = cocoResults(answer, { imageId, fileName }, predictor.card.classes);
    found.push(...results.map(objectOf));
  }
  await predictor.close();
  const wanted = Map.groupBy(pool.annotations, ({ image_id }) => image_id);
  return (threshold) =>
    [...ids].map((id) =>
      correctionActions(
        found.filter(({ imageId, score }) => imageId === id && score >= threshold),
        (wanted.get(id) ?? []).map(({ category_id, bbox }) => ({
          categoryId: category_id,
          bbox: bbox!,
        })),
      ),
    );
}

const objectOf = ({ image_id, category_id, bbox, score }: CocoResult): Found => ({
  imageId: image_id,
  categoryId: category_id,
  bbox: bbox!,
  score,
});

const thresholds = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

/** At the threshold that leaves the least to do: which one that is, is told. */
function* actionFigures(
  round: number,
  corrections: (threshold: number) => Correction[][],
  note: (text: string) => void,
): Iterable<Figure> {
  const [best] = thresholds
    .map((threshold) => ({ threshold, counts: countActions(corrections(threshold)) }))
    .sort((a, b) => a.counts.actions - b.counts.actions);
  const { corrections: done, actions, actionsFromScratch } = best.counts;
  const kinds = correctionKinds.map((kind) => `${kind} ${done[kind]}`).join(', ');
  note(`round ${round}: proposals from a score of ${best.threshold} on: ${kinds}`);
  yield {
    figure: `actions for the ${picturesPerRound} pictures of round ${round}`,
    value: actions,
    unit: '',
    better: 'lower',
    peer: { name: 'from scratch', value: actionsFromScratch },
  };
}

function shuffled(ids: readonly number[], random: Random): number[] {
  const order = [...ids];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
