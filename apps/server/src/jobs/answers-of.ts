// A model at work on many pictures, some at once.

import { buffer } from 'node:stream/consumers';
import { phrase, type Words } from '@migaki/coco';
import type { BlobStore } from '@migaki/store';
import { type Onlookers, type PictureAnswer, UnreadablePicture } from '@migaki/train';

/** What is in the way of an answer. */
interface InTheWay {
  problem: Words;
}

export type Answered<Picture, Answer = PictureAnswer> = { picture: Picture } & (
  | { answer: Answer }
  | InTheWay
);

/** A path, or the file's bytes. */
type PictureFile = string | Uint8Array;

/**
 * What the model says of each picture, in their order. A picture that cannot be read is told and stops nothing.
 *
 * @example
 * answersOf(onlookers, images, ({ sha256 }) => blobPicture(blobs, sha256), job.signal)
 */
export const answersOf = <Picture>(
  { look, atOnce }: Onlookers,
  pictures: readonly Picture[],
  fileOf: (picture: Picture) => Promise<PictureFile | InTheWay>,
  signal: AbortSignal,
): AsyncGenerator<Answered<Picture>> =>
  lookedAt({ look: (file) => look(file), atOnce }, pictures, fileOf, signal);

interface Look<Picture, Answer> {
  look: (file: PictureFile, picture: Picture) => Promise<Answer>;
  atOnce: number;
}

/** As `answersOf`, whatever is asked of each. */
export async function* lookedAt<Picture, Answer>(
  { look, atOnce }: Look<Picture, Answer>,
  pictures: readonly Picture[],
  fileOf: (picture: Picture) => Promise<PictureFile | InTheWay>,
  signal: AbortSignal,
): AsyncGenerator<Answered<Picture, Answer>> {
  const begin = async (picture: Picture): Promise<Answered<Picture, Answer>> => {
    try {
      const file = await fileOf(picture);
      if (typeof file === 'object' && 'problem' in file) return { picture, ...file };
      return { picture, answer: await look(file, picture) };
    } catch (error) {
      if (error instanceof UnreadablePicture) return { picture, problem: error.message };
      throw error;
    }
  };
  const underWay: Promise<Answered<Picture, Answer>>[] = [];
  const beginNext = (picture: Picture): void => {
    const answered = begin(picture);
    // Told where it is waited for.
    answered.catch(() => {});
    underWay.push(answered);
  };
  pictures.slice(0, atOnce).forEach(beginNext);
  for (let next = atOnce; underWay.length > 0; next++) {
    signal.throwIfAborted();
    const answered = await underWay.shift()!;
    if (next < pictures.length) beginNext(pictures[next]);
    yield answered;
  }
}

/** @param sha256 null for a picture that is missing */
export async function blobPicture(
  blobs: BlobStore,
  sha256: string | null,
): Promise<PictureFile | InTheWay> {
  if (sha256 === null) return { problem: phrase`the picture is missing` };
  return blobs.localPath(sha256) ?? (await buffer(await blobs.open(sha256)));
}
