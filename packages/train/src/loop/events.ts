// What a run tells while it goes.

import type { Neighbour } from '../metrics/nearest-neighbours.ts';
import type { Scores } from '../metrics/score-answers.ts';
import type { PictureAnswer } from '../predict/picture-answer.ts';
import type { RunPlan } from './run-plan.ts';

/** What a model says of one picture at some time, to be drawn on it. */
export interface SampleAnswer {
  readonly imageId: number;
  readonly fileName: string;
  readonly answer: PictureAnswer;
  /** Of an embedding the most alike of the pictures for validation, the nearest first; of other tasks none. */
  readonly neighbours: readonly Neighbour[];
}

export type TrainEvent =
  | {
      readonly type: 'settled';
      readonly plan: RunPlan;
      readonly parameterCount: number;
      /** How many were made before: 0, or where a run goes on. */
      readonly step: number;
      readonly stepsPerEpoch: number;
    }
  | { readonly type: 'note'; readonly level: 'info' | 'warning'; readonly text: string }
  | {
      readonly type: 'step';
      readonly step: number;
      /** With a fraction. */
      readonly epoch: number;
      /** From 0 to 1. */
      readonly progress: number;
      /** Means since the last of these events. */
      readonly loss: number;
      readonly parts: Readonly<Record<string, number>>;
      readonly gradientNorm: number;
      readonly learningRate: number;
      /** Since the run began, pauses between its parts not counted. */
      readonly elapsedSeconds: number;
      readonly picturesPerSecond: number;
      /** Share of the time in which the step was computed, not waited for pictures. */
      readonly busyShare: number;
    }
  | {
      readonly type: 'validated';
      readonly step: number;
      readonly epoch: number;
      readonly scores: Scores;
      /** How many pictures were looked at. */
      readonly pictureCount: number;
      readonly isBest: boolean;
      readonly samples: readonly SampleAnswer[];
    }
  | { readonly type: 'phase'; readonly phase: 'validating' | 'exporting' | 'quantising' };
