// What the trainer says of data, settings and files, in the form in which the workbench tells every error.

import { type Fault, phrase } from '@migaki/coco';
import { TrainError } from '@migaki/train/errors';

/** Null for an error that is none of the trainer's. */
export function trainFaultOf(error: unknown): Fault | null {
  if (!(error instanceof TrainError)) return null;
  const { where, expected, found, advice } = error.details;
  return {
    ...(where !== undefined && { where }),
    expected: phrase`${expected}`,
    found,
    ...(advice !== undefined && { advice: phrase`${advice}` }),
  };
}
