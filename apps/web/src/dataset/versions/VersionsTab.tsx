// Named revisions: what there are, what lies between two of them, and the way back; and all changes, named or not.

import { Button, Loader, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconBookmarkPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { versionsQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { ErrorView } from '../../shell/ErrorView.tsx';
import { Changes } from './Changes.tsx';
import { Difference } from './Difference.tsx';
import { VersionCard } from './VersionCard.tsx';
import { VersionForm } from './VersionForm.tsx';
import './versions.css';

const route = getRouteApi('/datasets/$datasetId/versions');
export const now = 'now';

export function VersionsTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const datasetId = Number(route.useParams().datasetId);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isNaming, setNaming] = useState(false);
  const { data: versions, error, refetch } = useQuery(versionsQuery(datasetId));
  const to = search.to ?? now;
  const from = search.from ?? versions?.find(({ name }) => name !== to)?.name;
  const compare = (changed: { from?: string; to?: string }) =>
    navigate({ search: { from, to, ...changed } });
  const hasVersions = versions !== undefined && versions.length > 0;
  // Without versions there is nothing to compare.
  const isOfChanges = search.show === 'changes' || versions?.length === 0;
  useActions([
    {
      id: 'name-version',
      label: t('versions.create'),
      group: t('versions.title'),
      keys: ['n'],
      run: () => setNaming(true),
    },
  ]);
  const options = [
    { value: now, label: t('versions.now') },
    ...(versions ?? []).map(({ name }) => ({ value: name, label: name })),
  ];
  return (
    <div className="versions">
      <aside className="version-list" aria-label={t('versions.title')}>
        <Button
          fullWidth
          leftSection={<IconBookmarkPlus size={14} />}
          onClick={() => setNaming(true)}
        >
          {t('versions.create')}
        </Button>
        {error !== null && <ErrorView error={error} onRetry={refetch} />}
        {versions === undefined && error === null && <Loader mx="auto" />}
        {versions?.length === 0 && (
          <Stack gap={4} p="xs">
            <Text size="sm" fw={600}>
              {t('versions.none')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('versions.noneAdvice')}
            </Text>
          </Stack>
        )}
        {versions?.map((version) => (
          <VersionCard
            key={version.name}
            datasetId={datasetId}
            version={version}
            isShown={!isOfChanges && version.name === from}
            onCompare={() => compare({ from: version.name, to: now })}
          />
        ))}
      </aside>
      <section className="version-difference">
        <div className="difference-bar">
          <SegmentedControl
            size="xs"
            value={isOfChanges ? 'changes' : 'comparison'}
            onChange={(value) =>
              navigate({ search: { ...search, show: value === 'changes' ? value : undefined } })
            }
            data={[
              {
                value: 'comparison',
                label: t('versions.comparison'),
                disabled: versions?.length === 0,
              },
              { value: 'changes', label: t('changes.title') },
            ]}
          />
          {!isOfChanges && hasVersions && (
            <>
              <Select
                size="xs"
                aria-label={t('versions.from')}
                data={options}
                value={from ?? null}
                onChange={(value) => compare({ from: value ?? now })}
                allowDeselect={false}
              />
              <Button
                variant="subtle"
                color="gray"
                aria-label={t('versions.swap')}
                onClick={() => compare({ from: to, to: from })}
              >
                <IconArrowsExchange size={16} />
              </Button>
              <Select
                size="xs"
                aria-label={t('versions.to')}
                data={options}
                value={to}
                onChange={(value) => compare({ to: value ?? now })}
                allowDeselect={false}
              />
            </>
          )}
        </div>
        {isOfChanges && <Changes datasetId={datasetId} />}
        {!isOfChanges && from !== undefined && hasVersions && (
          <Difference key={`${from} ${to}`} datasetId={datasetId} from={from} to={to} />
        )}
      </section>
      <VersionForm
        datasetId={datasetId}
        suggestion={`v${format.number((versions?.length ?? 0) + 1)}`}
        isOpen={isNaming}
        onClose={() => setNaming(false)}
      />
    </div>
  );
}
