// Runs side by side.

import type { PinnedDataset, Run } from '@migaki/store';
import { metricColumn } from './metric-column.ts';

export interface RunComparison {
  settings: { name: string; values: unknown[]; isSame: boolean }[];
  metrics: {
    name: string;
    isMoreBetter: boolean | null;
    values: (number | null)[];
    best: number[];
  }[];
}

/** What each run was asked or settled for, and what it reached; those that differ first, in the order of their names. */
export function compareRuns(runs: readonly Run[]): RunComparison {
  const asked = runs.map(
    ({ task, dataset, validation, init, settings, settled }): Record<string, unknown> => ({
      ...(task !== null && { task }),
      ...(dataset !== null && { dataset: pinText(dataset) }),
      ...(validation !== null && { validation: pinText(validation) }),
      ...(init !== null && { init: init.name }),
      ...settled,
      ...settings,
    }),
  );
  const settings = namesIn(asked).map((name) => {
    const values = asked.map((of) => of[name] ?? null);
    const isSame = new Set(values.map((value) => JSON.stringify(value))).size === 1;
    return { name, values, isSame };
  });
  const metrics = namesIn(runs.map((of) => of.metrics)).map((name) => {
    const values = runs.map((of) => of.metrics[name] ?? null);
    const ofTraining = runs.some((of) => of.kind === 'training' && name in of.metrics);
    const column = metricColumn({ name, ofTraining });
    return { ...column, values, best: bestOf(values, column.isMoreBetter) };
  });
  return {
    settings: [
      ...settings.filter(({ isSame }) => !isSame),
      ...settings.filter(({ isSame }) => isSame),
    ],
    metrics,
  };
}

/** What was learned from is another thing where only a part of it was. */
const pinText = ({ name, version, query }: PinnedDataset): string =>
  [name, version, query].filter((part) => part !== undefined).join(' · ');

const namesIn = (records: readonly Record<string, unknown>[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

/** Positions of the best; none where that says nothing. */
function bestOf(values: readonly (number | null)[], isMoreBetter: boolean | null): number[] {
  const there = values.filter((value) => value !== null);
  if (isMoreBetter === null || new Set(there).size < 2) return [];
  const best = isMoreBetter ? Math.max(...there) : Math.min(...there);
  return [...values.keys()].filter((index) => values[index] === best);
}
