// From whatever was thrown to the body and status that the API promises. Errors end here: they are answered, and
// logged only when they are a fault of ours.

import { type ErrorBody, httpErrorCodes } from '@migaki/api';
import {
  CocoError,
  cocoErrorCodes,
  type Fault,
  faultPhrase,
  inEnglish,
  phrase,
} from '@migaki/coco';
import {
  databaseAway,
  isDatabaseAway,
  nameDiskFull,
  StoreError,
  storeErrorCodes,
} from '@migaki/store';
import { type TrainError, trainErrorCodes } from '@migaki/train/errors';
import { PictureError } from '../pictures/picture-error.ts';
import { trainFaultOf } from '../runs/train-fault.ts';

export type HttpErrorCode = keyof typeof httpErrorCodes;

/** What the HTTP layer itself refuses. */
export class HttpError extends Error {
  readonly code: HttpErrorCode;
  readonly details: Fault;

  constructor(code: HttpErrorCode, details: Fault) {
    super(inEnglish(faultPhrase(details)));
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
    return answer(httpErrorCodes[error.code].httpStatus, error.code, error.details);
  }
  if (error instanceof StoreError) return answer(error.httpStatus, error.code, error.details);
  if (error instanceof PictureError) return answer(422, error.code, error.details);
  if (error instanceof CocoError) return answer(422, error.code, error.details);
  const trainFault = trainFaultOf(error);
  if (trainFault !== null) {
    const { code } = error as TrainError;
    return answer(statusOf(code), code, trainFault);
  }
  if (isBodyTooLarge(error)) {
    return answer(413, 'too-large', {
      expected: phrase`a smaller body`,
      found: phrase`one past the limit`,
    });
  }
  if (isRefusedByFastify(error)) {
    return answer(error.statusCode, 'bad-request', {
      expected: phrase`a request that can be read`,
      found: error.message.replace(/\.$/, ''),
    });
  }
  if (isDatabaseAway(error) || isAfterStop(error)) return answer(503, 'unavailable', databaseAway);
  const fault: Fault = {
    expected: phrase`an answer`,
    found: phrase`a mistake of ours`,
    advice: phrase`The server’s log tells more under ${requestId}.`,
  };
  return { ...answer(500, 'internal', fault), isFault: true };
}

function answer(status: number, code: string, fault: Fault): ErrorAnswer {
  const message = inEnglish(faultPhrase(fault));
  return { status, body: { error: { code, message, ...fault } }, isFault: false };
}

/** The HTTP status of a code, whichever part of the workbench it comes from. */
export function statusOf(code: string): number {
  if (Object.hasOwn(cocoErrorCodes, code)) return 422;
  const known: Record<string, { httpStatus: number }> = { ...httpErrorCodes, ...storeErrorCodes };
  if (Object.hasOwn(known, code)) return known[code].httpStatus;
  return Object.hasOwn(trainErrorCodes, code) ? 422 : 500;
}

/** A request that was still at work when the workbench stopped: nobody waits for its answer, and nothing is wrong. */
const isAfterStop = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('after calling end on the pool');

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const isBodyTooLarge = (error: unknown): boolean => codeOf(error) === 'FST_ERR_CTP_BODY_TOO_LARGE';

/** Fastify's own refusals: malformed JSON, an unknown media type. */
const isRefusedByFastify = (error: unknown): error is Error & { statusCode: number } =>
  codeOf(error).startsWith('FST_') &&
  (error as { statusCode?: number }).statusCode !== undefined &&
  (error as { statusCode: number }).statusCode < 500;
