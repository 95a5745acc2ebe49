// The one error type of this package: a user's mistake or a broken file, told in three parts.
// What can be repaired is not an error but a `Problem`, see `validate/problem.ts`.

import { type Fault, faultPhrase, inEnglish } from './phrase.ts';

/** Every way in which a call into this package can fail because of what it was given. */
export const cocoErrorCodes = {
  'json-syntax': 'The text is not JSON.',
  'json-truncated': 'The text ends in the middle.',
  'json-too-deep': 'Arrays and objects are nested deeper than the limit.',
  'json-value-too-large': 'One element takes more bytes than the limit.',
  'json-duplicate-key': 'An object has the same key twice.',
  'not-coco': 'The JSON is well formed but is no COCO file.',
  'bad-rle': 'A run-length encoded mask does not describe a picture of its size.',
  'bad-polygon': 'A polygon does not describe a region.',
  'bad-evaluation-input': 'Ground truth and results do not fit together.',
  'bad-format-input': 'A file of another annotation format could not be understood.',
  'unsafe-path': 'A file name would lead out of its folder.',
} as const satisfies Record<string, string>;

export type CocoErrorCode = keyof typeof cocoErrorCodes;

/**
 * Thrown for input that cannot be used at all. `message` is one sentence fit to be shown as it is.
 *
 * @example
 * try { await readCoco(source); } catch (error) {
 *   if (error instanceof CocoError && error.code === 'json-truncated') askForTheFileAgain();
 * }
 */
export class CocoError extends Error {
  readonly code: CocoErrorCode;
  readonly details: Fault;

  constructor(code: CocoErrorCode, details: Fault) {
    super(inEnglish(faultPhrase(details)));
    this.name = 'CocoError';
    this.code = code;
    this.details = details;
  }
}
