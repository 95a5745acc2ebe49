// How fast a job goes on, for what it says of the time that is left.

interface Done {
  /** Of `unit`: pictures, annotations, … A job may have parts that count different things. */
  done: number;
  unit: string;
}

/** Over how long the rate is averaged. */
const AVERAGED_SECONDS = 5;
/** What comes sooner after the last is counted with the next. */
const LEAST_SECONDS = 0.15;

/**
 * Units per second, averaged with weights that fade; null until something was done. Where a part begins that counts something
 * else, or what was done before, it begins anew.
 *
 * @param now in milliseconds
 */
export function makeRateMeter(
  first: Done,
  now: () => number = () => performance.now(),
): (done: Done) => number | null {
  let last = { ...first, at: now() };
  let rate: number | null = null;
  return ({ done, unit }) => {
    const at = now();
    if (unit !== last.unit || done < last.done) {
      last = { done, unit, at };
      rate = null;
      return rate;
    }
    const seconds = (at - last.at) / 1000;
    if (seconds < LEAST_SECONDS) return rate;
    const latest = (done - last.done) / seconds;
    const weight = 1 - Math.exp(-seconds / AVERAGED_SECONDS);
    if (rate !== null) rate += weight * (latest - rate);
    else if (latest > 0) rate = latest;
    last = { done, unit, at };
    return rate;
  };
}
