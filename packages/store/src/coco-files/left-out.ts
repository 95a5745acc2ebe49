// What an import could not take as it came: never dropped in silence, but counted by reason with a few examples.

import { type FixedPhrase, phrase } from '@migaki/coco';

/** `lost`: something of the file is not there as it said. `noted`: it is all there, under another id. */
type Weight = 'lost' | 'noted';

export const leftOutReasons = {
  'image-without-file-name': ['lost', phrase`images without a file name were left out`],
  'image-without-id': [
    'lost',
    phrase`images without a whole number as id got a new one, which no annotation can name`,
  ],
  'image-repeated': [
    'lost',
    phrase`pictures were named twice; annotations of the second went to the first`,
  ],
  'image-id-repeated': [
    'lost',
    phrase`images had the id of another; annotations went to the first`,
  ],
  'image-in-trash': [
    'noted',
    phrase`pictures of the labels are in the trash, and stay there with their labels: restore them there`,
  ],
  'image-renumbered': ['noted', phrase`images got another id, since theirs was taken`],
  'category-without-name': ['lost', phrase`categories without a name were left out`],
  'annotation-without-image': ['lost', phrase`annotations whose image is not there were left out`],
  'annotation-unknown-category': [
    'lost',
    phrase`objects name a category that the file does not have, and came without one`,
  ],
  'annotation-unreadable-shape': [
    'lost',
    phrase`boxes, outlines or keypoints cannot be drawn; exports write them as they came`,
  ],
  'number-rounded': [
    'lost',
    phrase`records hold whole numbers beyond 2^53, which may have been rounded; as text they stay exact`,
  ],
  'annotation-renumbered': ['noted', phrase`objects got another id, since theirs was taken`],
  'section-kept': ['noted', phrase`sections such as info stay as they were before`],
} as const satisfies Record<string, readonly [weight: Weight, text: FixedPhrase]>;

export type LeftOutReason = keyof typeof leftOutReasons;

export interface LeftOutEntry {
  reason: LeftOutReason;
  count: number;
  /** Up to five places or names. */
  samples: string[];
}

const MAX_SAMPLES = 5;

export class LeftOut {
  readonly #entries = new Map<LeftOutReason, LeftOutEntry>();

  add(reason: LeftOutReason, sample: string, count = 1): void {
    const entry = this.#entries.get(reason) ?? { reason, count: 0, samples: [] };
    this.#entries.set(reason, entry);
    entry.count += count;
    if (entry.samples.length < MAX_SAMPLES) entry.samples.push(sample);
  }

  /** So many of which these are some. */
  addMany(reason: LeftOutReason, count: number, samples: readonly string[]): void {
    for (const [index, sample] of samples.entries()) {
      this.add(reason, sample, index === 0 ? count - samples.length + 1 : 1);
    }
  }

  get entries(): LeftOutEntry[] {
    return [...this.#entries.values()];
  }
}
