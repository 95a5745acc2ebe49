// Seeded random numbers: the same seed gives the same data on every machine. The generator is sfc32 (Chris
// Doty-Humphrey's PractRand), seeded through the finaliser of MurmurHash3.

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** A whole number in [low, high], both included. */
  integer(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Normally distributed. */
  normal(mean: number, deviation: number): number;
  /** How many events happen where `mean` are expected. */
  poisson(mean: number): number;
  /** One of the values, each as likely as the others. */
  pick<Value>(values: ArrayLike<Value>): Value;
}

/** Keeps the random numbers of different purposes apart: the second seed of each. */
export const streams = { order: 1, partners: 2, augmentation: 3, weights: 4, variants: 5 } as const;

/**
 * Random numbers of their own for each list of whole numbers: `randomOf(seed, imageIndex)` is independent of
 * `randomOf(seed, imageIndex + 1)`, so any part of a dataset can be made without the parts before it.
 *
 * @example
 * const random = randomOf(1, 42);
 * const width = random.integer(200, 640);
 */
export function randomOf(...seeds: readonly number[]): Random {
  const state = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]);
  for (const seed of seeds) {
    for (let word = 0; word < 3; word++) state[word] = mix(state[word] ^ mix(seed + word + 1));
  }
  let [a, b, c, counter] = state;
  const next = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < 12; round++) next();

  const uniform = () => next() / 2 ** 32;
  const integer = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
  return {
    uniform,
    integer,
    between: (low, high) => low + uniform() * (high - low),
    chance: (probability) => uniform() < probability,
    // Box and Muller's transform; 1 - uniform keeps the logarithm away from zero.
    normal: (mean, deviation) =>
      mean +
      deviation * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    // Knuth's product of uniforms; the means here are small.
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let events = 0;
      for (let product = uniform(); product > limit; product *= uniform()) events++;
      return events;
    },
    pick: (values) => values[integer(0, values.length - 1)],
  };
}

function mix(word: number): number {
  word ^= word >>> 16;
  word = Math.imul(word, 0x85ebca6b);
  word ^= word >>> 13;
  word = Math.imul(word, 0xc2b2ae35);
  return word ^ (word >>> 16);
}
