import type { Fault } from '@migaki/coco';
import { TrainError, trainFault } from '@migaki/train/errors';

/** What the trainer says of data, settings and files; null for an error that is none of the trainer's. */
export const trainFaultOf = (error: unknown): Fault | null =>
  error instanceof TrainError ? trainFault(error.details) : null;
