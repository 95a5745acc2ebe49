import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@migaki/api';
import { CliError } from '../cli-error.ts';

const pauseMillis = 500;
/** A database that does not come back for so long is a matter for people. */
const longestOutageMillis = 2 * 60_000;

/** When the workbench goes on with what it had begun, by the code with which it did not answer. */
const goesOn: Record<string, string> = {
  unreachable: 'when the workbench is started again (migaki up)',
  unavailable: 'when the database is back',
};

/** What the workbench had begun, it goes on with: whoever lost it while they waited must not begin anew. */
export function stillGoing(error: unknown, what: 'job' | 'training'): unknown {
  if (!(error instanceof ApiError) || !Object.hasOwn(goesOn, error.code)) return error;
  const list = what === 'job' ? 'jobs' : 'runs';
  return new CliError(
    'service',
    `${error.message} The ${what} is kept and goes on where it was ${goesOn[error.code]}; migaki ${list} tells how far it is.`,
  );
}

/** Asks again for as long as the workbench answers that its database is away, which most often is back in a moment. */
export async function throughOutage<Answer>(
  ask: () => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  const last = Date.now() + longestOutageMillis;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isAway = error instanceof ApiError && error.code === 'unavailable';
      if (!isAway || Date.now() > last) throw error;
    }
    await sleep(pauseMillis, null, { signal });
  }
}
