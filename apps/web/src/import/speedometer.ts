// Speed over the last seconds, steady enough to be read.

const spanMillis = 6000;

/**
 * @example
 * const speed = createSpeedometer();
 * speed.perSecond(0, 0); // null
 * speed.perSecond(2000, 1000); // 2000
 */
export function createSpeedometer() {
  let samples: { amount: number; millis: number }[] = [];
  return {
    /** @param amount done so far, @param millis on any clock. @returns null before there is a second sample */
    perSecond(amount: number, millis: number): number | null {
      samples = samples.filter((sample) => millis - sample.millis <= spanMillis);
      samples.push({ amount, millis });
      const [first] = samples;
      const elapsed = millis - first.millis;
      return elapsed > 0 ? Math.max(0, ((amount - first.amount) / elapsed) * 1000) : null;
    },
  };
}
