// Tells how a run goes: means over the steps since it last told, about once a second.

import type { TrainEvent } from './events.ts';
import type { StepResult } from './stepper.ts';

export interface StepAccount {
  readonly result: StepResult;
  readonly step: number;
  readonly epoch: number;
  readonly progress: number;
  readonly learningRate: number;
  readonly pictures: number;
  readonly elapsedSeconds: number;
}

export interface Teller {
  note(account: StepAccount): void;
  /** Says what was not said yet. */
  flush(): void;
  /** Leaves a pause, such as a validation, out of the account. */
  pause(milliseconds: number): void;
  /** Share of the time so far in which steps were computed. */
  busyShare(): number;
}

const intervalMillis = 1000;

export function makeTeller(tell: (event: TrainEvent) => void): Teller {
  const startedAt = performance.now();
  let [computing, pausing] = [0, 0];
  let window = emptyWindow();
  const busyShare = () => computing / Math.max(1, performance.now() - startedAt - pausing);
  const flush = () => {
    const { last, count } = window;
    if (last === null) return;
    const seconds = (performance.now() - window.since - window.pausing) / 1000;
    const mean = (sum: number) => sum / count;
    tell({
      type: 'step',
      step: last.step,
      epoch: last.epoch,
      progress: last.progress,
      loss: mean(window.loss),
      parts: Object.fromEntries([...window.parts].map(([name, sum]) => [name, mean(sum)])),
      gradientNorm: mean(window.gradientNorm),
      learningRate: last.learningRate,
      elapsedSeconds: last.elapsedSeconds,
      picturesPerSecond: window.pictures / Math.max(1e-3, seconds),
      busyShare: busyShare(),
    });
    window = emptyWindow();
  };
  return {
    note(account) {
      const { loss, parts, gradientNorm, milliseconds } = account.result;
      computing += milliseconds;
      window.last = account;
      window.count++;
      window.loss += loss;
      window.gradientNorm += gradientNorm;
      window.pictures += account.pictures;
      for (const [name, value] of Object.entries(parts)) {
        window.parts.set(name, (window.parts.get(name) ?? 0) + value);
      }
      if (performance.now() - window.since >= intervalMillis) flush();
    },
    flush,
    pause(milliseconds) {
      pausing += milliseconds;
      window.pausing += milliseconds;
    },
    busyShare,
  };
}

const emptyWindow = () => ({
  since: performance.now(),
  pausing: 0,
  last: null as StepAccount | null,
  count: 0,
  loss: 0,
  gradientNorm: 0,
  pictures: 0,
  parts: new Map<string, number>(),
});
