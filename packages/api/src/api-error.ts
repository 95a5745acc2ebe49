// How a failed call looks on the wire, the same for every route.

import { z } from 'zod';
import { words } from './routes/common.ts';

/** What the sentence says, part by part. */
export const faultParts = {
  where: words.optional(),
  expected: words.optional(),
  found: words.optional(),
  advice: words.optional(),
};

/** `{ "error": { code, message, … } }` with an HTTP status of 400 and up. */
export const errorBody = z.object({
  error: z.object({
    /** Stable, for programs: `dataset-not-found`. */
    code: z.string(),
    /** One sentence in English: where, what was expected, what came, what to do. */
    message: z.string(),
    ...faultParts,
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** Codes that the HTTP layer itself answers with; the others come from the parts behind it. */
export const httpErrorCodes = {
  'bad-request': {
    httpStatus: 400,
    meaning: 'The request does not have the form that the route asks for.',
  },
  'not-logged-in': { httpStatus: 401, meaning: 'The call carries no valid token or session.' },
  'not-allowed': {
    httpStatus: 403,
    meaning: 'The token or session does not have the needed permission.',
  },
  'cross-site': { httpStatus: 403, meaning: 'A browser sent the call from another site.' },
  'no-such-route': { httpStatus: 404, meaning: 'There is nothing under this address.' },
  'too-large': { httpStatus: 413, meaning: 'The body is larger than the limit.' },
  internal: {
    httpStatus: 500,
    meaning: 'A mistake of ours; the server log has the details under the request id.',
  },
  unavailable: {
    httpStatus: 503,
    meaning: 'The database is not reachable at the moment; try again.',
  },
} as const satisfies Record<string, { httpStatus: number; meaning: string }>;

/** Thrown by the client for every answer that is no success, and where no answer came (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ErrorBody['error'];

  constructor(status: number, details: ErrorBody['error'], options?: ErrorOptions) {
    super(details.message, options);
    this.name = 'ApiError';
    this.status = status;
    this.code = details.code;
    this.details = details;
  }
}
