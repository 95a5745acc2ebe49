// One mistake made on purpose among the proposals for a picture, such as models make them, so that it can be seen whether the
// person who looks them over finds it.

import { bboxIou } from '../mask/iou.ts';
import type { Bbox, CocoAnnotation } from '../types.ts';
import { movedBox } from './moved-box.ts';
import { shapeAt } from './shape-at.ts';

/** A proposal left out, a box beside its object, a wrong category, a proposal where nothing is. */
export const slippedKinds = ['overlooked', 'misplaced', 'swapped', 'invented'] as const;
export type SlippedKind = (typeof slippedKinds)[number];

export type Proposal = Partial<CocoAnnotation>;

export interface SlippedMistake<Found extends Proposal> {
  kind: SlippedKind;
  /** As the picture is shown, in the order of the given ones. */
  proposals: Found[];
  /** The wrong one of them; null where it was left out. */
  shown: Found | null;
  /** What it was; null where there was none. */
  truth: Found | null;
}

export interface SlipOptions {
  /** Size of the picture, pixels. */
  readonly picture: { readonly width: number; readonly height: number };
  /** What an object can be taken for. */
  readonly categoryIds: readonly number[];
  /** Uniform in [0, 1); the same numbers make the same mistake. */
  readonly random: () => number;
}

/**
 * Makes one mistake, of a kind that is possible. Only the surer half of the proposals is touched: one that is wrong itself would be no
 * test of who looks it over. Null where nothing can be made wrong.
 *
 * @param found all that a model proposes for the picture, with scores
 * @example
 * slipMistake([{ category_id: 1, bbox: [0, 0, 10, 10], score: 0.9 }], { picture, categoryIds: [1, 2], random: Math.random });
 */
export function slipMistake<Found extends Proposal>(
  found: readonly Found[],
  options: SlipOptions,
): SlippedMistake<Found> | null {
  const { random } = options;
  const surer = found
    .filter(({ iscrowd }) => iscrowd !== 1)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .slice(0, Math.ceil(found.length / 2));
  if (surer.length === 0) return null;
  const kinds = [...slippedKinds];
  while (kinds.length > 0) {
    const [kind] = kinds.splice(Math.floor(random() * kinds.length), 1);
    const truth = surer[Math.floor(random() * surer.length)];
    const made = makers[kind](truth, found, options);
    if (made !== null) return { kind, ...(made as Omit<SlippedMistake<Found>, 'kind'>) };
  }
  return null;
}

type Made = Omit<SlippedMistake<Proposal>, 'kind'> | null;
type Make = (one: Proposal, found: readonly Proposal[], options: SlipOptions) => Made;

const hasBox = ({ bbox }: Proposal): boolean =>
  bbox !== undefined && bbox[2] >= leastSide && bbox[3] >= leastSide;
/** Pixels: what is smaller cannot be seen to be beside its object. */
const leastSide = 4;
const freePlaceTries = 60;
/** With less overlap (IoU) than this a place is free. */
const freeIou = 0.05;

const makers: Record<SlippedKind, Make> = {
  // Where nothing else is proposed, nobody would come to look.
  overlooked: (one, found) =>
    hasBox(one) && found.length > 1
      ? { proposals: found.filter((each) => each !== one), shown: null, truth: one }
      : null,

  misplaced: (one, found, { picture, random }) =>
    hasBox(one)
      ? replaced(
          one,
          { ...one, ...shapeAt(one, movedBox(one.bbox!, picture, random), picture) },
          found,
        )
      : null,

  swapped: (one, found, { categoryIds, random }) => {
    // Poses of another category have other points.
    const others = categoryIds.filter((id) => id !== one.category_id);
    if (others.length === 0 || one.keypoints !== undefined) return null;
    const category_id = others[Math.floor(random() * others.length)];
    return replaced(one, { ...one, category_id }, found);
  },

  invented: (one, found, { picture, random }) => {
    if (!hasBox(one)) return null;
    const bbox = freePlace(one.bbox!, found, picture, random);
    if (bbox === null) return null;
    const score = Math.round(1e4 * ((one.score ?? 1) * 0.9 + random() * 0.1)) / 1e4;
    // No surer and no less sure than others, and where its score puts it: nothing gives it away.
    const shown = {
      ...one,
      ...shapeAt(one, bbox, picture),
      score: Math.min(1, Math.max(score, leastScore(found))),
    };
    const at = found.findIndex((each) => (each.score ?? 0) < (shown.score ?? 0));
    return {
      proposals: found.toSpliced(at === -1 ? found.length : at, 0, shown),
      shown,
      truth: null,
    };
  },
};

const replaced = (truth: Proposal, shown: Proposal, found: readonly Proposal[]): Made => ({
  proposals: found.map((each) => (each === truth ? shown : each)),
  shown,
  truth,
});

const leastScore = (found: readonly Proposal[]): number =>
  Math.min(...found.map(({ score }) => score ?? 1));

/** A place for a box where nothing is found; null where the picture is full. */
function freePlace(
  [, , width, height]: Bbox,
  found: readonly Proposal[],
  picture: SlipOptions['picture'],
  random: () => number,
): Bbox | null {
  for (let tries = 0; tries < freePlaceTries; tries++) {
    const bbox: Bbox = [
      random() * (picture.width - width),
      random() * (picture.height - height),
      width,
      height,
    ];
    const isFree = found.every((each) => !each.bbox || bboxIou(bbox, each.bbox, false) < freeIou);
    if (isFree) return bbox;
  }
  return null;
}
