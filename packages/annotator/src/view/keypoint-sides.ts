// Which keypoints are of the left side and which of the right, from the names that people give them and from the pairs that
// change places in a mirrored picture. Left is the person's own left, as COCO has it.

import type { Category } from '../document/document.ts';

export type Side = 'left' | 'right' | 'middle';

type Definition = Pick<Category, 'keypoints' | 'flipIndex'>;

/** Apart for people who see few colours, too. */
export const sideColors: Readonly<Record<Exclude<Side, 'middle'>, string>> = {
  left: '#4dabf7',
  right: '#ff922b',
};

/** `left_eye`, `LeftEye`, `L ankle`, `eye.l`, `LHip`, 左目 */
const namedLeft = /left|左|(^|[^a-z])l([^a-z]|$)/i;
const namedRight = /right|右|(^|[^a-z])r([^a-z]|$)/i;
const capitalLeft = /^L[A-Z][a-z]/;
const capitalRight = /^R[A-Z][a-z]/;

function namedSide(name: string): Side {
  const isLeft = namedLeft.test(name) || capitalLeft.test(name);
  const isRight = namedRight.test(name) || capitalRight.test(name);
  return isLeft === isRight ? 'middle' : isLeft ? 'left' : 'right';
}

const others: Readonly<Record<Side, Side>> = { left: 'right', right: 'left', middle: 'middle' };

/** Categories never change in place, so neither do their sides. */
const known = new WeakMap<Definition, readonly Side[]>();

/**
 * The side of each keypoint. Of a pair of which no name says its side the first counts as left: apart they are all the same.
 *
 * @example keypointSides({ keypoints: ['nose', 'left_eye', 'right_eye'] }); // ['middle', 'left', 'right']
 */
export function keypointSides(category: Definition | undefined): readonly Side[] {
  if (category === undefined) return [];
  let sides = known.get(category);
  if (sides === undefined) {
    sides = sidesOf(category);
    known.set(category, sides);
  }
  return sides;
}

function sidesOf({ keypoints, flipIndex }: Definition): Side[] {
  const named = (keypoints ?? []).map(namedSide);
  return named.map((side, index) => {
    const partner = flipIndex?.[index] ?? index;
    if (side !== 'middle' || partner === index || partner >= named.length) return side;
    if (named[partner] !== 'middle') return others[named[partner]];
    return index < partner ? 'left' : 'right';
  });
}

/** Of an edge of the skeleton, counted from 1 as COCO does: what leads from one side to the other is in the middle. */
export function edgeSide(sides: readonly Side[], [from, to]: readonly [number, number]): Side {
  const [a = 'middle', b = 'middle'] = [sides[from - 1], sides[to - 1]];
  if (a === 'middle' || a === b) return b;
  return b === 'middle' ? a : 'middle';
}
