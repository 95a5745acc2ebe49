// What goes between the trainer and the processes that make its batches.

import type { Size } from '../augment/layout.ts';
import type { Recipe } from '../augment/recipe.ts';
import type { ClassName, LabelledPicture } from '../samples/training-set.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';
import type { LaidDown } from './batch-file.ts';
import type { HostTensor } from './host-tensor.ts';

/** What stays the same for a whole run. */
export interface LoaderSettings {
  readonly plan: TaskPlan;
  readonly input: Size;
  readonly classes: readonly ClassName[];
  readonly seed: number;
  readonly cache: { readonly folder: string; readonly mostBytes: number };
  /** Where batches lie until the trainer takes them. */
  readonly batchFolder: string;
}

/** One row of a batch: a picture alone, four that share it, or two that are mixed. */
export interface BatchItem {
  /** What its random numbers are drawn from: with the same pictures and the same key it is the same row. */
  readonly key: number;
  readonly pictures: readonly LabelledPicture[];
}

export interface BatchRequest {
  readonly id: number;
  readonly items: readonly BatchItem[];
  /** Null: fitted into the input as they are. */
  readonly recipe: Recipe | null;
}

/** A picture that could not be read; the batch has grey in its place. */
export interface Unreadable {
  readonly imageId: number;
  readonly fileName: string;
  readonly reason: string;
}

export interface Batch {
  readonly id: number;
  /** Those of its items. */
  readonly keys: readonly number[];
  /** `pictures` [N,3,H,W] uint8, and what the task learns from. */
  readonly tensors: Readonly<Record<string, HostTensor>>;
  readonly unreadable: readonly Unreadable[];
}

export type LoaderAnswer =
  | { readonly batch: Batch }
  /** Its tensors lie in a file. */
  | { readonly batch: Omit<Batch, 'tensors'>; readonly laidDown: LaidDown }
  | { readonly id: number; readonly error: string };
