// From whatever was thrown to the body and status that the API promises. Errors end here: they are answered, and
// logged only when they are a fault of ours.

import { type ErrorBody, httpErrorCodes } from '@migaki/api';
import { CocoError } from '@migaki/coco';
import { isDatabaseAway, nameDiskFull, StoreError } from '@migaki/store';
import { PictureError } from '../pictures/picture-error.ts';

export type HttpErrorCode = keyof typeof httpErrorCodes;

interface Details {
  where?: string;
  expected: string;
  found: string;
  advice?: string;
}

/** What the HTTP layer itself refuses. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  readonly details: Details;

  constructor(code: HttpErrorCode, details: Details) {
    super(sentence(details));
    this.name = 'HttpError';
    this.code = code;
    this.details = details;
  }
}

export interface ErrorAnswer {
  status: number;
  body: ErrorBody;
  /** True for a fault of ours, which the log should hold. */
  isFault: boolean;
}

/** @param requestId under which the log tells more, for faults of ours */
export function errorAnswer(thrown: unknown, requestId: string): ErrorAnswer {
  const error = nameDiskFull(thrown);
  if (error instanceof HttpError) {
    return answer(httpErrorCodes[error.code].httpStatus, error.code, error.message, error.details);
  }
  if (error instanceof StoreError)
    return answer(error.httpStatus, error.code, error.message, error.details);
  if (error instanceof PictureError) return answer(422, error.code, error.message);
  if (error instanceof CocoError) return answer(422, error.code, error.message, error.details);
  if (isBodyTooLarge(error)) {
    return answer(413, 'too-large', 'expected a smaller body, found one past the limit.');
  }
  if (isRefusedByFastify(error)) return answer(error.statusCode, 'bad-request', error.message);
  if (isDatabaseAway(error)) {
    return answer(
      503,
      'unavailable',
      'The database does not answer at the moment. Nothing is lost; try again.',
    );
  }
  const message = `A mistake of ours; the server's log tells more under ${requestId}.`;
  return { ...answer(500, 'internal', message), isFault: true };
}

function answer(status: number, code: string, message: string, details?: Details): ErrorAnswer {
  return { status, body: { error: { code, message, ...details } }, isFault: false };
}

function sentence({ where, expected, found, advice }: Details): string {
  const place = where === undefined ? '' : `${where}: `;
  return `${place}expected ${expected}, found ${found}.${advice === undefined ? '' : ` ${advice}`}`;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const isBodyTooLarge = (error: unknown): boolean => codeOf(error) === 'FST_ERR_CTP_BODY_TOO_LARGE';

/** Fastify's own refusals: malformed JSON, an unknown media type. */
const isRefusedByFastify = (error: unknown): error is Error & { statusCode: number } =>
  codeOf(error).startsWith('FST_') &&
  (error as { statusCode?: number }).statusCode !== undefined &&
  (error as { statusCode: number }).statusCode < 500;
