// All that has a curve in a run: losses and metrics, and folded what tells of the machine.

import { Button, Text } from '@mantine/core';
import type { Curve as RunCurve, RunDetail } from '@migaki/api';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { curvesQuery } from '../../server/run-queries.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { isActive } from '../RunStateBadge.tsx';
import { useRunWords } from '../use-run-words.ts';
import { CurveCard } from './CurveCard.tsx';
import { CurveControls } from './CurveControls.tsx';
import { type ChartGroup, chartGroups, isTraining } from './chart-groups.ts';
import { type Curve, curveColor } from './curve.ts';
import { isLossLike } from './is-more-better.ts';
import { useCurveLook } from './use-curve-look.ts';

/** Points beyond which a curve is a line: below, each stands for a validation. */
export const mostMarks = 80;

export function RunCurves({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const words = useRunWords();
  const [look, changeLook] = useCurveLook();
  const [isTechnicalShown, setTechnicalShown] = useState(false);
  const ids = useMemo(() => [run.id], [run.id]);
  const { data, error, refetch } = useQuery(curvesQuery(ids));
  const charts = useMemo(() => {
    const byName = new Map((data ?? []).map((curve) => [curve.name, curve]));
    return chartGroups([...byName.keys()], run.primaryMetric).map((group) => ({
      group,
      curves: curvesOf(group, byName, words.metric),
    }));
  }, [data, run.primaryMetric, words]);
  if (error !== null && data === undefined) return <ErrorView error={error} onRetry={refetch} />;
  if (data !== undefined && charts.length === 0) {
    return (
      <Text size="sm" c="dimmed" py="lg" ta="center">
        {t(isActive(run) ? 'runs.curves.coming' : 'runs.curves.none')}
      </Text>
    );
  }
  const cards = (isTechnical: boolean) =>
    charts
      .filter(({ group }) => group.isTechnical === isTechnical)
      .map(({ group, curves }) => (
        <CurveCard
          key={group.family}
          title={words.metric(group.names[0])}
          help={words.metricHelp(group.names[0]) || undefined}
          curves={curves}
          look={look}
          isMoreBetter={isTechnical ? null : !isLossLike(group.names[0])}
        />
      ));
  const technicalCount = charts.filter(({ group }) => group.isTechnical).length;
  const Chevron = isTechnicalShown ? IconChevronDown : IconChevronRight;
  return (
    <section aria-label={t('runs.curves.title')}>
      <CurveControls look={look} onChange={changeLook} />
      <div className="curves">{cards(false)}</div>
      {technicalCount > 0 && (
        <>
          <Button
            my="sm"
            variant="subtle"
            color="gray"
            aria-expanded={isTechnicalShown}
            leftSection={<Chevron size={14} />}
            onClick={() => setTechnicalShown(!isTechnicalShown)}
          >
            {t('runs.curves.technical')}
          </Button>
          {isTechnicalShown && <div className="curves">{cards(true)}</div>}
        </>
      )}
    </section>
  );
}

function curvesOf(
  { names }: ChartGroup,
  byName: ReadonlyMap<string, RunCurve>,
  nameOf: (name: string) => string,
): Curve[] {
  const hasBoth = names.some(isTraining) && !names.every(isTraining);
  return names.map((name, index) => {
    const { points } = byName.get(name)!;
    return {
      name: nameOf(name),
      points,
      color: curveColor(index),
      isDashed: hasBoth && isTraining(name),
      hasMarks: points.length <= mostMarks && !/loss/i.test(name),
    };
  });
}
