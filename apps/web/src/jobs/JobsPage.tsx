// Everything that takes long, the last one first; its log beside it.

import {
  ActionIcon,
  Group,
  Loader,
  SegmentedControl,
  Stack,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconBan, IconListDetails, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { client, queryClient } from '../server/client.ts';
import { jobsQuery } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView, notifyError } from '../shell/ErrorView.tsx';
import { JobDetails } from './JobDetails.tsx';
import { JobProgress } from './JobProgress.tsx';
import { isActive } from './job-state.ts';
import './jobs.css';

const route = getRouteApi('/jobs');
/** CSS pixels. */
const rowHeight = 84;
const filters = ['all', 'active', 'failed', 'finished'] as const;
type Filter = (typeof filters)[number];

const belongsTo: Record<Filter, (job: Job) => boolean> = {
  all: () => true,
  active: isActive,
  failed: ({ state }) => state === 'failed' || state === 'cancelled',
  finished: ({ state }) => state === 'succeeded',
};

export function JobsPage() {
  const { t } = useTranslation();
  const { job: openId } = route.useSearch();
  const navigate = route.useNavigate();
  const [filter, setFilter] = useState<Filter>('all');
  const scroller = useRef<HTMLDivElement>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    jobsQuery(),
  );
  const jobs = data?.pages.flatMap(({ items }) => items).filter(belongsTo[filter]) ?? [];
  const rows = useVirtualizer({
    count: jobs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const shown = rows.getVirtualItems();
  const isNearEnd = (shown.at(-1)?.index ?? -1) >= jobs.length - 5;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const group = t('jobs.title');
  const openIndex = jobs.findIndex(({ id }) => id === openId);
  const step = (steps: number) => {
    const next = Math.min(jobs.length - 1, Math.max(0, openIndex + steps));
    if (jobs[next] === undefined) return;
    rows.scrollToIndex(next);
    void navigate({ search: { job: jobs[next].id } });
  };
  useActions([
    { id: 'next-job', label: t('jobs.next'), group, keys: ['ArrowDown', 'j'], run: () => step(1) },
    {
      id: 'previous-job',
      label: t('jobs.previous'),
      group,
      keys: ['ArrowUp', 'k'],
      run: () => step(-1),
    },
  ]);

  return (
    <div className="jobs-page">
      <section className="jobs-list">
        <Group justify="space-between" mb="sm">
          <Title order={1} size="h3">
            {t('jobs.title')}
          </Title>
          <SegmentedControl
            size="xs"
            value={filter}
            onChange={(value) => setFilter(value as Filter)}
            data={filters.map((value) => ({ value, label: t(`jobs.filters.${value}`) }))}
          />
        </Group>
        {error !== null && data === undefined && <ErrorView error={error} onRetry={refetch} />}
        {data === undefined && error === null && <Loader m="auto" />}
        {data !== undefined && jobs.length === 0 && (
          <Stack align="center" gap="xs" className="empty-view">
            <IconListDetails size={40} stroke={1.2} />
            <Text fw={600}>{t('jobs.none')}</Text>
            <Text size="sm" c="dimmed">
              {t('jobs.noneAdvice')}
            </Text>
          </Stack>
        )}
        <div ref={scroller} className="jobs-scroller">
          <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {shown.map(({ index, start }) => {
              const job = jobs[index];
              return (
                <div
                  key={job.id}
                  className="job-row"
                  data-open={job.id === openId || undefined}
                  style={{ transform: `translateY(${start}px)`, height: rowHeight }}
                >
                  <button
                    type="button"
                    className="job-open"
                    onClick={() => navigate({ search: { job: job.id } })}
                  >
                    <JobProgress job={job} isCompact />
                  </button>
                  <JobActions job={job} />
                </div>
              );
            })}
          </div>
        </div>
      </section>
      {openId !== undefined && (
        <JobDetails
          key={openId}
          jobId={openId}
          actions={(job) => <JobActions job={job} />}
          onClose={() => navigate({ search: {} })}
        />
      )}
    </div>
  );
}

function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation();
  const title = useWords().say(job.title);
  const params = { jobId: job.id };
  const run = (call: Promise<unknown>) =>
    call.then(() => queryClient.invalidateQueries({ queryKey: ['jobs'] })).catch(notifyError);
  const action = (label: string, icon: typeof IconBan, onClick: () => void) => {
    const Icon = icon;
    return (
      <Tooltip label={label}>
        <ActionIcon aria-label={`${label}: ${title}`} onClick={onClick}>
          <Icon size={16} />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <Group gap={2} wrap="nowrap">
      {isActive(job) && action(t('jobs.cancel'), IconBan, () => run(client.cancelJob({ params })))}
      {(job.state === 'failed' || job.state === 'cancelled') &&
        action(t('jobs.retry'), IconRefresh, () => run(client.retryJob({ params })))}
      {!isActive(job) &&
        action(t('jobs.forget'), IconTrash, () => run(client.deleteJob({ params })))}
    </Group>
  );
}
