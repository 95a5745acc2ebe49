// Mistakes made on purpose in the labels of blood cells (BCCD), which are not part of the project: how many of them are among
// what a model speaks against most. Two models learn from one half of the pictures each, mistakes and all, and each looks at
// the other half; beside cleanlab's object detection (ObjectLab) on the same answers.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bboxIou,
  type CocoResult,
  type MistakeKind,
  mistakeKinds,
  objectMistakes,
  type SpoiledLabels,
  spoilLabels,
} from '@migaki/coco';
import { readPicture } from '../packages/train/src/pictures/read-picture.ts';
import { cocoResults } from '../packages/train/src/predict/picture-answer.ts';
import { openPredictorFile } from '../packages/train/src/predict/predictor.ts';
import type { LocatedDataset } from '../packages/train/src/run/run-folder.ts';
import { joined, partOf } from './data/bccd.ts';
import { cachedFolder, cacheFolder } from './data/cache.ts';
import { randomOf } from './data/random.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { UsageError } from './harness/options.ts';
import { findPeer, type PythonPeer, startPeerServer } from './harness/python-peer.ts';
import { trained } from './harness/trained.ts';

const share = 0.05;
const usualSeconds = 240;
/** From this doubt on a label is shown, where nothing else is said. */
const usualDoubt = 0.5;
/** From this overlap on what was found is what was taken away. */
const sameObjectIou = 0.5;

export const labelMistakes: Bench = {
  name: 'label-mistakes',
  title: 'mistakes made on purpose in labels, found by models that did not learn them',
  long: true,
  run: labelMistakeFigures,
};

async function* labelMistakeFigures({ options, note }: BenchContext): AsyncIterable<Figure> {
  const { data, only, seed, seconds = usualSeconds } = options;
  if (data === undefined) {
    throw new UsageError('label-mistakes: --data names the folder with instances_train.json, …');
  }
  const isTestAlone = only === 'test';
  const parts = isTestAlone ? ['test'] : ['train', 'val', 'test'];
  const whole = joined(await Promise.all(parts.map((part) => partOf(data, part))));
  const spoiled = spoilLabels(whole, share, randomOf(seed, 1).uniform);
  const { countOfEach } = spoiled;
  const mistakeCount = mistakeKinds.length * countOfEach;
  note(`${countOfEach} mistakes of each kind among ${whole.annotations.length} labels`);

  const fair: Answers = new Map();
  if (isTestAlone) {
    const model = join(cacheFolder, 'bccd.onnx');
    await answersTo(whole, model, fair).catch((error) => {
      throw new UsageError(`label-mistakes: run train-bccd before --only test (${error.message})`);
    });
  } else {
    const halves = [0, 1].map((side) => halfOf(spoiled.dataset, side));
    const learned: Answers = new Map();
    for (const [side, training] of halves.entries()) {
      const model = await modelOf(training, { seed, seconds, side, note });
      await answersTo(halves[1 - side], model, fair);
      await answersTo(training, model, learned);
    }
    yield {
      figure: `recall from a doubt of ${usualDoubt} on, of labels that were learned`,
      value: recallOf(suspicionsOf(spoiled, learned), mistakeCount, usualDoubt),
      unit: '',
      better: 'higher',
    };
  }

  const own = suspicionsOf(spoiled, fair);
  const peer = await findPeer('cleanlab');
  if (peer === null) note('No Python with cleanlab was found: MIGAKI_CLEANLAB_PYTHON names one.');
  const others = peer && (await peerSuspicionsOf(peer, spoiled, fair));
  const beside = (of: (suspicions: readonly Suspicion[]) => number) => ({
    value: of(own),
    unit: '',
    better: 'higher' as const,
    ...(peer && others && { peer: { name: peer.name, value: of(others) } }),
  });
  yield {
    figure: `right among the first ${100 * share} %`,
    ...beside((list) => rightAmong(mostOf(list), countOfEach)),
    target: { valueAtLeast: 0.6 },
  };
  for (const kind of mistakeKinds) {
    yield {
      figure: `${kind}: right among the first ${100 * share} %`,
      ...beside((list) => rightAmong(ofKind(list, kind), countOfEach)),
    };
  }
  yield {
    figure: 'recall among as many as there are mistakes',
    ...beside((list) => rightAmong(mostOf(list), mistakeCount)),
  };
  yield {
    figure: `recall from a doubt of ${usualDoubt} on`,
    value: recallOf(own, mistakeCount, usualDoubt),
    unit: '',
    better: 'higher',
  };
  for (const kind of mistakeKinds) {
    const told = ofKind(own, kind);
    const { length } = told.filter(({ doubt }) => doubt >= usualDoubt);
    note(`${kind}: ${length} labels from a doubt of ${usualDoubt} on`);
    yield {
      figure: `${kind}: recall from a doubt of ${usualDoubt} on`,
      value: recallOf(told, countOfEach, usualDoubt),
      unit: '',
      better: 'higher',
    };
  }
}

