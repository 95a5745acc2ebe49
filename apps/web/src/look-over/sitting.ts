// One sitting of looking over: which pictures were seen, what was done to them, how long that took, and so how long the rest
// will take. Pure.

import { sumOf, type Tally } from './tally.ts';

/** A picture that was looked at, once or several times. */
export interface Visit {
  imageId: number;
  /** Of active work, without breaks. */
  millis: number;
  tally: Tally;
  /**
   * Proposals that were left open: the picture was passed over, or is returned to. One for a picture that was to be drawn by
   * hand and was not finished.
   */
  openCount: number;
  /** One stopped here, or went back, instead of going on to another picture: it will be come to again. */
  isPaused: boolean;
}

export interface Sitting {
  /** Which pictures, beside that something is proposed on them. */
  q: string;
  startedAt: string;
  /** In the order in which they were first seen. */
  visits: readonly Visit[];
  /** There was no further picture. */
  isEnded: boolean;
}

export const newSitting = (q: string, startedAt: string): Sitting => ({
  q,
  startedAt,
  visits: [],
  isEnded: false,
});

/** A picture that is seen again keeps its place. */
export function withVisit(sitting: Sitting, visit: Visit): Sitting {
  const { visits } = sitting;
  const before = visits.find(({ imageId }) => imageId === visit.imageId);
  if (before === undefined) return { ...sitting, visits: [...visits, visit] };
  const merged: Visit = {
    ...visit,
    millis: before.millis + visit.millis,
    tally: sumOf([before.tally, visit.tally]),
  };
  return { ...sitting, visits: visits.map((each) => (each === before ? merged : each)) };
}

/** The pictures seen before and after one; a new picture comes after all of them. */
export function visitsBeside({ visits }: Sitting, imageId: number) {
  const found = visits.findIndex((visit) => visit.imageId === imageId);
  const at = found === -1 ? visits.length : found;
  return {
    at,
    previous: visits[at - 1]?.imageId ?? null,
    next: visits[at + 1]?.imageId ?? null,
  };
}

/** Pictures of which the pace is told. */
const recentPictures = 30;
/** Fewer say too little. */
const leastPictures = 3;
/** Of each end, left out: a phone call, and a slip of a key. */
const trimmedPart = 0.1;

/**
 * How long a picture takes this person at present: the mean of the recent ones without the quickest and the slowest. The
 * mean and not the median, because slow pictures are to come, too. Null while too few were seen.
 */
export function paceMillis(visits: readonly Visit[]): number | null {
  const times = visits
    .slice(-recentPictures)
    .map(({ millis }) => millis)
    .sort((a, b) => a - b);
  if (times.length < leastPictures) return null;
  const cut = Math.ceil(times.length * trimmedPart);
  const kept = times.length > 2 * cut ? times.slice(cut, -cut) : times;
  return kept.reduce((sum, millis) => sum + millis, 0) / kept.length;
}

/** The pictures of a list that were not seen yet. */
export const allUnseen = <Item extends { id: number }>(
  items: readonly Item[],
  { visits }: Sitting,
  shownId?: number,
): Item[] =>
  items.filter(
    ({ id }) =>
      id !== shownId && !visits.some(({ imageId, isPaused }) => imageId === id && !isPaused),
  );

/** The next of them. */
export const firstUnseen = <Item extends { id: number }>(
  items: readonly Item[],
  sitting: Sitting,
  shownId?: number,
): Item | undefined => allUnseen(items, sitting, shownId)[0];

/**
 * How many pictures are still to be looked at, the one that is shown included as long as it is open.
 *
 * @param total of pictures with open proposals, as the server counts them
 * @param items the first of them: what was decided on just now may be among them still
 */
export function leftOf(
  total: number,
  items: readonly { id: number }[],
  { visits }: Sitting,
  shownId: number | null,
): number {
  const listed = new Set(items.map(({ id }) => id));
  const seen = visits.filter(
    ({ imageId, openCount, isPaused }) =>
      imageId !== shownId && !isPaused && (listed.has(imageId) || isOpen(openCount, total, items)),
  );
  return Math.max(0, total - seen.length);
}

/**
 * How many pictures were seen that {@link leftOf} does not count: with those that are left, they are all of the sitting. One
 * that is shown again, or was gone back from, is among them where nothing is open on it any more.
 */
export function seenBeside(
  total: number,
  items: readonly { id: number }[],
  { visits }: Sitting,
  shownId: number,
): number {
  const listed = new Set(items.map(({ id }) => id));
  const isLeft = ({ imageId, openCount, isPaused }: Visit) =>
    (imageId === shownId || isPaused) && (listed.has(imageId) || isOpen(openCount, total, items));
  return visits.filter((visit) => !isLeft(visit)).length;
}

/** Pictures on which nothing was left open, or nothing is any more: somebody may have decided on it elsewhere. */
export function lookedOver(
  total: number,
  items: readonly { id: number }[],
  { visits }: Sitting,
): Visit[] {
  const listed = new Set(items.map(({ id }) => id));
  return visits.filter(
    ({ imageId, openCount }) =>
      openCount === 0 || !(listed.has(imageId) || isOpen(openCount, total, items)),
  );
}

/** Of a picture that is not listed. Where the list has an end, nothing is open on it. */
const isOpen = (openCount: number, total: number, items: readonly unknown[]): boolean =>
  openCount > 0 && items.length < total;
