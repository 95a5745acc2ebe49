// What is wrong with a file that should be a picture. One such file never stops an import: it is listed.

import { type Fault, faultPhrase, inEnglish } from '@migaki/coco';

export const pictureErrorCodes = {
  'not-a-picture': 'The file is no picture of a kind that can be read.',
  'damaged-picture': 'The picture begins well but cannot be read to its end.',
  'too-many-pixels': 'The picture has more pixels than the limit.',
} as const satisfies Record<string, string>;

export type PictureErrorCode = keyof typeof pictureErrorCodes;

export class PictureError extends Error {
  readonly code: PictureErrorCode;
  readonly details: Fault;

  constructor(code: PictureErrorCode, details: Fault, options?: ErrorOptions) {
    super(inEnglish(faultPhrase(details)), options);
    this.name = 'PictureError';
    this.code = code;
    this.details = details;
  }
}
