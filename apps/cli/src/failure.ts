// How a run that failed is told: to people in one line, to machines as data.

import type { CocoError } from '@migaki/coco';
import { CliError } from './cli-error.ts';
import { type ExitName, exitOfStatus } from './exit-codes.ts';
import type { Terminal } from './terminal/terminal.ts';
import { printable } from './terminal/words.ts';

export interface Failure {
  exit: ExitName;
  text: string;
  report: Record<string, unknown>;
}

export function describeFailure(error: unknown, { paint }: Terminal): Failure {
  const told = (exit: ExitName, message: string, more: Record<string, unknown> = {}): Failure => ({
    exit,
    text: `${paint('red', 'error')} ${printable(message)}`,
    report: { exit, message, ...more },
  });
  if (error instanceof CliError) return told(error.exit, error.message);
  if (isRefusal(error)) {
    const exit = exitOfStatus('httpStatus' in error ? error.httpStatus : error.status);
    return told(exit, error.message, { code: error.code, ...error.details });
  }
  if (isAboutInput(error)) {
    return told('input', error.message, { code: error.code, ...error.details });
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exit: 'bug',
    text: [
      `${paint('red', 'error')} Sorry, this is a mistake in Migaki, not in your data.`,
      'Please report it with the lines below and the command that you ran.',
      '',
      stack,
      `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    ].join('\n'),
    report: { exit: 'bug', message: stack },
  };
}

/** What the workbench refuses, told by the store or over HTTP. */
type Refusal = Pick<CocoError, 'message' | 'code' | 'details'> &
  ({ httpStatus: number } | { status: number });

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && (error.name === 'StoreError' || error.name === 'ApiError');
}

/** Of a file that was given. Told by its name: a run that fails on its command line need not load whole packages for it. */
function isAboutInput(error: unknown): error is Pick<CocoError, 'message' | 'code' | 'details'> {
  return error instanceof Error && (error.name === 'CocoError' || error.name === 'TrainError');
}
