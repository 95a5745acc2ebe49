// What there is to doubt about the proposals on a picture, and how much. Pure.

import { bboxIou } from '@migaki/coco';
import type { AnnotationState } from '../database/tables.ts';
import { oddness, type UsualCount } from './usual-counts.ts';

/** An object of a picture that nobody has rejected. */
export interface DoubtedObject {
  categoryId: number | null;
  /** `[x, y, width, height]` in pixels; null for what is said of the whole picture. */
  bbox: readonly number[] | null;
  score: number | null;
  /** `human`, `import`, or `model name@version`. */
  origin: string;
  state: AnnotationState;
}

/** `strength` is from 0 to 1. */
export type Doubt = { strength: number } & (
  | { reason: 'unsure'; score: number }
  /** At one place, by one model, under two names between which it hardly decides. */
  | { reason: 'rival'; categoryIds: number[] }
  /** At one place, under one name. */
  | { reason: 'duplicate'; categoryId: number | null }
  /** One model finds what the other does not, or calls it otherwise; or otherwise than people do. */
  | { reason: 'disagreement'; others: string[] }
  | { reason: 'count'; categoryId: number; count: number; usual: number }
);
export type DoubtReason = Doubt['reason'];

/** From this overlap (IoU) on two boxes are at one place. */
const samePlaceIou = 0.5;
/** Less is not worth a word. */
const leastStrength = 0.05;

/**
 * Each reason once, as strong as it is anywhere on the picture, the strongest first. None where nothing is proposed.
 *
 * @example
 * pictureDoubts([{ categoryId: 1, bbox: [0, 0, 9, 9], score: 0.6, origin: 'model cells@1', state: 'proposed' }], []);
 * // [{ reason: 'unsure', score: 0.6, strength: 0.4 }]
 */
export function pictureDoubts(
  objects: readonly DoubtedObject[],
  usual: readonly UsualCount[],
): Doubt[] {
  const proposals = objects.filter(({ state }) => state === 'proposed');
  if (proposals.length === 0) return [];
  const doubts = [
    ...proposals.map(unsure),
    ...doubtsOfPlaces(objects),
    ...usual.flatMap((one) => oddCount(objects, one)),
  ];
  const strongest = new Map<DoubtReason, Doubt>();
  for (const doubt of doubts) {
    if (doubt.strength < leastStrength) continue;
    if (doubt.strength > (strongest.get(doubt.reason)?.strength ?? 0))
      strongest.set(doubt.reason, doubt);
  }
  return [...strongest.values()].sort((a, b) => b.strength - a.strength);
}

/** All of it as one number, 0 to 1: that none of the reasons holds, taken from 1. */
export const doubtOf = (doubts: readonly Doubt[]): number =>
  1 - doubts.reduce((right, { strength }) => right * (1 - strength), 1);

function unsure({ score }: DoubtedObject): Doubt {
  const known = clamp(score ?? 0);
  return { reason: 'unsure', score: known, strength: 1 - known };
}

function oddCount(objects: readonly DoubtedObject[], usual: UsualCount): Doubt[] {
  const { categoryId, median } = usual;
  const count = objects.filter((object) => object.categoryId === categoryId).length;
  return [{ reason: 'count', categoryId, count, usual: median, strength: oddness(count, usual) }];
}

const clamp = (score: number) => Math.min(1, Math.max(0, score));
const scoreOf = ({ score }: DoubtedObject) => clamp(score ?? 0);
/** Without the version: two of them that stand side by side are one model all the same. */
const modelOf = ({ state, origin }: DoubtedObject): string | null =>
  state === 'proposed' ? origin.replace(/^model /, '').replace(/@[^@]*$/, '') : null;

function doubtsOfPlaces(objects: readonly DoubtedObject[]): Doubt[] {
  const doubts: Doubt[] = [];
  const models = new Set(objects.flatMap((object) => modelOf(object) ?? []));
  /** Which proposals have one of each other model at their place. */
  const partners = new Map<DoubtedObject, Set<string>>();
  for (const [one, other, iou] of samePlaces(objects)) {
    const [mine, its] = [modelOf(one), modelOf(other)];
    const isSameName = one.categoryId === other.categoryId;
    const weaker = Math.min(...[one, other].filter(isProposed).map(scoreOf));
    if (mine !== its && mine !== null && its !== null) {
      for (const [a, name] of [[one, its] as const, [other, mine] as const]) {
        partners.set(a, (partners.get(a) ?? new Set()).add(name));
      }
      if (!isSameName)
        doubts.push({ reason: 'disagreement', others: [mine, its], strength: weaker });
    } else if (isSameName) {
      // Two categories of one whole picture are no two objects; nor are two of a kind, which cannot be.
      if (one.bbox !== null)
        doubts.push({ reason: 'duplicate', categoryId: one.categoryId, strength: iou });
    } else if (mine === its && one.bbox !== null) {
      const categoryIds = [one, other].flatMap(({ categoryId }) => categoryId ?? []);
      const strength = 1 - Math.abs(scoreOf(one) - scoreOf(other));
      doubts.push({ reason: 'rival', categoryIds, strength });
    } else if (mine !== its && one.bbox !== null) {
      doubts.push({ reason: 'disagreement', others: [mine ?? its ?? ''], strength: weaker });
    }
  }
  if (models.size < 2) return doubts;
  for (const proposal of objects.filter(isProposed)) {
    const others = [...models].filter(
      (name) => name !== modelOf(proposal) && !partners.get(proposal)?.has(name),
    );
    if (others.length > 0)
      doubts.push({ reason: 'disagreement', others, strength: scoreOf(proposal) });
  }
  return doubts;
}

const isProposed = ({ state }: DoubtedObject) => state === 'proposed';

/** Pairs of which at least one is proposed, with their overlap. Boxes from left to right, so that most are never compared. */
function* samePlaces(
  objects: readonly DoubtedObject[],
): Generator<[DoubtedObject, DoubtedObject, number]> {
  const boxed = objects.filter(({ bbox }) => bbox !== null);
  boxed.sort((a, b) => a.bbox![0] - b.bbox![0]);
  for (const [at, one] of boxed.entries()) {
    const right = one.bbox![0] + one.bbox![2];
    for (let next = at + 1; next < boxed.length && boxed[next].bbox![0] < right; next++) {
      const other = boxed[next];
      if (!isProposed(one) && !isProposed(other)) continue;
      const iou = bboxIou(one.bbox!, other.bbox!, false);
      if (iou >= samePlaceIou) yield [one, other, iou];
    }
  }
  const unboxed = objects.filter(({ bbox }) => bbox === null);
  for (const [at, one] of unboxed.entries()) {
    for (const other of unboxed.slice(at + 1)) {
      if (isProposed(one) || isProposed(other)) yield [one, other, 1];
    }
  }
}
