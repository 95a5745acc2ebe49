// Which pictures of a pre-annotation are controls, by chance: some come without proposals, in some a mistake is slipped in.

import { createHash } from 'node:crypto';
import { slipMistake } from '@migaki/coco';
import {
  type ControlShares,
  controlsOf,
  getDataset,
  type Image,
  type ImageProposals,
  type PictureControl,
  type Store,
} from '@migaki/store';
import { isUnlabelled } from './is-unlabelled.ts';

export interface ControlCounts {
  picturesWithoutProposals: number;
  mistakesSlippedIn: number;
}

/** What is proposed on some pictures, with what they are for. */
export type WithControls = (
  images: readonly Image[],
  proposals: readonly ImageProposals[],
) => Promise<ImageProposals[]>;

/**
 * The dice of a picture fall the same each time, so that a job that goes on after a crash chooses as it did before, and another one
 * later leaves the same pictures.
 *
 * @param shares left out by jobs of before
 * @param categoryIds what is proposed at all: what an object can be taken for
 * @throws StoreError `dataset-not-found`
 */
export async function withControls(
  store: Store,
  datasetId: number,
  shares: Partial<ControlShares>,
  categoryIds: readonly number[],
): Promise<WithControls> {
  const { controls = 0, mistakes = 0 } = shares;
  if (controls === 0 && mistakes === 0) return async (_, proposals) => [...proposals];
  const { createdAt } = await getDataset(store, datasetId);
  const seed = `${datasetId} ${createdAt.toISOString()}`;
  return async (images, proposals) => {
    const imageOf = new Map(images.map((image) => [image.imageId, image]));
    const known = await controlsOf(store, datasetId, [...imageOf.keys()]);
    return proposals.map((one) => {
      const image = imageOf.get(one.imageId);
      if (image === undefined) return one;
      const random = diceOf(`${seed} ${image.imageId}`);
      const [isControl, isMistake] = [random() < controls, random() < mistakes];
      const before = known.get(image.imageId);
      if (before?.isSettled || (before === undefined && !isFresh(image))) return one;
      if (isControl || before?.role === 'control') return heldBack(one);
      return isMistake ? slippedInto(one, image, categoryIds, random) : asItIs(one);
    });
  };
}

/** What came of it. */
export function countControls(proposals: readonly ImageProposals[]): ControlCounts {
  const count = (role: PictureControl['role']) =>
    proposals.filter(({ control }) => control?.role === role).length;
  return { picturesWithoutProposals: count('control'), mistakesSlippedIn: count('mistake') };
}

/** What somebody has worked on shows nothing of work without proposals. */
const isFresh = (image: Image): boolean =>
  isUnlabelled(image) &&
  image.reviewed === null &&
  (image.status === 'new' || image.status === 'in_progress');

const asItIs = (one: ImageProposals): ImageProposals => ({ ...one, control: { role: 'plain' } });

const heldBack = ({ imageId, found }: ImageProposals): ImageProposals => ({
  imageId,
  found: [],
  control: { role: 'control', hidden: found },
});

function slippedInto(
  one: ImageProposals,
  { width, height }: Image,
  categoryIds: readonly number[],
  random: () => number,
): ImageProposals {
  if (width === null || height === null) return asItIs(one);
  const options = { picture: { width, height }, categoryIds, random };
  const slipped = slipMistake(one.found as Parameters<typeof slipMistake>[0], options);
  if (slipped === null) return asItIs(one);
  const { proposals, ...mistake } = slipped;
  return { imageId: one.imageId, found: proposals, control: { role: 'mistake', ...mistake } };
}

/** Uniform in [0, 1), from hashes of a seed and a number that counts up. */
function diceOf(seed: string): () => number {
  let count = 0;
  return () => {
    const hash = createHash('sha256').update(`${seed} ${count++}`).digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  };
}
