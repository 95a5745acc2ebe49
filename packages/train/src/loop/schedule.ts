// How the learning rate goes over a run: up in a short while, then down along half a wave (Loshchilov and Hutter 2017).

const warmUpShare = 0.04;
const [leastWarmUpSteps, mostWarmUpSteps] = [20, 500];
/** Of a run so short that the least would be most of it. */
const mostWarmUpShare = 0.2;
/** What is left of the learning rate at the end. */
const lastShare = 0.01;

/**
 * A factor for the learning rate.
 *
 * @param progress how much of the run is done, from 0 to 1, by steps or by the clock
 * @param step counted from 0
 */
export function learningRateFactor(progress: number, step: number, warmUpSteps: number): number {
  const warm = Math.min(1, (step + 1) / warmUpSteps);
  const wave = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  return warm * (lastShare + (1 - lastShare) * wave);
}

/** @param totalSteps as far as it can be told */
export function warmUpSteps(totalSteps: number): number {
  const least = Math.min(leastWarmUpSteps, mostWarmUpShare * totalSteps);
  return Math.max(
    1,
    Math.round(Math.min(mostWarmUpSteps, Math.max(least, warmUpShare * totalSteps))),
  );
}

/** How much of the moving average stays at a step: little at first, when the weights are still far from anything. */
export const averageDecay = (step: number, greatest = 0.998): number =>
  Math.min(greatest, (1 + step) / (10 + step));