/** What a model says of each picture, by its id. */
type Answers = Map<number, CocoResult[]>;

async function answersTo(dataset: LocatedDataset, model: string, into: Answers): Promise<void> {
  const predictor = await openPredictorFile(model, { threads: 2 });
  try {
    for (const { id: imageId, file_name: fileName, path } of dataset.images) {
      const answer = await predictor.predict(await readPicture(String(path)));
      into.set(imageId, cocoResults(answer, { imageId, fileName }, predictor.card.classes));
    }
  } finally {
    await predictor.close();
  }
}

/** Every other picture, so that both halves are alike. */
function halfOf(dataset: LocatedDataset, side: number): LocatedDataset {
  const images = dataset.images.filter((_, at) => at % 2 === side);
  const ids = new Set(images.map(({ id }) => id));
  return {
    ...dataset,
    images,
    annotations: dataset.annotations.filter(({ image_id }) => ids.has(image_id)),
  };
}

interface Training {
  seed: number;
  seconds: number;
  side: number;
  note: (text: string) => void;
}

/** @returns the path of the file */
async function modelOf(
  training: LocatedDataset,
  { seed, seconds, side, note }: Training,
): Promise<string> {
  const name = `label-mistakes-v1-${seed}-${seconds}-${side}`;
  const folder = await cachedFolder(name, async (unfinished) => {
    const settings = { task: 'detect', minutes: seconds / 60, seed } as const;
    // How good it is on its own pictures says little, and is not told.
    const { model, result } = await trained({ settings, training, test: training, note });
    note(`half ${side + 1}: ${result.steps} steps`);
    await writeFile(join(unfinished, 'model.onnx'), model);
  });
  return join(folder, 'model.onnx');
}

interface Suspicion {
  kind: MistakeKind;
  doubt: number;
  /** Whether it is a mistake that was made on purpose, of this kind, and the first time that it is told. */
  isRight: boolean;
  /** Whether there is more to be said against the same label. */
  isLesser: boolean;
}

const ofKind = (list: readonly Suspicion[], kind: MistakeKind) =>
  list.filter((one) => one.kind === kind);

/** One for each label: what is said against it most. */
const mostOf = (list: readonly Suspicion[]) => list.filter(({ isLesser }) => !isLesser);

/** The share of mistakes among the first of a list. */
const rightAmong = (list: readonly Suspicion[], count: number): number =>
  list.slice(0, count).filter(({ isRight }) => isRight).length / count;

/** From a doubt on. */
const recallOf = (list: readonly Suspicion[], mistakeCount: number, leastDoubt: number): number =>
  list.filter(({ doubt, isRight }) => isRight && doubt >= leastDoubt).length / mistakeCount;

type Label = LocatedDataset['annotations'][number];
/** What is held against the labels of one picture: `label` and `finding` are positions, one of them null. */
interface Told {
  kind: MistakeKind;
  doubt: number;
  label: number | null;
  finding: number | null;
  isLesser?: boolean;
}

