// A chart for each thing that has a curve, with one line per run.

import { Text } from '@mantine/core';
import type { Run } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { curvesQuery } from '../../server/run-queries.ts';
import { CurveCard } from '../curves/CurveCard.tsx';
import { CurveControls } from '../curves/CurveControls.tsx';
import { chartGroups } from '../curves/chart-groups.ts';
import { type Curve, curveColor } from '../curves/curve.ts';
import { isLossLike } from '../curves/is-more-better.ts';
import { mostMarks } from '../curves/RunCurves.tsx';
import { useCurveLook } from '../curves/use-curve-look.ts';
import { useRunWords } from '../use-run-words.ts';

/** Runs of one name would be one line in the eyes of the chart. */
function namesApart(runs: readonly Run[]): string[] {
  const counts = Map.groupBy(runs, ({ name }) => name);
  return runs.map(({ name, id }) => (counts.get(name)!.length > 1 ? `${name} #${id}` : name));
}

export function CompareCurves({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const [look, changeLook] = useCurveLook();
  const ids = runs.map(({ id }) => id);
  const { data } = useQuery(curvesQuery(ids));
  const primary = runs.find(({ primaryMetric }) => primaryMetric !== null)?.primaryMetric ?? null;
  const charts = useMemo(() => {
    const names = namesApart(runs);
    const placeOf = new Map(runs.map(({ id }, index) => [id, index]));
    const byName = Map.groupBy(data ?? [], ({ name }) => name);
    return chartGroups([...byName.keys()], primary)
      .flatMap((group) => group.names)
      .map((name) => ({
        name,
        curves: byName.get(name)!.flatMap(({ runId, points }): Curve[] => {
          const place = placeOf.get(runId);
          if (place === undefined) return [];
          const hasMarks = points.length <= mostMarks && !/loss/i.test(name);
          return [{ name: names[place], points, color: curveColor(place), hasMarks }];
        }),
      }));
  }, [data, runs, primary]);
  if (charts.length === 0) return null;
  return (
    <section aria-label={t('runs.curves.title')}>
      <Text fw={600} mb="xs" component="h2">
        {t('runs.curves.title')}
      </Text>
      <CurveControls look={look} onChange={changeLook} />
      <div className="curves">
        {charts.map(({ name, curves }) => (
          <CurveCard
            key={name}
            title={words.metric(name)}
            help={words.metricHelp(name) || undefined}
            curves={curves}
            look={look}
            isMoreBetter={!isLossLike(name)}
          />
        ))}
      </div>
    </section>
  );
}
