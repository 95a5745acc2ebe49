// One job: how far it is, what came of it, its log as it grows.

import { ActionIcon, Button, Group, Loader, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { jobQuery } from '../server/queries.ts';
import { useActions } from '../shell/actions.ts';
import { ErrorView } from '../shell/ErrorView.tsx';
import { LinkButton } from '../shell/links.tsx';
import { JobOutcome } from './JobOutcome.tsx';
import { JobProgress } from './JobProgress.tsx';
import { madeFileUrl } from './made-file.ts';
import { useJobLog } from './use-job-log.ts';

interface JobDetailsProps {
  jobId: string;
  actions: (job: Job) => ReactNode;
  onClose: () => void;
}

export function JobDetails({ jobId, actions, onClose }: JobDetailsProps) {
  const { t } = useTranslation();
  const { data: job, error, refetch } = useQuery(jobQuery(jobId));
  const fileUrl = job === undefined ? null : madeFileUrl(job);
  useActions([
    { id: 'close', label: t('close'), group: t('jobs.title'), keys: ['Escape'], run: onClose },
  ]);
  return (
    <aside className="job-details" aria-label={t('jobs.details')}>
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{t('jobs.details')}</Text>
        <Group gap={2}>
          {job !== undefined && actions(job)}
          <ActionIcon aria-label={t('close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </Group>
      {error !== null && job === undefined && <ErrorView error={error} onRetry={refetch} />}
      {job === undefined && error === null && <Loader m="auto" />}
      {job !== undefined && (
        <Stack gap="sm" style={{ minHeight: 0, flex: 1 }}>
          <JobProgress job={job} />
          <JobOutcome job={job} />
          <Group gap="xs">
            {fileUrl !== null && (
              <Button
                component="a"
                href={fileUrl}
                download
                leftSection={<IconDownload size={14} />}
              >
                {t('export.download')}
              </Button>
            )}
            {job.datasetId !== null && (
              <LinkButton
                variant="default"
                to="/datasets/$datasetId/images"
                params={{ datasetId: String(job.datasetId) }}
              >
                {t('import.openDataset')}
              </LinkButton>
            )}
          </Group>
          <JobLog job={job} />
        </Stack>
      )}
    </aside>
  );
}

function JobLog({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { say } = useWords();
  const format = useFormat();
  const lines = useJobLog(job);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
  });
  useEffect(() => {
    if (isAtEnd.current && lines.length > 0) rows.scrollToIndex(lines.length - 1);
  }, [lines.length, rows]);
  return (
    <section
      ref={scroller}
      className="job-log mono"
      aria-label={t('jobs.log')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 24;
      }}
    >
      {lines.length === 0 && <span className="job-log-empty">{t('jobs.noLog')}</span>}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const { seq, at, level, text } = lines[index];
          return (
            <div
              key={seq}
              ref={rows.measureElement}
              data-index={index}
              data-level={level}
              className="job-log-line"
              style={{ transform: `translateY(${start}px)` }}
              title={format.time(at)}
            >
              <span>{format.clock(at)}</span>
              <span>
                {level !== 'info' && `${t(`jobs.levels.${level}`)} `}
                {say(text)}
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
