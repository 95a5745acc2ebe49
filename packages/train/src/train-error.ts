// The one error type of this package for what a person or a machine brings about: labels that cannot be learned from, a
// file that is no model, memory that is not there. A fault of our own is a plain Error.

import { type Fault, faultPhrase, inEnglish, type Phrase, phrase, type Words } from '@migaki/coco';

/** Every way in which training, exporting or predicting can be refused or end. */
export const trainErrorCodes = {
  'nothing-to-learn': 'The dataset has nothing that the task could learn from.',
  'bad-setting': 'A setting is out of its range, or does not fit the others.',
  'bad-init': 'The file to begin from cannot be used as a backbone.',
  'not-a-model': 'The file is no model that this program can run.',
  'no-such-model': 'The hub has no such file.',
  'hub-unreachable': 'The hub does not answer.',
  'loss-not-finite': 'The loss is no number any more.',
  'out-of-memory': 'The step needs more memory than there is.',
  'loader-died': 'The processes that read the pictures end again and again.',
  'predictor-died': 'A process in which the model looked at pictures has ended.',
  'unreadable-pictures': 'Too many pictures cannot be read.',
  'bad-checkpoint': 'A checkpoint is damaged, or belongs to another run.',
  'no-time': 'The time is over before the first step.',
  'disk-full': 'There is no space left on the disk.',
} as const satisfies Record<string, string>;

export type TrainErrorCode = keyof typeof trainErrorCodes;

export interface TrainErrorDetails {
  /** Where: a picture, a file, a step, a node. */
  where?: Words;
  /** What would have been right. */
  expected: Words;
  /** What came instead. */
  found: Words;
  /** What the person can do about it. */
  advice?: Words;
}

/**
 * `message` is one sentence fit to be shown as it is.
 *
 * @example
 * if (error instanceof TrainError && error.code === 'out-of-memory') offerSmallerBatch();
 */
export class TrainError extends Error {
  readonly code: TrainErrorCode;
  readonly details: TrainErrorDetails;

  constructor(code: TrainErrorCode, details: TrainErrorDetails) {
    super(inEnglish(faultPhrase(trainFault(details))));
    this.name = 'TrainError';
    this.code = code;
    this.details = details;
  }
}

/** The details as every other error tells its own; what comes from elsewhere, such as the runtime's own words, stays as it is. */
export const trainFault = ({ where, expected, found, advice }: TrainErrorDetails): Fault => ({
  ...(where !== undefined && { where }),
  expected: asPhrase(expected),
  // What another program says often ends with a full stop of its own.
  found: typeof found === 'string' ? found.replace(/(?<!\.)\.$/, '') : found,
  ...(advice !== undefined && { advice: asPhrase(advice) }),
});

const asPhrase = (words: Words): Phrase => (typeof words === 'string' ? phrase`${words}` : words);
