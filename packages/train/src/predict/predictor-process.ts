// A model at work in a process of its own: pictures are decoded while it computes, which stops everything else in a process.

import sharp from 'sharp';
import { cutOut, type PictureBox } from '../pictures/cut-out.ts';
import type { Raster } from '../pictures/raster.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { type ToldError, toldError } from '../told-error.ts';
import { openEmbedder, openSeeingPredictor } from './embedder.ts';
import type { PictureAnswer } from './picture-answer.ts';
import { openPredictor, type Predictor } from './predictor.ts';

/** What the model is asked: its own answer, how it sees a picture, or both. */
export const lookingKinds = {
  predict: openPredictor,
  embed: openEmbedder,
  both: openSeeingPredictor,
} as const;
export type LookingKind = keyof typeof lookingKinds;

/** First the model, then pictures. */
export interface OpeningMessage {
  readonly bytes: Uint8Array;
  readonly where: string;
  readonly kind: LookingKind;
  readonly threads: number;
}
export interface PictureMessage {
  readonly id: number;
  /** A path, or the file's bytes. */
  readonly file: string | Uint8Array;
  /** Parts of it that are looked at, each for itself; without them all of it. */
  readonly parts?: readonly PictureBox[];
}
export type AnswerMessage = {
  readonly id: number;
} /** To each part, or the one to all of it. */ & (
  | { readonly answers: readonly PictureAnswer[] }
  /** Why the picture cannot be read. */
  | { readonly problem: string }
  | { readonly error: ToldError }
);

process.on('SIGINT', () => {}); // whoever started this says when it is our turn
// Whoever asked is gone.
process.once('disconnect', () => process.exit(0));
sharp.concurrency(1);
sharp.cache(false);

let predictor: Promise<Predictor> | undefined;

process.on('message', (message: OpeningMessage | PictureMessage) => {
  if ('file' in message) void answer(message);
  else {
    const { kind, bytes, where, threads } = message;
    predictor = lookingKinds[kind](bytes, where, { threads });
    predictor.catch(() => {}); // told of every picture
  }
});

async function answer({ id, file, parts }: PictureMessage): Promise<void> {
  const tell = (message: AnswerMessage): void => {
    // Where nobody is left to hear it, it ends in a moment.
    if (process.connected) process.send?.(message, () => {});
  };
  let raster: Raster;
  try {
    raster = await readPicture(file);
  } catch (error) {
    tell({ id, problem: (error as Error).message });
    return;
  }
  try {
    const { predict } = await predictor!;
    const shown = parts === undefined ? [raster] : parts.map((part) => cutOut(raster, part));
    const answers: PictureAnswer[] = [];
    for (const each of shown) answers.push(await predict(each));
    tell({ id, answers });
  } catch (error) {
    tell({ id, error: toldError(error) });
  }
}
