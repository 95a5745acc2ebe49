// A model at work on many pictures: some are decoded ahead while it looks at one.

import { buffer } from 'node:stream/consumers';
import { phrase, type Words } from '@migaki/coco';
import type { BlobStore } from '@migaki/store';
import { type PictureAnswer, type Predictor, type Raster, readPicture } from '@migaki/train';

/** What is in the way of an answer. */
interface InTheWay {
  problem: Words;
}

export type Answered<Picture> = { picture: Picture } & ({ answer: PictureAnswer } | InTheWay);

/** Pictures that are decoded ahead of the one that the model looks at. */
const ahead = 4;

/**
 * What the model says of each picture, in their order. A picture that cannot be read is told and stops nothing.
 *
 * @example
 * answersOf(predictor, images, ({ sha256 }) => blobPicture(blobs, sha256), job.signal)
 */
export async function* answersOf<Picture>(
  predictor: Predictor,
  pictures: readonly Picture[],
  read: (picture: Picture) => Promise<Raster | InTheWay>,
  signal: AbortSignal,
): AsyncGenerator<Answered<Picture>> {
  const begin = (picture: Picture) =>
    read(picture).catch((error: Error): InTheWay => ({ problem: error.message }));
  const decoding = pictures.slice(0, ahead).map(begin);
  for (const [i, picture] of pictures.entries()) {
    signal.throwIfAborted();
    if (i + ahead < pictures.length) decoding.push(begin(pictures[i + ahead]));
    const raster = await decoding.shift()!;
    if ('problem' in raster) yield { picture, ...raster };
    else yield { picture, answer: await predictor.predict(raster) };
  }
}

/** @param sha256 null for a picture that is missing */
export async function blobPicture(
  blobs: BlobStore,
  sha256: string | null,
): Promise<Raster | InTheWay> {
  if (sha256 === null) return { problem: phrase`the picture is missing` };
  const path = blobs.localPath(sha256);
  return readPicture(path ?? (await buffer(await blobs.open(sha256))));
}