/** The most doubtful first. */
function ranked(
  { dataset, spoiled, removed }: SpoiledLabels<LocatedDataset>,
  answers: Answers,
  tell: (labels: readonly Label[], found: readonly CocoResult[], imageId: number) => Told[],
): Suspicion[] {
  const labelsOf = Map.groupBy(dataset.annotations, ({ image_id }) => image_id);
  const removedOf = Map.groupBy(removed, ({ image_id }) => image_id);
  const all = [...answers].flatMap(([imageId, found]) => {
    const labels = labelsOf.get(imageId) ?? [];
    const gone = [...(removedOf.get(imageId) ?? [])];
    const told = tell(labels, found, imageId).sort((a, b) => b.doubt - a.doubt);
    return told.map(({ kind, doubt, label, finding, isLesser = false }): Suspicion => {
      if (label !== null) {
        return { kind, doubt, isLesser, isRight: spoiled.get(labels[label].id) === kind };
      }
      const { bbox } = found[finding!];
      const at = gone.findIndex((one) => bboxIou(bbox!, one.bbox!, false) >= sameObjectIou);
      if (at !== -1) gone.splice(at, 1);
      return { kind, doubt, isLesser, isRight: at !== -1 };
    });
  });
  return all.sort((a, b) => b.doubt - a.doubt);
}

const suspicionsOf = (spoiled: SpoiledLabels<LocatedDataset>, answers: Answers): Suspicion[] =>
  ranked(spoiled, answers, (labels, found) =>
    objectMistakes(
      labels.map(({ category_id, bbox }) => ({ categoryId: category_id, bbox: bbox! })),
      found.map(({ category_id, bbox, score }) => ({
        categoryId: category_id,
        bbox: bbox!,
        score,
      })),
    ),
  );

type PeerScores = Record<MistakeKind, (number | null)[][]>;

/** What cleanlab says: two scores of each label, one of each finding. */
async function peerSuspicionsOf(
  peer: PythonPeer,
  spoiled: SpoiledLabels<LocatedDataset>,
  answers: Answers,
): Promise<Suspicion[]> {
  const server = startPeerServer(peer, 'cleanlab_server.py');
  try {
    const { dataset } = spoiled;
    const classOf = new Map(dataset.categories.map(({ id }, at) => [id, at]));
    const corners = ([left, top, width, height]: readonly number[]) => [
      left,
      top,
      left + width,
      top + height,
    ];
    const labelsOf = Map.groupBy(dataset.annotations, ({ image_id }) => image_id);
    const byClass = new Map(
      [...answers].map(([imageId, found]) => [
        imageId,
        found.toSorted((a, b) => a.category_id - b.category_id),
      ]),
    );
    const pictures = [...byClass].map(([imageId, found]) => ({
      labels: (labelsOf.get(imageId) ?? []).map(({ category_id, bbox }) => [
        classOf.get(category_id),
        ...corners(bbox!),
      ]),
      predictions: found.map(({ category_id, bbox, score }) => [
        classOf.get(category_id),
        ...corners(bbox!),
        score,
      ]),
    }));
    const class_count = dataset.categories.length;
    const scores = await server.ask<PeerScores>({ do: 'scores', pictures, class_count });
    const nthOf = new Map([...byClass.keys()].map((imageId, nth) => [imageId, nth]));
    return ranked(spoiled, byClass, (labels, found, imageId) => {
      const of = (kind: MistakeKind, at: number) => scores[kind][nthOf.get(imageId)!][at] ?? 1;
      return [
        ...labels.flatMap((_, label): Told[] => {
          const [misplaced, swapped] = [of('misplaced', label), of('swapped', label)];
          const about = { label, finding: null };
          return [
            { kind: 'swapped', doubt: 1 - swapped, ...about, isLesser: misplaced < swapped },
            { kind: 'misplaced', doubt: 1 - misplaced, ...about, isLesser: swapped <= misplaced },
          ];
        }),
        ...found.map(
          (_, finding): Told => ({
            kind: 'overlooked',
            doubt: 1 - of('overlooked', finding),
            label: null,
            finding,
          }),
        ),
      ];
    });
  } finally {
    await server.close();
  }
}
