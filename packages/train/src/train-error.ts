// The one error type of this package for what a person or a machine brings about: labels that cannot be learned from, a
// file that is no model, memory that is not there. A fault of our own is a plain Error.

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
  'unreadable-pictures': 'Too many pictures cannot be read.',
  'bad-checkpoint': 'A checkpoint is damaged, or belongs to another run.',
  'disk-full': 'There is no space left on the disk.',
} as const satisfies Record<string, string>;

export type TrainErrorCode = keyof typeof trainErrorCodes;

export interface TrainErrorDetails {
  /** Where: a picture, a file, a step, a node. */
  where?: string;
  /** What would have been right. */
  expected: string;
  /** What came instead. */
  found: string;
  /** What the person can do about it. */
  advice?: string;
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
    const where = details.where === undefined ? '' : `${details.where}: `;
    const advice = details.advice === undefined ? '' : ` ${details.advice}`;
    super(`${where}expected ${details.expected}, found ${details.found}.${advice}`);
    this.name = 'TrainError';
    this.code = code;
    this.details = details;
  }
}
