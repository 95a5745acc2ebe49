import { ApiError } from '@migaki/api';
import { CliError } from '../cli-error.ts';

/** What the workbench had begun, it goes on with: whoever lost it while they waited must not begin anew. */
export function stillGoing(error: unknown, what: 'job' | 'training'): unknown {
  if (!(error instanceof ApiError) || error.code !== 'unreachable') return error;
  const list = what === 'job' ? 'jobs' : 'runs';
  return new CliError(
    'service',
    `${error.message} The ${what} is kept and goes on where it was when the workbench is started again (migaki up); migaki ${list} tells how far it is.`,
  );
}
