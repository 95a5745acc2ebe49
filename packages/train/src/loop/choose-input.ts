// How large the input of a network is: as small as the objects allow, because time goes with its area.

import type { Size } from '../augment/layout.ts';
import type { NetworkSize } from '../networks/residual.ts';
import type { LabelledPicture } from '../samples/training-set.ts';
import type { TaskName } from '../tasks/task-plan.ts';

/** Sides are multiples of the coarsest map's stride. */
const step = 32;
/** The longer side that a network of a size takes at most, for tasks that find objects and for those that do not. */
const mostPixels: Record<NetworkSize, { objects: number; whole: number }> = {
  tiny: { objects: 320, whole: 128 },
  small: { objects: 448, whole: 160 },
  medium: { objects: 640, whole: 224 },
};
/** The smaller ones (a quarter) of the smallest class are to have this many pixels along their side. */
const smallObjectPixels = 20;
/** A class with fewer objects says nothing of sizes. */
const leastObjects = 10;
const leastPixels = 160;

/** Whether a task is about places in the picture. */
export const findsObjects = (task: TaskName): boolean =>
  task === 'detect' || task === 'segment' || task === 'pose';

export function chooseInput(
  pictures: readonly LabelledPicture[],
  task: TaskName,
  size: NetworkSize,
  longerSide?: number,
): Size {
  const longest = median(pictures.map(({ width, height }) => Math.max(width, height)));
  const most = mostPixels[size][findsObjects(task) ? 'objects' : 'whole'];
  const wanted = findsObjects(task) ? enoughFor(pictures, most) : most;
  const side = longerSide ?? Math.min(wanted, up(longest));
  // As wide as pictures mostly are: what is not picture is computed for nothing.
  const aspect = median(pictures.map(({ width, height }) => width / height));
  const [width, height] = aspect >= 1 ? [side, side / aspect] : [side * aspect, side];
  return { width: up(width), height: up(height) };
}

/** The least longer side at which small objects are large enough. */
function enoughFor(pictures: readonly LabelledPicture[], most: number): number {
  const shares = new Map<number, number[]>();
  for (const { width, height, objects } of pictures) {
    for (const { classIndex, box } of objects) {
      const side = Math.sqrt((box[2] - box[0]) * (box[3] - box[1]));
      const list = shares.get(classIndex) ?? [];
      list.push(side / Math.max(width, height));
      shares.set(classIndex, list);
    }
  }
  const telling = [...shares.values()].filter(({ length }) => length >= leastObjects);
  if (telling.length === 0) return most;
  const small = Math.min(...telling.map((list) => quantile(list, 0.25)));
  return Math.min(most, Math.max(leastPixels, up(smallObjectPixels / small)));
}

/** To the next multiple; what is over by less than a tenth of a step does not count. */
const up = (length: number): number => Math.max(step, Math.ceil(length / step - 0.1) * step);

export const median = (values: readonly number[]): number => quantile(values, 0.5);

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
