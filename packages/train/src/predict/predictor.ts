// A trained model at work: pictures in, answers out.

import { readFile } from 'node:fs/promises';
import { phrase } from '@migaki/coco';
import { readOnnx } from '@migaki/graph';
import { cardFrom, type ModelCard } from '../export/model-card.ts';
import type { Raster } from '../pictures/raster.ts';
import { hostTensorOf, openSession, ortTensor, type Session } from '../runtime/session.ts';
import type { TaskName } from '../tasks/task-plan.ts';
import { TrainError } from '../train-error.ts';
import { type PictureAnswer, readAnswer } from './picture-answer.ts';

export interface Predictor {
  readonly card: ModelCard;
  predict(picture: Raster): Promise<PictureAnswer>;
  close(): Promise<void>;
}

/**
 * Opens a model that was trained here.
 *
 * @param where how messages call it
 * @throws TrainError `not-a-model`
 *
 * @example
 * const predictor = await openPredictor(await readFile('model.onnx'), 'model.onnx', { threads: 2 });
 * const answer = await predictor.predict(await readPicture('photo.jpg'));
 */
export async function openPredictor(
  bytes: Uint8Array,
  where: string,
  { threads }: { threads: number },
): Promise<Predictor> {
  const card = readModelCard(bytes, where);
  return predictorOf(await openSession(bytes, threads), card, card.task.task);
}

/** @param answers as whose answers the outputs are read */
export function predictorOf(session: Session, card: ModelCard, answers: TaskName): Predictor {
  return {
    card,
    async predict({ width, height, data }) {
      const results = await session.run({
        picture: ortTensor({ type: 'uint8', shape: [1, height, width, 3], data }),
      });
      const outputs = Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, hostTensorOf(tensor)]),
      );
      const place = { row: 0, picture: { width, height }, input: card.input };
      return readAnswer(answers, outputs, place);
    },
    close: session.close,
  };
}

/** @throws TrainError `not-a-model` */
export function readModelCard(bytes: Uint8Array, where: string): ModelCard {
  try {
    return cardFrom(readOnnx(bytes).model.metadata, where);
  } catch (error) {
    if (error instanceof TrainError) throw error;
    throw new TrainError('not-a-model', {
      where,
      expected: phrase`an ONNX file`,
      found: (error as Error).message,
    });
  }
}

/** As `openPredictor`, from a file. */
export const openPredictorFile = async (
  path: string,
  options: { threads: number },
): Promise<Predictor> => openPredictor(await readFile(path), path, options);
