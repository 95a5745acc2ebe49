// One run: how it goes, what it says of pictures, what it was asked, what came of it.

import { Center, Loader } from '@mantine/core';
import { ApiError } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { runQuery } from '../../server/run-queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { SamplesPart } from '../samples/SamplesPart.tsx';
import { type RunPart, runParts } from '../search.ts';
import { FilesPart } from './FilesPart.tsx';
import { LogPart } from './LogPart.tsx';
import { OverviewPart } from './OverviewPart.tsx';
import { RunHeader } from './RunHeader.tsx';
import { SettingsPart } from './SettingsPart.tsx';
import '../runs.css';

const route = getRouteApi('/runs/$runId');

export function RunPage() {
  const { t } = useTranslation();
  const params = route.useParams();
  const { show = 'overview', step } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: run, error, refetch } = useQuery(runQuery(Number(params.runId)));
  // What a run has none of is not offered: samples and a log come from trainings, files mostly from elsewhere.
  const parts = runParts.filter(
    (part) =>
      ((part !== 'samples' && part !== 'log') || run?.kind !== 'external') &&
      (part !== 'files' || (run?.files.length ?? 0) > 0),
  );
  useActions(
    parts.map((part, index) => ({
      id: `run-${part}`,
      label: t('dataset.show', { tab: t(`runs.parts.${part}`) }),
      group: t('runs.one'),
      keys: [`alt+${index + 1}`],
      run: () => void navigate({ search: part === 'overview' ? {} : { show: part } }),
    })),
  );
  if (error !== null && run === undefined) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <Center h="60vh" p="md">
        <ErrorView error={error} onRetry={isGone ? undefined : refetch} />
      </Center>
    );
  }
  if (run === undefined) return <Loader m="auto" />;
  const shown: Record<RunPart, () => ReactNode> = {
    overview: () => <OverviewPart run={run} />,
    samples: () => (
      <SamplesPart
        run={run}
        step={step === undefined ? null : Number(step)}
        onStep={(next) =>
          void navigate({
            search: { show: 'samples', ...(next !== null && { step: String(next) }) },
            replace: true,
          })
        }
      />
    ),
    settings: () => <SettingsPart run={run} />,
    log: () => <LogPart run={run} />,
    files: () => <FilesPart run={run} />,
  };
  return (
    <div className="run-page">
      <RunHeader run={run} />
      <nav className="tabs run-tabs" aria-label={t('runs.one')}>
        {parts.map((part) => (
          <Link
            key={part}
            to="/runs/$runId"
            params={params}
            search={part === 'overview' ? {} : { show: part }}
            className={`tab${part === show ? ' active' : ''}`}
            activeProps={{ className: '' }}
            aria-current={part === show ? 'page' : undefined}
          >
            {t(`runs.parts.${part}`)}
            {part === 'files' && ` (${run.files.length})`}
          </Link>
        ))}
      </nav>
      <div className="run-part">{shown[show]()}</div>
    </div>
  );
}
