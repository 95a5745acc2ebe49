// The registry: every model with its last version, how good that is and what points where.

import { Button, Group, Loader, Stack, Table, Text, Title } from '@mantine/core';
import type { Model } from '@migaki/api';
import { IconCube, IconPlayerPlay, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { Pages } from '../runs/list/Pages.tsx';
import { SearchField } from '../runs/list/SearchField.tsx';
import { TaskSelect } from '../runs/list/TaskSelect.tsx';
import { useRunWords } from '../runs/use-run-words.ts';
import { modelsQuery } from '../server/run-queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkAnchor, LinkButton } from '../shell/links.tsx';
import { ImportModel } from './ImportModel.tsx';
import { AliasBadge } from './ModelLink.tsx';
import type { ModelsSearch } from './search.ts';
import '../runs/runs.css';

const route = getRouteApi('/models');
const pageSize = 50;

export function ModelsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, task } = search;
  const page = Math.max(1, Number(search.page ?? 1));
  const [isImporting, setImporting] = useState(false);
  const searchInput = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useQuery(
    modelsQuery({
      ...(q !== undefined && { q }),
      ...(task !== undefined && { task }),
      from: (page - 1) * pageSize,
      limit: pageSize,
    }),
  );
  const change = (changed: Partial<ModelsSearch>) =>
    void navigate({ search: { ...search, page: undefined, ...changed } });
  const isFiltered = q !== undefined || task !== undefined;
  const group = t('models.title');
  useActions([
    {
      id: 'import-model',
      label: t('models.import'),
      group,
      keys: ['i'],
      run: () => setImporting(true),
    },
    {
      id: 'train',
      label: t('runs.train.title'),
      group,
      keys: ['n'],
      run: () => void navigate({ to: '/runs/new', search: {} }),
    },
    {
      id: 'find-model',
      label: t('models.search'),
      group,
      keys: ['/'],
      run: () => searchInput.current?.focus(),
    },
  ]);
  return (
    <div className="page runs-page">
      <Group justify="space-between" mb="sm">
        <Title order={1} size="h3">
          {t('models.title')}
        </Title>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconUpload size={14} />}
            onClick={() => setImporting(true)}
          >
            {t('models.import')}
          </Button>
          <LinkButton leftSection={<IconPlayerPlay size={14} />} to="/runs/new">
            {t('runs.train.title')}
          </LinkButton>
        </Group>
      </Group>
      {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Loader m="auto" mt={120} />}
      {data !== undefined && (data.total > 0 || isFiltered) && (
        <>
          <Group gap="xs" mb="xs">
            <SearchField
              ref={searchInput}
              label={t('models.search')}
              width={200}
              value={q}
              onChange={(text) => change({ q: text })}
            />
            <TaskSelect value={task} onChange={(only) => change({ task: only })} />
          </Group>
          {data.items.length > 0 && <ModelTable models={data.items} />}
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
          <IconCube size={40} stroke={1.2} />
          <Text fw={600}>{t(isFiltered ? 'models.noMatch' : 'models.none')}</Text>
          {!isFiltered && (
            <Text size="sm" c="dimmed" ta="center" maw={460}>
              {t('models.noneAdvice')}
            </Text>
          )}
          {!isFiltered && (
            <LinkButton leftSection={<IconPlayerPlay size={14} />} to="/runs/new">
              {t('runs.train.first')}
            </LinkButton>
          )}
        </Stack>
      )}
      <ImportModel isOpen={isImporting} onClose={() => setImporting(false)} />
    </div>
  );
}

function ModelTable({ models }: { models: readonly Model[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRunWords();
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table highlightOnHover verticalSpacing={7} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.columns.name')}</Table.Th>
            <Table.Th>{t('models.columns.task')}</Table.Th>
            <Table.Th>{t('models.columns.versions')}</Table.Th>
            <Table.Th>{t('models.columns.aliases')}</Table.Th>
            <Table.Th>{t('models.columns.quality')}</Table.Th>
            <Table.Th>{t('models.columns.changed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map(({ id, name, notes, versionCount, latest, aliases, createdAt }) => {
            const metric = latest?.primaryMetric ?? null;
            const value = metric === null ? undefined : latest?.metrics[metric];
            const changedAt = latest?.createdAt ?? createdAt;
            return (
              <Table.Tr key={id}>
                <Table.Td>
                  <LinkAnchor
                    to="/models/$modelId"
                    params={{ modelId: String(id) }}
                    size="sm"
                    fw={500}
                  >
                    {name}
                  </LinkAnchor>
                  {notes !== '' && (
                    <Text size="xs" c="dimmed" lineClamp={1} title={notes}>
                      {notes}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{latest === null ? '–' : t(`runs.tasks.${latest.task}.name`)}</Table.Td>
                <Table.Td>{t('models.versionCount', { count: versionCount })}</Table.Td>
                <Table.Td>
                  <Group gap={6}>
                    {aliases.map(({ alias, version }) => (
                      <Group key={alias} gap={3} wrap="nowrap">
                        <AliasBadge alias={alias} />
                        <Text size="xs" c="dimmed">
                          @{version}
                        </Text>
                      </Group>
                    ))}
                  </Group>
                </Table.Td>
                <Table.Td className="digits">
                  {metric === null || value === undefined
                    ? '–'
                    : `${words.metric(metric)} ${words.score(metric, value)}`}
                </Table.Td>
                <Table.Td c="dimmed" title={format.time(changedAt)}>
                  {format.ago(changedAt)}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
