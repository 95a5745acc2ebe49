// What a model loses by fewer bits, measured on pictures as whoever uses it would: the file is opened, and shown picture
// files.

import { type Answered, type Scores, scoreAnswers } from '../metrics/score-answers.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { openPredictor } from '../predict/predictor.ts';
import type { LabelledPicture } from '../samples/training-set.ts';
import { convertModel } from './convert-model.ts';
import { type ModelCard, type Precision, precisions } from './model-card.ts';

export interface MeasuredPrecision {
  /** Of the file. */
  readonly bytes: number;
  readonly scores: Scores['values'];
  /** Of one picture after another, reading its file not counted. */
  readonly millisecondsPerPicture: number;
}

export interface PrecisionsMeasured {
  /** How many pictures they were all shown. */
  readonly pictureCount: number;
  readonly of: Readonly<Record<Precision, MeasuredPrecision>>;
}

/** More pictures tell little more, and take the time of training. */
export const mostComparedPictures = 50;

/** @returns null where no picture could be shown */
export async function comparePrecisions(
  bytes: Uint8Array,
  card: ModelCard,
  validation: readonly LabelledPicture[],
  threads: number,
): Promise<PrecisionsMeasured | null> {
  const every = Math.max(1, validation.length / mostComparedPictures);
  const count = Math.min(validation.length, mostComparedPictures);
  const pictures = Array.from({ length: count }, (_, i) => validation[Math.floor(i * every)]);
  const answered: Record<Precision, Answered[]> = { float32: [], float16: [], int8: [] };
  const milliseconds: Record<Precision, number> = { float32: 0, float16: 0, int8: 0 };
  const files = precisions.map((precision) => convertModel(bytes, precision, precision));
  const predictors = await Promise.all(
    files.map((file, i) => openPredictor(file, precisions[i], { threads })),
  );
  try {
    for (const picture of pictures) {
      // What cannot be read was told when the run met it first.
      const raster = await readPicture(picture.path).catch(() => null);
      if (raster === null) continue;
      for (const [i, precision] of precisions.entries()) {
        const began = performance.now();
        const answer = await predictors[i].predict(raster);
        milliseconds[precision] += performance.now() - began;
        answered[precision].push({ picture, answer });
      }
    }
  } finally {
    await Promise.all(predictors.map((predictor) => predictor.close()));
  }
  const pictureCount = answered.float32.length;
  if (pictureCount === 0) return null;
  const measured = precisions.map((precision, i): [Precision, MeasuredPrecision] => [
    precision,
    {
      bytes: files[i].length,
      scores: scoreAnswers(answered[precision], card.classes, card.task).values,
      millisecondsPerPicture: milliseconds[precision] / pictureCount,
    },
  ]);
  return {
    pictureCount,
    of: Object.fromEntries(measured) as Record<Precision, MeasuredPrecision>,
  };
}
