// What is fuzzed: inputs from fast-check, so that a failure is shrunk to its core and can be seen again.

import type fc from 'fast-check';
import { CocoError } from '../../packages/coco/src/index.ts';

export interface FuzzTarget<Input> {
  name: string;
  inputs: fc.Arbitrary<Input>;
  /** Throws for what must not happen. */
  check(input: Input): Promise<void> | void;
}

/**
 * What the work gives, or undefined where it refuses its input with a CocoError. Everything else that it throws is a
 * failure, and so is a CocoError that does not say what it expected and what it found.
 */
export async function unlessRefused<Result>(
  work: () => Promise<Result> | Result,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CocoError)) throw error;
    if (error.details.expected === '' || error.details.found === '') throw error;
    return undefined;
  }
}
