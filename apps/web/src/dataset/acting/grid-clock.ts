// How long a person worked for what was just done in a grid: since what was done before, without breaks. Pure.

/** A longer gap between two movements was a break, as in the annotator. */
const idleMillis = 30_000;
/** Whoever looked around for longer did not do so for this one picture. */
const mostMillis = 60_000;

export interface GridClock {
  /** Worked since the last deed. */
  readonly openMillis: number;
  readonly lastMillis: number | null;
}

export const stoppedClock: GridClock = { openMillis: 0, lastMillis: null };

/** A key went down, the pointer moved. */
export function moved({ openMillis, lastMillis }: GridClock, atMillis: number): GridClock {
  const gap = lastMillis === null ? 0 : atMillis - lastMillis;
  return {
    openMillis: openMillis + (gap > 0 && gap <= idleMillis ? gap : 0),
    lastMillis: Math.max(atMillis, lastMillis ?? atMillis),
  };
}

/** Something was done: it took so long, and the clock begins anew. */
export function deedDone(clock: GridClock, atMillis: number): { clock: GridClock; millis: number } {
  const { openMillis, lastMillis } = moved(clock, atMillis);
  return { clock: { openMillis: 0, lastMillis }, millis: Math.min(openMillis, mostMillis) };
}
