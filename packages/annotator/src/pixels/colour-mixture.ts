// How likely a colour is in a region, by a mixture of Gaussians, as GrabCut wants it (Rother, Kolmogorov, Blake 2004).

/** Red, green, blue of each sample, one after the other, 0 to 255. */
export type Colours = Float32Array;

interface Gaussian {
  readonly weight: number;
  readonly mean: readonly number[];
  /** Of the covariance, row by row. */
  readonly inverse: readonly number[];
  readonly determinant: number;
}

export type ColourMixture = readonly Gaussian[];

const componentCount = 5;
/** Keeps the covariance of flat regions from having no inverse. */
const noiseVariance = 1;

/** The first assignment: the samples in order of brightness, cut into equal parts; then k-means. */
export function firstAssignment(colours: Colours): Uint8Array {
  const count = colours.length / 3;
  const brightness = (i: number) => colours[3 * i] + colours[3 * i + 1] + colours[3 * i + 2];
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => brightness(a) - brightness(b),
  );
  const assigned = new Uint8Array(count);
  order.forEach((sample, rank) => {
    assigned[sample] = Math.floor((rank * componentCount) / count);
  });
  for (let round = 0; round < 5; round++) {
    const means = Array.from({ length: componentCount }, (_, k) => meanOf(colours, assigned, k));
    for (let i = 0; i < count; i++) assigned[i] = nearestMean(colours, i, means);
  }
  return assigned;
}

function nearestMean(colours: Colours, i: number, means: readonly (number[] | null)[]): number {
  let best = 0;
  let bestSquared = Number.POSITIVE_INFINITY;
  means.forEach((mean, k) => {
    if (mean === null) return;
    const squared = mean.reduce((sum, value, c) => sum + (colours[3 * i + c] - value) ** 2, 0);
    if (squared >= bestSquared) return;
    bestSquared = squared;
    best = k;
  });
  return best;
}

function meanOf(colours: Colours, assigned: Uint8Array, k: number): number[] | null {
  const sums = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < assigned.length; i++) {
    if (assigned[i] !== k) continue;
    count++;
    for (let c = 0; c < 3; c++) sums[c] += colours[3 * i + c];
  }
  return count === 0 ? null : sums.map((sum) => sum / count);
}

/** The mixture that fits samples in their assignment; components without samples are left out. */
export function mixtureOf(colours: Colours, assigned: Uint8Array): ColourMixture {
  const mixture: Gaussian[] = [];
  for (let k = 0; k < componentCount; k++) {
    const mean = meanOf(colours, assigned, k);
    if (mean === null) continue;
    const covariance = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    let count = 0;
    for (let i = 0; i < assigned.length; i++) {
      if (assigned[i] !== k) continue;
      count++;
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          covariance[3 * a + b] += (colours[3 * i + a] - mean[a]) * (colours[3 * i + b] - mean[b]);
        }
      }
    }
    const scaled = covariance.map((sum, i) => sum / count + (i % 4 === 0 ? noiseVariance : 0));
    mixture.push({ weight: count / assigned.length, mean, ...inverted(scaled) });
  }
  return mixture;
}

function inverted(m: readonly number[]): { inverse: number[]; determinant: number } {
  const minor = (a: number, b: number, c: number, d: number) => m[a] * m[d] - m[b] * m[c];
  const adjugate = [
    minor(4, 5, 7, 8),
    -minor(1, 2, 7, 8),
    minor(1, 2, 4, 5),
    -minor(3, 5, 6, 8),
    minor(0, 2, 6, 8),
    -minor(0, 2, 3, 5),
    minor(3, 4, 6, 7),
    -minor(0, 1, 6, 7),
    minor(0, 1, 3, 4),
  ];
  const determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
  return { inverse: adjugate.map((value) => value / determinant), determinant };
}

/** −log of a component's share in the density at a sample, without the constant that all components have. */
function cost(
  { weight, mean, inverse, determinant }: Gaussian,
  colours: Colours,
  i: number,
): number {
  const r = colours[3 * i] - mean[0];
  const g = colours[3 * i + 1] - mean[1];
  const b = colours[3 * i + 2] - mean[2];
  const squared =
    r * (r * inverse[0] + g * inverse[1] + b * inverse[2]) +
    g * (r * inverse[3] + g * inverse[4] + b * inverse[5]) +
    b * (r * inverse[6] + g * inverse[7] + b * inverse[8]);
  return -Math.log(weight) + 0.5 * Math.log(determinant) + 0.5 * squared;
}

/** The component that a sample most likely comes from, and −log of the density there by that component alone. */
export function likeliest(
  mixture: ColourMixture,
  colours: Colours,
  i: number,
): { component: number; cost: number } {
  let component = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < mixture.length; k++) {
    const own = cost(mixture[k], colours, i);
    if (own >= best) continue;
    best = own;
    component = k;
  }
  return { component, cost: best };
}
