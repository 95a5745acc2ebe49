// Labels of objects that look wrong beside what a model finds in the same picture: overlooked, misplaced, swapped.
// The kinds and the idea to score each are those of ObjectLab (Tkachenko, Thyagarajan and Mueller 2023). Here labels and
// findings are paired one to one first, so that a neighbour in a crowd neither vouches for a label nor speaks against it.

import { bboxIou, rleIou } from '../mask/iou.ts';
import type { Rle } from '../mask/rle.ts';
import type { Bbox } from '../types.ts';

export const mistakeKinds = ['overlooked', 'misplaced', 'swapped'] as const;
export type MistakeKind = (typeof mistakeKinds)[number];

export interface PlacedObject {
  readonly categoryId: number;
  /** Pixels of the picture. */
  readonly bbox: Bbox;
  readonly mask?: Rle;
}

export interface PlacedLabel extends PlacedObject {
  readonly isCrowd?: boolean;
  /** Takes its place, but is no one's word that could be wrong: a proposal, or of a category that the model does not know. */
  readonly isUnjudged?: boolean;
}

export interface Finding extends PlacedObject {
  /** 0 to 1. */
  readonly score: number;
}

export interface ObjectMistake {
  readonly kind: MistakeKind;
  /** Position among the labels; null for what was overlooked. */
  readonly label: number | null;
  /** Position among the findings: how the model has it. */
  readonly finding: number;
  /** How much there is to be said against the label, 0 to 1. Comparable between kinds. */
  readonly doubt: number;
  /** The highest score with which the model finds the label's own category at its place, 0 where it does not. */
  readonly ownScore: number;
}

/** From this overlap on two boxes are of one object. */
const sameObjectIou = 0.5;
/** From this overlap on a finding and a label of the same category may be meant for the same object. */
const nearIou = 0.1;
/** Less likely findings say nothing. */
const leastScore = 0.05;
/** Between these overlaps a label goes from surely misplaced to as good as people draw. */
const misplacedIou = 0.5;
const wellPlacedIou = 0.9;

/**
 * What of a picture's labels looks wrong, in no particular order. A label is doubted in one way only, the likeliest.
 *
 * @param findings with scores as low as the model gives them: a second opinion at a label's place counts, too
 * @param leastDoubt smaller doubts are left out
 * @example
 * objectMistakes([{ categoryId: 1, bbox: [0, 0, 10, 10] }], [{ categoryId: 2, bbox: [0, 0, 10, 10], score: 0.9 }]);
 * // [{ kind: 'swapped', label: 0, finding: 0, doubt: 0.9, ownScore: 0 }]
 */
export function objectMistakes(
  labels: readonly PlacedLabel[],
  findings: readonly Finding[],
  leastDoubt = 0.1,
): ObjectMistake[] {
  const things = thingsAmong(findings);
  const pairs = pairUp(labels, findings, things);
  const mistakes: ObjectMistake[] = [];
  for (const [label, object] of labels.entries()) {
    if (object.isUnjudged || object.isCrowd) continue;
    const witnesses = witnessesOf(object, findings);
    const ownScore = witnesses.own?.score ?? 0;
    const { other } = witnesses;
    const swapped = other === null ? 0 : other.score * (1 - ownScore);
    const pair = pairs.get(label);
    const misplaced = pair === undefined ? 0 : misplacement(object, findings[pair.thing], pair.iou);
    const doubt = Math.max(swapped, misplaced);
    if (doubt === 0 || doubt < leastDoubt) continue;
    mistakes.push(
      swapped >= misplaced
        ? { kind: 'swapped', label, finding: other!.finding, doubt, ownScore }
        : { kind: 'misplaced', label, finding: pair!.thing, doubt, ownScore },
    );
  }
  const paired = new Set([...pairs.values()].map(({ thing }) => thing));
  for (const thing of things) {
    if (paired.has(thing)) continue;
    const { bbox, score } = findings[thing];
    const covered = labels.reduce(
      (most, label) => Math.max(most, bboxIou(bbox, label.bbox, label.isCrowd === true)),
      0,
    );
    const doubt = score * (1 - covered);
    if (covered >= sameObjectIou || doubt < leastDoubt) continue;
    mistakes.push({ kind: 'overlooked', label: null, finding: thing, doubt, ownScore: 0 });
  }
  return mistakes;
}

/** Of findings at one place, of whatever categories, the likeliest: positions, the likeliest first. */
function thingsAmong(findings: readonly Finding[]): number[] {
  const order = [...findings.keys()]
    .filter((at) => findings[at].score >= leastScore)
    .sort((a, b) => findings[b].score - findings[a].score || a - b);
  const things: number[] = [];
  for (const at of order) {
    const isThere = things.some(
      (thing) => overlapOf(findings[thing], findings[at]) >= sameObjectIou,
    );
    if (!isThere) things.push(at);
  }
  return things;
}

interface Pair {
  /** Position among the findings. */
  thing: number;
  iou: number;
}

/** Which thing each label means, by its position: those that fit best choose first. */
function pairUp(
  labels: readonly PlacedLabel[],
  findings: readonly Finding[],
  things: readonly number[],
): Map<number, Pair> {
  const candidates: (Pair & { label: number; fit: number })[] = [];
  for (const [label, object] of labels.entries()) {
    if (object.isCrowd) continue;
    for (const thing of things) {
      const iou = overlapOf(object, findings[thing]);
      const isAlike = findings[thing].categoryId === object.categoryId;
      if (iou < (isAlike ? nearIou : sameObjectIou)) continue;
      candidates.push({ label, thing, iou, fit: iou * Math.sqrt(findings[thing].score) });
    }
  }
  candidates.sort((a, b) => b.fit - a.fit || a.label - b.label);
  const pairs = new Map<number, Pair>();
  const taken = new Set<number>();
  for (const { label, thing, iou } of candidates) {
    if (pairs.has(label) || taken.has(thing)) continue;
    pairs.set(label, { thing, iou });
    taken.add(thing);
  }
  return pairs;
}

interface Witness {
  finding: number;
  score: number;
}

/** The likeliest findings at a label's place: of its own category, and of any other. */
function witnessesOf(
  label: PlacedLabel,
  findings: readonly Finding[],
): { own: Witness | null; other: Witness | null } {
  let own: Witness | null = null;
  let other: Witness | null = null;
  for (const [finding, object] of findings.entries()) {
    const { score } = object;
    const isOwn = object.categoryId === label.categoryId;
    if (score <= ((isOwn ? own : other)?.score ?? 0)) continue;
    if (overlapOf(label, object) < sameObjectIou) continue;
    if (isOwn) own = { finding, score };
    else other = { finding, score };
  }
  return { own, other };
}

/** Where the model takes it for something else, that is what is to be said. */
const misplacement = (label: PlacedLabel, thing: Finding, iou: number): number =>
  thing.categoryId !== label.categoryId
    ? 0
    : thing.score *
      Math.min(1, Math.max(0, (wellPlacedIou - iou) / (wellPlacedIou - misplacedIou)));

/** Of masks where both have one. */
function overlapOf(a: PlacedObject, b: PlacedObject): number {
  const iou = bboxIou(a.bbox, b.bbox, false);
  if (iou === 0 || a.mask === undefined || b.mask === undefined) return iou;
  return Math.max(0, rleIou(a.mask, b.mask, false));
}
