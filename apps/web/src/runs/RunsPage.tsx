// All runs, page by page, in the order of any column. Those that are chosen can be compared or deleted.

import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconGitCompare, IconPlayerPlay, IconTrendingUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { runsQuery } from '../server/run-queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { ColumnMenu } from './list/ColumnMenu.tsx';
import { Pages } from './list/Pages.tsx';
import { RunFilters } from './list/RunFilters.tsx';
import { RunTable } from './list/RunTable.tsx';
import { fixedColumns, type RunColumn } from './run-columns.ts';
import { mostCompared, type RunsSearch } from './search.ts';
import './runs.css';

const route = getRouteApi('/runs');
const pageSize = 50;
const usualSort = '-createdAt';
const noneChosen: ReadonlySet<number> = new Set();

export function RunsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, state, task, dataset, sort = usualSort } = search;
  const page = Math.max(1, Number(search.page ?? 1));
  const [chosenColumns, setColumns] = useLocalStorage<RunColumn[] | null>({
    key: 'migaki-run-columns',
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const [chosen, setChosen] = useState(noneChosen);
  const searchInput = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useQuery(
    runsQuery({
      ...(q !== undefined && { q }),
      ...(state !== undefined && { state }),
      ...(task !== undefined && { task }),
      ...(dataset !== undefined && { datasetId: Number(dataset) }),
      sort,
      from: (page - 1) * pageSize,
      limit: pageSize,
    }),
  );
  const runs = data?.items ?? [];
  const columns = chosenColumns ?? fixedColumns;
  const isFiltered = [q, state, task, dataset].some((value) => value !== undefined);
  const change = (changed: Partial<RunsSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...changed } });
  const choose = (ids: readonly number[], isChosen: boolean) =>
    setChosen(
      new Set(isChosen ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id))),
    );
  const train = () =>
    void navigate({ to: '/runs/new', search: dataset === undefined ? {} : { dataset } });
  const compare = () =>
    chosen.size > 1 &&
    void navigate({ to: '/runs/compare', search: { runs: [...chosen].join(',') } });

  const group = t('runs.title');
  useActions([
    { id: 'train', label: t('runs.train.title'), group, keys: ['n'], run: train },
    { id: 'compare', label: t('runs.compare.action'), group, keys: ['c'], run: compare },
    {
      id: 'find-run',
      label: t('runs.list.search'),
      group,
      keys: ['/'],
      run: () => searchInput.current?.focus(),
    },
    {
      id: 'choose-none',
      label: t('bulk.clear'),
      group,
      keys: ['Escape'],
      run: () => setChosen(noneChosen),
    },
  ]);

  return (
    <div className="page runs-page">
      <Group justify="space-between" mb="sm">
        <Title order={1} size="h3">
          {t('runs.title')}
        </Title>
        <LinkButton
          leftSection={<IconPlayerPlay size={14} />}
          to="/runs/new"
          search={dataset === undefined ? {} : { dataset }}
        >
          {t('runs.train.title')}
        </LinkButton>
      </Group>
      {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Loader m="auto" mt={120} />}
      {data !== undefined && (data.total > 0 || isFiltered) && (
        <>
          <Group gap="xs" mb="xs" className="run-filters">
            <RunFilters ref={searchInput} search={search} onChange={change} />
            <Text size="xs" c="dimmed" mr="auto">
              {t('runs.list.count', { count: data.total, shown: format.count(data.total) })}
            </Text>
            {chosen.size > 0 && (
              <>
                <Text size="xs">{t('runs.list.chosen', { count: chosen.size })}</Text>
                <Button
                  variant="light"
                  leftSection={<IconGitCompare size={14} />}
                  disabled={chosen.size < 2 || chosen.size > mostCompared}
                  title={
                    chosen.size < 2
                      ? t('runs.compare.needTwo')
                      : t('runs.compare.atMost', { count: mostCompared })
                  }
                  onClick={compare}
                >
                  {t('runs.compare.action')}
                </Button>
              </>
            )}
            <ColumnMenu
              metrics={data.metrics.map(({ name }) => name)}
              settings={data.settings}
              columns={columns}
              onChange={setColumns}
              onReset={() => setColumns(null)}
            />
          </Group>
          {runs.length > 0 && (
            <RunTable
              runs={runs}
              columns={columns}
              sort={sort}
              onSort={(next) => change({ sort: next === usualSort ? undefined : next })}
              chosen={chosen}
              onChoose={choose}
            />
          )}
          <Pages
            page={page}
            total={data.total}
            pageSize={pageSize}
            onChange={(next) => change({ page: next })}
          />
        </>
      )}
      {data?.total === 0 && (
        <Stack align="center" gap="xs" className="empty-view">
          <IconTrendingUp size={40} stroke={1.2} />
          <Text fw={600}>{t(isFiltered ? 'runs.list.noMatch' : 'runs.list.none')}</Text>
          <Text size="sm" c="dimmed" ta="center" maw={460}>
            {t(isFiltered ? 'runs.list.noMatchAdvice' : 'runs.list.noneAdvice')}
          </Text>
          {isFiltered ? (
            <Button variant="light" onClick={() => void navigate({ search: {} })}>
              {t('filters.clear')}
            </Button>
          ) : (
            <LinkButton leftSection={<IconPlayerPlay size={14} />} to="/runs/new">
              {t('runs.train.first')}
            </LinkButton>
          )}
        </Stack>
      )}
    </div>
  );
}
