// What an import could not take as it came: never dropped in silence, but counted by reason with a few examples.

export const leftOutReasons = {
  'image-without-file-name': 'An image without a file name was left out.',
  'image-without-id':
    'An image without a whole number as id was taken under a new id; no annotation can name it.',
  'image-repeated': 'The file names the same picture again; its annotations went to the first.',
  'image-id-repeated': 'Another image of the file has the same id; annotations went to the first.',
  'image-renumbered': 'The id belongs to another image of the dataset, so the image got a new one.',
  'category-without-name': 'A category without a name was left out.',
  'annotation-without-image': 'An annotation whose image is not there was left out.',
  'annotation-renumbered': 'The id belongs to another annotation, so this one got a new id.',
  'section-kept': 'The dataset already has this section with another content, which was kept.',
} as const satisfies Record<string, string>;

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

  get entries(): LeftOutEntry[] {
    return [...this.#entries.values()];
  }
}
