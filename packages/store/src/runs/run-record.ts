// What the records of runs and models are made of.

import type { Fault, Segmentation } from '@migaki/coco';

export const runStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

export type RunKind = 'training' | 'external';

/** A dataset as it was; its name may be another one by now. */
export interface PinnedVersion {
  name: string;
  version: string;
  revision: number;
  /** Only of the images that matched this when the run was begun; absent for all. */
  query?: string;
}

/** `PinnedVersion` with the dataset's id, null once that is deleted for good. */
export interface PinnedDataset extends PinnedVersion {
  datasetId: number | null;
}

/** What a run began from: `cells@3`, a name of the hub, or the name of a file. */
export interface RunOrigin {
  kind: 'model' | 'hub' | 'file';
  name: string;
}

export interface ModelReference {
  modelId: number;
  name: string;
  version: number;
  aliases: string[];
}

export interface RunFailure {
  /** One sentence in English. */
  message: string;
  /** The same in its parts; null for a failure that nobody foresaw. */
  fault: Fault | null;
  code: string | null;
}

/** Scores of one class, by name. */
export interface ClassMetrics {
  class: string;
  metrics: Record<string, number | null>;
}

/** What a model is like in one precision. */
export interface MeasuredPrecision {
  byteSize: number;
  millisecondsPerPicture: number;
  metrics: Record<string, number>;
}

/** Geometry as COCO writes it, pixels of the picture; null where there is none. */
export interface SampleObject {
  categoryId: number | null;
  categoryName: string;
  score: number | null;
  bbox: [number, number, number, number] | null;
  segmentation: Segmentation | null;
  keypoints: number[] | null;
  iscrowd: 0 | 1;
}

export interface SampleAnswer {
  objects: SampleObject[];
  /** Of a regression. */
  value: number | null;
  /** Of an embedding, the nearest first. */
  neighbours?: SampleNeighbour[];
}

/** A picture that the model takes for alike. */
export interface SampleNeighbour {
  imageId: number;
  fileName: string;
  /** From −1 to 1. */
  cosine: number;
  /** Whether it shows the same. */
  isSame: boolean;
}

/** Those of the numbers that are some: what JSON and a table can hold. */
export const finiteOnly = (values: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
