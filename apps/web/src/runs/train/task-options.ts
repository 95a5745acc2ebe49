// Which tasks the labels of a dataset allow. Pure.

import type { Facets, NumberField, TrainTask } from '@migaki/api';
import { taskNames } from './train-form.ts';

export interface TaskOption {
  task: TrainTask;
  /** Pictures that the task can learn from. */
  pictureCount: number;
  objectCount: number;
  /** Whether the labels allow it. */
  isPossible: boolean;
}

type Shape = 'box' | 'rotated' | 'polygon' | 'mask' | 'keypoints' | 'label';
const places: readonly Shape[] = ['box', 'rotated', 'polygon', 'mask', 'keypoints'];

/** Shapes that a task learns from; null where it learns from something else. */
const shapesOf: Record<TrainTask, readonly Shape[] | null> = {
  detect: places,
  segment: ['polygon', 'mask'],
  pose: ['keypoints'],
  // What a picture shows is taken from its objects where it has no label of its own.
  classify: ['label', ...places],
  embed: ['label'],
  // A field of the pictures, which the person names: one with a number in two of them at least.
  regress: null,
};

/**
 * Pictures may have several shapes, so that their number is known only where there is one: the greatest is shown, which is at
 * least as many as there are.
 */
export function taskOptions(
  { shapes }: Pick<Facets, 'shapes'>,
  numberFields: readonly NumberField[],
): TaskOption[] {
  return taskNames.map((task): TaskOption => {
    const wanted = shapesOf[task];
    if (wanted === null) {
      const pictureCount = Math.max(0, ...numberFields.map(({ imageCount }) => imageCount));
      return { task, pictureCount, objectCount: 0, isPossible: pictureCount > 1 };
    }
    const found = shapes.filter(({ value }) => wanted.some((shape) => shape === value));
    return {
      task,
      pictureCount: Math.max(0, ...found.map((shape) => shape.imageCount)),
      objectCount: found.reduce((sum, shape) => sum + shape.objectCount, 0),
      isPossible: found.some((shape) => shape.objectCount > 0),
    };
  });
}
