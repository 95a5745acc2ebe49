// Why saving came to nothing, and what that means for the queue.

export const failureKinds = {
  /** No answer. */
  offline: 'wait',
  /** The server answered that it cannot now: a restart, a mistake of its own. */
  'server-error': 'wait',
  'disk-full': 'wait',
  'session-expired': 'stop',
  /** Someone else changed or deleted the same object. */
  conflict: 'stop',
  /** The server will never take it: picture or category are gone, or the edit makes no sense. */
  refused: 'stop',
} as const satisfies Record<string, 'wait' | 'stop'>;
export type FailureKind = keyof typeof failureKinds;

export interface Failure {
  readonly kind: FailureKind;
  /** As the server names it: tells refusals apart. */
  readonly code: string;
  /** One sentence fit to be shown. */
  readonly message: string;
}

/** Codes of the server that say more than their status. */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  'changed-meanwhile': 'conflict',
  'annotation-not-found': 'conflict',
  'disk-full': 'disk-full',
};

/**
 * What an error of the API's client means; it has just these fields.
 *
 * @param error with the HTTP status, 0 where no answer came
 * @example failureOf({ status: 409, code: 'changed-meanwhile', message: 'expected …' }).kind; // 'conflict'
 */
export function failureOf({
  status,
  code,
  message,
}: {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}): Failure {
  return { kind: kindOfCode[code] ?? kindOfStatus(status), code, message };
}

function kindOfStatus(status: number): FailureKind {
  if (status === 0) return 'offline';
  if (status === 401) return 'session-expired';
  // Too many requests and a proxy's time limit pass.
  if (status === 408 || status === 429 || status >= 500) return 'server-error';
  return 'refused';
}
