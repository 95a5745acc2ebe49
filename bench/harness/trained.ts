// What a training comes to, told by the file that it makes: the model is opened and shown pictures that the training never
// met.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainEvent } from '../../packages/train/src/loop/events.ts';
import type { TrainSettings } from '../../packages/train/src/loop/settings.ts';
import { type Scores, scoreAnswers } from '../../packages/train/src/metrics/score-answers.ts';
import { readPicture } from '../../packages/train/src/pictures/read-picture.ts';
import { openPredictor } from '../../packages/train/src/predict/predictor.ts';
import { type LocatedDataset, writeRunFolder } from '../../packages/train/src/run/run-folder.ts';
import { type RunResult, runTraining } from '../../packages/train/src/run/run-training.ts';
import { startTraining } from '../../packages/train/src/run/start-training.ts';
import { trainingSetOf } from '../../packages/train/src/samples/training-set.ts';
import type { PythonPeer } from './python-peer.ts';
import { torchStepper } from './torch-stepper.ts';

export interface Trained {
  readonly scores: Scores;
  readonly result: RunResult;
  /** Wall clock of the whole run. */
  readonly seconds: number;
  /** The ONNX file. */
  readonly model: Uint8Array;
}

export interface TrainingAsked {
  readonly settings: TrainSettings;
  /** All of it is learned from. */
  readonly training: LocatedDataset;
  readonly test: LocatedDataset;
  readonly note: (text: string) => void;
}

/** @param peer makes the steps in place of ONNX Runtime */
export async function trained(
  { settings, training, test, note }: TrainingAsked,
  peer: PythonPeer | null = null,
): Promise<Trained> {
  const folder = await mkdtemp(join(tmpdir(), 'migaki-bench-train-'));
  try {
    const request = { settings: { split: 0, ...settings }, runKey: 'bench', origin: {} };
    await writeRunFolder(folder, request, training, null);
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'note') note(event.text);
    };
    const started = performance.now();
    const result =
      peer === null
        ? await startTraining(folder, { onEvent })
        : await runTraining(folder, onEvent, new AbortController().signal, {
            openStepper: torchStepper(peer),
          });
    const seconds = (performance.now() - started) / 1000;
    const model = await readFile(result.modelPath);
    return { scores: await testScores(model, test, settings), result, seconds, model };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function testScores(
  model: Uint8Array,
  test: LocatedDataset,
  { valueField }: TrainSettings,
): Promise<Scores> {
  const predictor = await openPredictor(model, 'the trained model', { threads: 2 });
  try {
    const { classes, task } = predictor.card;
    const set = trainingSetOf(test, {
      pathOf: ({ path }) => path as string,
      ...(task.task !== 'embed' && { categoryIds: classes.map(({ categoryId }) => categoryId) }),
      ...(valueField !== undefined && { valueField }),
    });
    const answered = [];
    for (const picture of set.pictures) {
      answered.push({ picture, answer: await predictor.predict(await readPicture(picture.path)) });
    }
    return scoreAnswers(answered, classes, task);
  } finally {
    await predictor.close();
  }
}
