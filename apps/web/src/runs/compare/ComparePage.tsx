// Runs side by side: where their settings differ, which is better in what, and their curves over each other. The address
// holds which.

import { ActionIcon, Group, Loader, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { IconGitCompare, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparisonQuery, runsQuery } from '../../server/run-queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { LinkButton } from '../../shell/links.tsx';
import { curveColor } from '../curves/curve.ts';
import { comparedIds, mostCompared } from '../search.ts';
import { CompareCurves } from './CompareCurves.tsx';
import { CompareTable } from './CompareTable.tsx';
import '../runs.css';

const route = getRouteApi('/runs/compare');

export function ComparePage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const ids = useMemo(() => comparedIds(search), [search]);
  const [isOnlyDifferent, setOnlyDifferent] = useState(true);
  const { data, error, refetch } = useQuery(comparisonQuery(ids));
  const { data: offered } = useQuery(runsQuery({ limit: 200 }));
  const others = (offered?.items ?? []).filter(({ id }) => !ids.includes(id));
  const show = (runs: readonly number[]) =>
    void navigate({ search: runs.length === 0 ? {} : { runs: runs.join(',') }, replace: true });
  useActions([
    {
      id: 'only-different',
      label: t('runs.compare.onlyDifferent'),
      group: t('runs.compare.title'),
      keys: ['d'],
      run: () => setOnlyDifferent(!isOnlyDifferent),
    },
  ]);
  // Those that are gone are left out of the answer; what has gone from the address is not shown any more.
  const runs = useMemo(
    () => (data?.runs ?? []).filter(({ id }) => ids.includes(id)),
    [data?.runs, ids],
  );
  return (
    <div className="page runs-page">
      <Group justify="space-between" mb="sm">
        <Title order={1} size="h3">
          {t('runs.compare.title')}
        </Title>
        <LinkButton variant="default" to="/runs">
          {t('runs.compare.back')}
        </LinkButton>
      </Group>
      <Group gap="xs" mb="md">
        {runs.map((run, index) => (
          <div key={run.id} className="compared-run">
            <span className="swatch" style={{ background: curveColor(index) }} aria-hidden />
            <Text size="sm" truncate maw={220} title={run.name}>
              {run.name}
            </Text>
            <ActionIcon
              size="xs"
              aria-label={t('runs.compare.remove', { name: run.name })}
              onClick={() => show(ids.filter((id) => id !== run.id))}
            >
              <IconX size={12} />
            </ActionIcon>
          </div>
        ))}
        {ids.length < mostCompared && (
          <Select
            size="xs"
            w={200}
            searchable
            placeholder={t('runs.compare.add')}
            aria-label={t('runs.compare.add')}
            nothingFoundMessage={t('runs.list.noMatch')}
            data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={null}
            onChange={(value) => value !== null && show([...ids, Number(value)])}
          />
        )}
      </Group>
      {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
      {ids.length > 0 && data === undefined && error === null && <Loader m="auto" mt={80} />}
      {ids.length === 0 && (
        <Stack align="center" gap="xs" className="empty-view">
          <IconGitCompare size={40} stroke={1.2} />
          <Text fw={600}>{t('runs.compare.none')}</Text>
          <Text size="sm" c="dimmed">
            {t('runs.compare.noneAdvice')}
          </Text>
        </Stack>
      )}
      {runs.length > 0 && data !== undefined && (
        <Stack gap="lg">
          <div>
            <Switch
              size="xs"
              mb="xs"
              label={t('runs.compare.onlyDifferent')}
              checked={isOnlyDifferent}
              onChange={({ currentTarget }) => setOnlyDifferent(currentTarget.checked)}
            />
            <CompareTable comparison={data} isOnlyDifferent={isOnlyDifferent && runs.length > 1} />
          </div>
          <CompareCurves runs={runs} />
        </Stack>
      )}
    </div>
  );
}
