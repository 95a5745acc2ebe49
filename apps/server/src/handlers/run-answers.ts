// From the store's records of runs and models to the API's.

import type { Model, ModelVersion, Run, RunDetail, RunFile } from '@migaki/api';
import {
  latestValues,
  listRunFiles,
  type Store,
  type Model as StoredModel,
  type Run as StoredRun,
  type RunFile as StoredRunFile,
  type ModelVersion as StoredVersion,
} from '@migaki/store';
import { time, timeOrNull } from './answers.ts';

export function run({ perClass: _, error, ...stored }: StoredRun): Run {
  const { state, progress, elapsedSeconds } = stored;
  const isPredictable = state === 'running' && elapsedSeconds !== null && progress > 0;
  return {
    ...stored,
    task: stored.task as Run['task'],
    secondsLeft: isPredictable ? (elapsedSeconds * (1 - progress)) / progress : null,
    error: error && { code: error.code ?? 'internal', message: error.message, ...error.fault },
    createdAt: time(stored.createdAt),
    startedAt: timeOrNull(stored.startedAt),
    finishedAt: timeOrNull(stored.finishedAt),
  };
}

export const runFile = (stored: StoredRunFile): RunFile => ({
  ...stored,
  createdAt: time(stored.createdAt),
});

export async function runDetail(store: Store, stored: StoredRun): Promise<RunDetail> {
  const [files, latest] = await Promise.all([
    listRunFiles(store, stored.id),
    latestValues(store, stored.id),
  ]);
  return {
    ...run(stored),
    perClass: stored.perClass,
    files: files.map(runFile),
    latest,
    curves: Object.keys(latest),
  };
}

/** What the card of a model says, as far as it is shown. */
interface ShownCard {
  size?: string;
  input?: { width: number; height: number };
  classes?: { categoryId: number; name: string; keypoints?: string[] }[];
}

export function modelVersion({
  id: _,
  card,
  validation: __,
  init: ___,
  ...stored
}: StoredVersion): ModelVersion {
  const { size = null, input, classes = [] } = card as ShownCard;
  return {
    ...stored,
    task: stored.task as ModelVersion['task'],
    size,
    classes: classes.map(({ categoryId, name, keypoints = [] }) => ({
      categoryId,
      name,
      keypoints,
    })),
    inputWidth: input?.width ?? 0,
    inputHeight: input?.height ?? 0,
    createdAt: time(stored.createdAt),
  };
}

export const model = ({
  latest,
  createdAt,
  ...stored
}: Omit<StoredModel, 'versions'> & {
  latest: StoredVersion | null;
  versionCount: number;
}): Model => ({ ...stored, latest: latest && modelVersion(latest), createdAt: time(createdAt) });

export const modelDetail = ({ versions, ...stored }: StoredModel) => ({
  ...model({ ...stored, latest: versions[0] ?? null, versionCount: versions.length }),
  versions: versions.map(modelVersion),
});
