// From one object of a picture to the next. Pure.

import type { Overlay } from '@migaki/api';

/** What stepping needs to know of an object. */
export type Steppable = Pick<Overlay, 'id' | 'bbox' | 'keypoints' | 'state' | 'score'>;

/** Lines of reading across a picture: what lies in one of them is read from left to right. */
const readingLines = 6;

/**
 * Objects as one reads a page. What has no place in the picture comes last.
 *
 * @param height of the picture, pixels
 */
export function inReadingOrder<Known extends Steppable>(
  objects: readonly Known[],
  height: number,
): Known[] {
  const line = height / readingLines;
  const keyOf = ({ bbox }: Known): [number, number] =>
    bbox === null
      ? [Number.POSITIVE_INFINITY, 0]
      : [Math.floor((bbox[1] + bbox[3] / 2) / line), bbox[0] + bbox[2] / 2];
  return objects
    .map((object) => ({ object, key: keyOf(object) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.object.id - b.object.id)
    .map(({ object }) => object);
}

/** Null past the end, and for none. @param from null begins at the first, or at the last when going back */
export function stepFrom<Known extends Steppable>(
  objects: readonly Known[],
  from: number | null,
  direction: 1 | -1,
): Known | null {
  const at = objects.findIndex(({ id }) => id === from);
  if (at === -1) return (direction === 1 ? objects[0] : objects.at(-1)) ?? null;
  return objects[at + direction] ?? null;
}

/** In which order proposals follow one another: as one reads the picture, or the most doubtful first. */
export type StepOrder = 'reading' | 'doubt';

/**
 * The next of the proposals by how unsure their model is of them, those without a score first. Null past the end.
 *
 * @param from any object that is no proposal, and null, begin at the first
 */
export function nextDoubtful<Known extends Steppable>(
  objects: readonly Known[],
  from: number | null,
): Known | null {
  const proposals = objects
    .filter(({ state }) => state === 'proposed')
    .sort((a, b) => (a.score ?? -1) - (b.score ?? -1));
  return proposals[proposals.findIndex(({ id }) => id === from) + 1] ?? null;
}

/** Where to go on after something was done to an object: proposals lead to proposals. */
export function nextAfter<Known extends Steppable>(
  objects: readonly Known[],
  done: Pick<Known, 'id' | 'state'>,
  order: StepOrder = 'reading',
): Known | null {
  const at = objects.findIndex(({ id }) => id === done.id);
  const rest = objects.slice(at + 1);
  if (done.state !== 'proposed') return rest[0] ?? null;
  if (order === 'reading') return rest.find(({ state }) => state === 'proposed') ?? null;
  // Whoever began with a doubtful one in the middle has passed over none on purpose.
  return nextDoubtful(objects, done.id) ?? nextDoubtful(objects.toSpliced(at, 1), null);
}
