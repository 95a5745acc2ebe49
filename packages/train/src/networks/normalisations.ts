// How networks that were trained elsewhere want their pictures.

/** What the file wants of a picture's values from 0 to 255. */
export const normalisations = {
  /** Mean and standard deviation of ImageNet's pictures, as most files of model hubs want. */
  imagenet: { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
  /** From 0 to 1. */
  unit: { mean: [0, 0, 0], deviation: [255, 255, 255] },
  /** From −1 to 1. */
  signed: { mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] },
  /** From 0 to 255: the file does it itself. */
  none: { mean: [0, 0, 0], deviation: [1, 1, 1] },
} as const satisfies Record<string, { mean: readonly number[]; deviation: readonly number[] }>;
export type Normalisation = keyof typeof normalisations;
