import { phrase } from '@migaki/coco';
import { HttpError } from './http-error.ts';

/** The refusal of a query together with a version. */
export const queryOfVersion = (query: string): HttpError =>
  new HttpError('bad-request', {
    where: 'body.query',
    expected: phrase`no query together with a version`,
    found: query,
    advice: phrase`Queries speak of the dataset as it is now.`,
  });
