// Measuring fairly: contenders take turns (A B A B …), so that a machine which grows warm or busy slows all of
// them alike; one run of each to warm up is thrown away; the median is reported.

/**
 * Runs each contender once to warm up and then `runs` times, in turns. A contender that is null (a peer that this
 * machine lacks) is left out and has no results.
 *
 * @example
 * const { ours, peer } = await takeTurns(3, { ours: () => secondsOf(sortOurs), peer: () => secondsOf(sortTheirs) });
 * const speedUp = median(peer) / median(ours);
 */
export async function takeTurns<Contenders extends Record<string, (() => unknown) | null>>(
  runs: number,
  contenders: Contenders,
): Promise<Results<Contenders>> {
  const names: (keyof Contenders)[] = Object.keys(contenders);
  const results = Object.fromEntries(
    names.map((name) => [name, []]),
  ) as unknown as Results<Contenders>;
  for (let turn = 0; turn <= runs; turn++) {
    for (const name of names) {
      const contender = contenders[name];
      if (contender === null) continue;
      const result = (await contender()) as Results<Contenders>[typeof name][number];
      if (turn > 0) results[name].push(result);
    }
  }
  return results;
}

/** What each contender resolved to, run by run. */
type Results<Contenders extends Record<string, (() => unknown) | null>> = {
  [Name in keyof Contenders]: Awaited<ReturnType<NonNullable<Contenders[Name]>>>[];
};

/** Wall seconds that one call takes in this process. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
