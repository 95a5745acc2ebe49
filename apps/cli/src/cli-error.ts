import type { ExitName } from './exit-codes.ts';

/** A failure that is not our bug; `message` is one sentence or two, fit to be shown as it is. */
export class CliError extends Error {
  readonly exit: ExitName;

  constructor(exit: ExitName, message: string) {
    super(message);
    this.name = 'CliError';
    this.exit = exit;
  }
}
