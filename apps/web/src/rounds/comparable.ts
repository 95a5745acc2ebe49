// Which rounds can be compared: by the metric, and on the pictures, that most of them have in common. Pure.

import type { Round } from '@migaki/api';

export interface MeasuredRound {
  /** `cells@3` */
  name: string;
  /** That the version had from which it learned. */
  labels: number | null;
  score: number;
}

export interface ComparableRounds {
  metric: string;
  /** The version on which they were measured; null where each was by the validation of its run. */
  version: string | null;
  /** The first one first. */
  points: MeasuredRound[];
}

export function comparable(rounds: readonly Round[]): ComparableRounds {
  const known = rounds.flatMap(({ model, metric, score, annotationCount, measuredOn }) =>
    metric === null || score === null
      ? []
      : [
          {
            metric,
            version: measuredOn,
            name: `${model.name}@${model.version}`,
            labels: annotationCount,
            score,
          },
        ],
  );
  const groups = [...Map.groupBy(known, ({ metric, version }) => `${metric} ${version}`).values()];
  const [most] = groups.sort((a, b) => b.length - a.length);
  if (most === undefined) return { metric: '', version: null, points: [] };
  const [{ metric, version }] = most;
  return {
    metric,
    version,
    points: most.map(({ name, labels, score }) => ({ name, labels, score })),
  };
}
