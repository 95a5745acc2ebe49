// What a model file says of itself, in the metadata of the ONNX file: enough to use it with nothing else at hand.

import { phrase } from '@migaki/coco';
import type { Size } from '../augment/layout.ts';
import type { ModelPlan } from '../model/model-plan.ts';
import type { ClassName } from '../samples/training-set.ts';
import type { TaskPlan } from '../tasks/task-plan.ts';
import { TrainError } from '../train-error.ts';

export const precisions = ['float32', 'float16', 'int8'] as const;
/** What a model computes with: `int8` has weights of eight bits and rounds the rest while it runs. */
export type Precision = (typeof precisions)[number];

/** Of the card; what reads a later one may have to know more. */
export const cardFormat = 1;

export interface ModelCard {
  readonly format: typeof cardFormat;
  readonly task: TaskPlan;
  /** In the order of the outputs. */
  readonly classes: readonly ClassName[];
  /** What pictures are fitted into, pixels. */
  readonly input: Size;
  /** Of the network; null for one that was begun from a network made elsewhere. */
  readonly size: ModelPlan['size'];
  readonly precision: Precision;
  /** What it scored on the pictures kept for validation, by name; empty where none were. */
  readonly scores: Readonly<Record<string, number>>;
  /** Where it comes from, such as the run and the dataset's version. */
  readonly origin: Readonly<Record<string, string>>;
}

const cardKey = 'migaki';

/** Besides the card itself a few of its entries for people and tools that look at metadata. */
export const metadataOf = (card: ModelCard): Record<string, string> => ({
  [cardKey]: JSON.stringify(card),
  task: card.task.task,
  names: JSON.stringify(Object.fromEntries(card.classes.map(({ name }, i) => [i, name]))),
  input_size: `${card.input.width}x${card.input.height}`,
  ...card.origin,
});

/**
 * @param where how messages call the file
 * @throws TrainError `not-a-model` for a file that was made by another program
 */
export function cardFrom(metadata: ReadonlyMap<string, string>, where: string): ModelCard {
  const text = metadata.get(cardKey);
  if (text !== undefined) {
    const card = JSON.parse(text) as ModelCard;
    if (card.format === cardFormat) return card;
    throw new TrainError('not-a-model', {
      where,
      expected: phrase`a model whose card is of format ${cardFormat}`,
      found: phrase`one of format ${card.format}`,
      advice: phrase`It was made by another version of the program; update this one.`,
    });
  }
  throw new TrainError('not-a-model', {
    where,
    expected: phrase`a model that was trained here, with its task and labels in the metadata`,
    found: phrase`an ONNX file without them`,
    advice: phrase`To begin a training from it, name it with --init.`,
  });
}
