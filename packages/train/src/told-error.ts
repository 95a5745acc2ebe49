// Errors on their way from one process to another.

import { TrainError, type TrainErrorCode, type TrainErrorDetails } from './train-error.ts';

export interface ToldError {
  /** Null for a fault of our own. */
  readonly code: TrainErrorCode | null;
  readonly details: TrainErrorDetails | null;
  readonly message: string;
  readonly stack: string | undefined;
}

export function toldError(error: unknown): ToldError {
  const { message, stack } = error as Error;
  const { code, details } = error instanceof TrainError ? error : { code: null, details: null };
  return { code, details, message, stack };
}

export function errorFrom({ code, details, message, stack }: ToldError): Error {
  if (code !== null && details !== null) return new TrainError(code, details);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
