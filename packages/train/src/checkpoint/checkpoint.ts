// A run as it stands: the state of the step and what the loop has counted. With the run's plan it is enough to go on.

import { phrase } from '@migaki/coco';
import type { Tensor } from '@migaki/graph';
import { TrainError } from '../train-error.ts';
import { readIfThere } from './read-if-there.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { writeWhole } from './write-whole.ts';

/** What the loop has counted. */
export interface RunProgress {
  /** Steps made. */
  readonly step: number;
  readonly elapsedSeconds: number;
  /** The best value of the primary metric so far; null before the first validation. */
  readonly best: number | null;
  /** Validations since the best one. */
  readonly validationsSinceBest: number;
  /** Progress of the run at the last validation, from 0 to 1. */
  readonly validatedAt: number;
  /** Images that could not be read, and the epoch in which that was found. */
  readonly unreadable: Readonly<Record<string, number>>;
}

export interface Checkpoint {
  /** What tells this run from others. */
  readonly runKey: string;
  readonly progress: RunProgress;
  readonly state: ReadonlyMap<string, Tensor>;
}

/** @throws TrainError `disk-full`; the checkpoint that was there before is still there then. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { runKey, progress, state } = checkpoint;
  const metadata = { run: runKey, progress: JSON.stringify(progress) };
  await writeWhole(path, writeSafetensors({ tensors: state, metadata }));
}

/**
 * @returns null where there is none
 * @throws TrainError `bad-checkpoint` for one that is damaged or of another run
 */
export async function readCheckpoint(path: string, runKey: string): Promise<Checkpoint | null> {
  const bytes = await readIfThere(path);
  if (bytes === null) return null;
  const { tensors, metadata } = readSafetensors(bytes, path);
  if (metadata.run !== runKey) {
    throw new TrainError('bad-checkpoint', {
      where: path,
      expected: phrase`a checkpoint of this run`,
      found: phrase`one of another run or of other settings`,
      advice: phrase`Begin again without it, or resume the run that it belongs to.`,
    });
  }
  return { runKey, progress: JSON.parse(metadata.progress), state: tensors };
}
