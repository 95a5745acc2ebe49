// Which pictures an embedding takes for the most alike: what a person looks at to see what a model of likeness has learned.

import { dot } from './embedding.ts';
import type { Answered } from './score-answers.ts';

export interface Neighbour {
  readonly imageId: number;
  readonly fileName: string;
  /** Cosine of the two embeddings, from −1 to 1. */
  readonly cosine: number;
  /** Whether both pictures show the same. */
  readonly isSame: boolean;
}

/**
 * The other pictures whose embeddings are nearest to that of one, the nearest first; none for an answer that is no embedding.
 *
 * @param most as many at most
 * @example
 * nearestNeighbours(answered[0], answered, 5).every(({ isSame }) => isSame);
 */
export function nearestNeighbours(
  of: Answered,
  among: readonly Answered[],
  most: number,
): Neighbour[] {
  if (of.answer.kind !== 'embedding') return [];
  const { embedding } = of.answer;
  return among
    .flatMap((other) =>
      other === of || other.answer.kind !== 'embedding'
        ? []
        : [{ picture: other.picture, cosine: dot(embedding, other.answer.embedding) }],
    )
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, most)
    .map(({ picture: { imageId, fileName, labels }, cosine }) => ({
      imageId,
      fileName,
      cosine,
      isSame: labels[0] === of.picture.labels[0],
    }));
}
