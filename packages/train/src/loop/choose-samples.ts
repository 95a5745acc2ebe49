// The few validation pictures that are shown after each validation: the same ones each time, from all over the set.

import { nearestNeighbours } from '../metrics/nearest-neighbours.ts';
import type { Answered } from '../metrics/score-answers.ts';
import type { SampleAnswer } from './events.ts';

const sampleCount = 8;
const neighbourCount = 5;

export function chooseSamples(answered: readonly Answered[]): SampleAnswer[] {
  const shown = inOrder(answered);
  const every = Math.max(1, Math.floor(shown.length / sampleCount));
  return shown
    .filter((_, i) => i % every === 0)
    .slice(0, sampleCount)
    .map((one) => ({
      imageId: one.picture.imageId,
      fileName: one.picture.fileName,
      answer: one.answer,
      neighbours: nearestNeighbours(one, answered, neighbourCount),
    }));
}

/**
 * Of embeddings those that could have a right neighbour, where there are any, one identity after the other: files are often
 * named in turns, and every so many pictures would show one identity alone. Otherwise all of them.
 */
function inOrder(answered: readonly Answered[]): readonly Answered[] {
  const counts = new Map<number | undefined, number>();
  for (const { picture, answer } of answered) {
    if (answer.kind !== 'embedding') return answered;
    counts.set(picture.labels[0], (counts.get(picture.labels[0]) ?? 0) + 1);
  }
  const some = answered.filter(({ picture }) => counts.get(picture.labels[0])! > 1);
  return (some.length > 0 ? some : answered).toSorted(
    (a, b) => a.picture.labels[0] - b.picture.labels[0],
  );
}
