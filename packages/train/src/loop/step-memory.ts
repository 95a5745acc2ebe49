// Whether there is memory for a step, told before the first one, and how many pictures there would be memory for.

import { phrase } from '@migaki/coco';
import { bindDims, type Graph, peakBytes, type Tensor } from '@migaki/graph';
import { TrainError } from '../train-error.ts';

/** What the runtime takes for each byte of values: work of its convolutions, and memory that it holds ready. Measured. */
const runtimeFactor = 1.5;
/** Of objects in a picture, where the graph takes any number. */
const assumedObjects = 32;

export interface StepMemory {
  /** Estimated. */
  readonly bytes: number;
  /** Of them those that do not grow with the batch. */
  readonly fixedBytes: number;
}

/** @param state what goes from step to step */
export function stepMemory(graph: Graph, state: ReadonlyMap<string, Tensor>): StepMemory {
  const names = graph.inputs.flatMap(({ shape }) =>
    (shape ?? []).filter((dim) => typeof dim === 'string'),
  );
  const bound = bindDims(graph, Object.fromEntries(names.map((name) => [name, assumedObjects])));
  // The one that is read and the one that is written.
  const fixed = 2 * [...state.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { bytes: runtimeFactor * peakBytes(bound), fixedBytes: runtimeFactor * fixed };
}

/** @throws TrainError `out-of-memory` where a step of `batch` pictures needs more than there is, with what would fit */
export function refuseTooLarge(
  { bytes, fixedBytes }: StepMemory,
  batch: number,
  availableBytes: number,
): void {
  if (bytes <= availableBytes) return;
  const fitting = Math.floor((batch * (availableBytes - fixedBytes)) / (bytes - fixedBytes));
  throw new TrainError('out-of-memory', {
    where: phrase`a step of ${batch} pictures`,
    expected: phrase`at most ${gigabytes(availableBytes)} of memory, which are free`,
    found: phrase`about ${gigabytes(bytes)} that it needs`,
    advice:
      fitting >= 1
        ? phrase`A batch of ${fitting} would fit; so would a smaller input or a smaller network.`
        : phrase`Not even one picture would fit: take a smaller input or a smaller network.`,
  });
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** What the runtime says when it is given no memory. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && /bad.?alloc|failed to allocate|out of memory/i.test(error.message);
