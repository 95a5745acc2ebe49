// What a trainer tells, written down as it comes. While the database is away it waits, and nothing of it is lost.

import { setTimeout as sleep } from 'node:timers/promises';
import {
  addRunPoints,
  addRunSamples,
  cutRunPoints,
  isDatabaseAway,
  type RunNews,
  type RunPoint,
  type RunSample,
  type Store,
  tellRun,
} from '@migaki/store';

export interface RunTeller {
  news(news: RunNews): void;
  points(points: readonly RunPoint[]): void;
  samples(at: { step: number; epoch: number }, samples: readonly RunSample[]): void;
  /** The run goes on from this step: what was told of later ones is to be forgotten. */
  cut(afterStep: number): void;
  /** Resolves when everything is written. @throws what the database has against it */
  written(): Promise<void>;
}

type Write = () => Promise<void>;

const pauseMillis = 1_000;

export function openRunTeller(store: Store, runId: number): RunTeller {
  /** In the order in which it was told; points and news that follow each other become one. */
  let news: RunNews = {};
  let points: RunPoint[] = [];
  let others: Write[] = [];
  let writing: Promise<void> | null = null;
  let failure: unknown = null;

  const takeAll = (): Write[] => {
    const [saidNews, saidPoints] = [news, points];
    const writes = [
      ...others,
      ...(saidPoints.length > 0 ? [() => addRunPoints(store, runId, saidPoints)] : []),
      // The last, because whoever looks on is told by it.
      ...(Object.keys(saidNews).length > 0 ? [() => tellRun(store, runId, saidNews)] : []),
    ];
    [news, points, others] = [{}, [], []];
    return writes;
  };
  const writeAll = async () => {
    for (let writes = takeAll(); writes.length > 0; writes = takeAll()) {
      for (const write of writes) await untilWritten(write);
    }
  };
  const begin = () => {
    writing ??= writeAll()
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        writing = null;
      });
  };
  return {
    news(more) {
      news = { ...news, ...more };
      begin();
    },
    points(more) {
      points.push(...more);
      begin();
    },
    samples(at, samples) {
      others.push(() => addRunSamples(store, runId, at, samples));
      begin();
    },
    cut(afterStep) {
      others.push(() => cutRunPoints(store, runId, afterStep));
      begin();
    },
    async written() {
      while (writing !== null) await writing;
      if (failure !== null) throw failure;
    },
  };
}

async function untilWritten(write: Write): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await sleep(pauseMillis);
    }
  }
}
