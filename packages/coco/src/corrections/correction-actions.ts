// What a person has to do to a model's proposals until they say what the picture shows, counted in actions and not in seconds,
// which differ from person to person. The proposals are paired with what is wanted so that little is left to do.

import { bboxIou } from '../mask/iou.ts';
import type { Bbox } from '../types.ts';

/** What is done to one object, the least first. */
export const correctionKinds = ['accept', 'reclass', 'nudge', 'reject', 'draw'] as const;
export type CorrectionKind = (typeof correctionKinds)[number];

export interface CorrectableObject {
  readonly categoryId: number;
  /** Pixels of the picture. */
  readonly bbox: Bbox;
}

/** A box that is moved and of another category has two: a re-class and a nudge. */
export interface Correction {
  readonly kind: CorrectionKind;
  /** Position among the proposals; null for what is drawn. */
  readonly proposal: number | null;
  /** Position among what is wanted; null for what is rejected. */
  readonly wanted: number | null;
}

export interface CorrectionOptions {
  /** From this overlap (IoU) on a box is left as it is. Default 0.75. */
  readonly acceptIou?: number;
  /** From this overlap on a box is moved rather than drawn anew. Default 0.5. */
  readonly nudgeIou?: number;
}

/**
 * The corrections that make what is wanted of the proposals of one picture: first those of proposals, in their order, then
 * what is drawn. Each proposal and each wanted object has at most one partner; the pairs that need the least choose first,
 * of equals those that overlap most.
 *
 * @example
 * correctionActions([{ categoryId: 1, bbox: [0, 0, 10, 10] }], [{ categoryId: 2, bbox: [0, 0, 10, 9] }]);
 * // [{ kind: 'reclass', proposal: 0, wanted: 0 }]
 */
export function correctionActions(
  proposals: readonly CorrectableObject[],
  wanted: readonly CorrectableObject[],
  { acceptIou = 0.75, nudgeIou = 0.5 }: CorrectionOptions = {},
): Correction[] {
  const pairs: { proposal: number; wanted: number; iou: number; kinds: CorrectionKind[] }[] = [];
  for (const [proposal, found] of proposals.entries()) {
    for (const [at, object] of wanted.entries()) {
      const iou = bboxIou(found.bbox, object.bbox, false);
      if (!(iou >= nudgeIou)) continue;
      const kinds = kindsOf(found.categoryId === object.categoryId, iou >= acceptIou);
      pairs.push({ proposal, wanted: at, iou, kinds });
    }
  }
  pairs.sort((a, b) => effortOf(a.kinds) - effortOf(b.kinds) || b.iou - a.iou);
  const partners = new Map<number, (typeof pairs)[number]>();
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (partners.has(pair.proposal) || taken.has(pair.wanted)) continue;
    partners.set(pair.proposal, pair);
    taken.add(pair.wanted);
  }
  const corrected = proposals.flatMap((_, proposal): Correction[] => {
    const pair = partners.get(proposal);
    if (pair === undefined) return [{ kind: 'reject', proposal, wanted: null }];
    return pair.kinds.map((kind) => ({ kind, proposal, wanted: pair.wanted }));
  });
  const drawn = [...wanted.keys()]
    .filter((at) => !taken.has(at))
    .map((at): Correction => ({ kind: 'draw', proposal: null, wanted: at }));
  return [...corrected, ...drawn];
}

const kindsOf = (isAlike: boolean, isWellPlaced: boolean): CorrectionKind[] => {
  if (isAlike && isWellPlaced) return ['accept'];
  return [...(isAlike ? [] : ['reclass' as const]), ...(isWellPlaced ? [] : ['nudge' as const])];
};

const effortOf = (kinds: readonly CorrectionKind[]): number =>
  kinds.reduce((sum, kind) => sum + correctionKinds.indexOf(kind), 0);

export interface ActionCounts {
  /** Objects that each kind of correction was done to. */
  readonly corrections: Readonly<Record<CorrectionKind, number>>;
  /** All actions. What is right as it was proposed is accepted by one key for all of a picture. */
  readonly actions: number;
  /** Of drawing all that is wanted: a stroke and a key for the category, each object. */
  readonly actionsFromScratch: number;
}

/** Drawing asks for a stroke and a key for the category. */
const actionsPerDrawing = 2;

/** What was done to one picture: objects that each kind of correction was done to. */
export type CorrectionCounts = Readonly<Record<CorrectionKind, number>>;

export const noCorrections: CorrectionCounts = {
  accept: 0,
  reclass: 0,
  nudge: 0,
  reject: 0,
  draw: 0,
};

/**
 * How many actions it is to correct one picture. What is right as it was proposed is accepted by one key for all of it.
 *
 * @example
 * actionsFor({ accept: 12, reclass: 1, nudge: 0, reject: 0, draw: 2 }); // 1 + 1 + 2 × 2 = 6
 */
export function actionsFor(counts: CorrectionCounts): number {
  let actions = 0;
  for (const kind of correctionKinds) {
    actions += kind === 'accept' ? Math.min(1, counts.accept) : counts[kind] * actionsOf[kind];
  }
  return actions;
}

/** Of drawing objects where nothing is proposed. */
export const actionsFromScratch = (objectCount: number): number => objectCount * actionsPerDrawing;

/**
 * How much there was to do.
 *
 * @param pictures the corrections of each
 * @example
 * const { actions, actionsFromScratch } = countActions([correctionActions(proposals, wanted)]);
 */
export function countActions(pictures: readonly (readonly Correction[])[]): ActionCounts {
  const corrections = { ...noCorrections };
  let actions = 0;
  let wantedCount = 0;
  for (const picture of pictures) {
    const counts = { ...noCorrections };
    for (const { kind } of picture) counts[kind]++;
    for (const kind of correctionKinds) corrections[kind] += counts[kind];
    wantedCount += new Set(picture.flatMap(({ wanted }) => wanted ?? [])).size;
    actions += actionsFor(counts);
  }
  return { corrections, actions, actionsFromScratch: actionsFromScratch(wantedCount) };
}

const actionsOf = {
  accept: 1,
  reclass: 1,
  nudge: 1,
  reject: 1,
  draw: actionsPerDrawing,
} as const satisfies Record<CorrectionKind, number>;
