// What part of a run is over.

import { mostComparedPictures } from '../export/compare-precisions.ts';
import type { RunPlan } from './run-plan.ts';

/** How far a run is, by its steps or by the clock. */
export interface RunClock {
  /** How much of the run lies between two validations. */
  readonly validationShare: number;
  /** From 0 to 1, when so many steps are made. */
  progressAt(step: number): number;
  /** As far as can be told after so many. */
  totalSteps(step: number): number;
  /** So that there is time for another one at the end, and for the comparison of precisions. */
  noteValidation(seconds: number, pictureCount: number): void;
}

/** A run is validated this often, and a long one no more seldom than this. */
const leastValidations = 15;
const mostEpochsBetween = 20;
const mostMinutesBetween = 10;

/** For what comes after the last step: the model is written, and opened in each precision. */
const endSeconds = 4;
/** A picture is shown to each precision, one after the other, of which some are slower: in times of its validation. */
const comparisonFactor = 5;

export function runClock(
  { minutes, epochs }: RunPlan,
  stepsPerEpoch: number,
  elapsed: () => number,
): RunClock {
  if (epochs !== null) {
    const total = epochs * stepsPerEpoch;
    return {
      validationShare: Math.min(1 / leastValidations, mostEpochsBetween / epochs),
      progressAt: (step) => step / total,
      totalSteps: () => total,
      noteValidation: () => {},
    };
  }
  const budget = (minutes as number) * 60;
  let lastSeconds = 0;
  const progressAt = () => Math.min(1, elapsed() / Math.max(1, budget - endSeconds - lastSeconds));
  return {
    validationShare: Math.min(1 / leastValidations, (mostMinutesBetween * 60) / budget),
    progressAt,
    totalSteps: (step) => step / Math.max(1e-3, progressAt()),
    noteValidation: (seconds, pictureCount) => {
      const compared = Math.min(1, mostComparedPictures / Math.max(1, pictureCount));
      lastSeconds = Math.max(lastSeconds, seconds * (1 + comparisonFactor * compared));
    },
  };
}
