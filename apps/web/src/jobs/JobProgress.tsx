// How far a job is, how fast, and how long it will still take.

import { Badge, Group, Progress, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconLoader2,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { isActive, lastWordsOf, percentOf, reportOf } from './job-state.ts';

const looks = {
  queued: { color: 'gray', icon: IconClock },
  running: { color: 'indigo', icon: IconLoader2 },
  succeeded: { color: 'teal', icon: IconCircleCheck },
  failed: { color: 'red', icon: IconCircleX },
  cancelled: { color: 'orange', icon: IconBan },
} as const;
const withProblems = { color: 'orange', icon: IconAlertTriangle } as const;

interface JobStateBadgeProps {
  state: Job['state'];
  /** What a job that is done could not read. */
  problemCount?: number;
}

export function JobStateBadge({ state, problemCount = 0 }: JobStateBadgeProps) {
  const { t } = useTranslation();
  const { color, icon: Icon } = problemCount > 0 ? withProblems : looks[state];
  return (
    <Badge
      color={color}
      variant="light"
      // The usual ground is too dark for its own text.
      bg={`light-dark(var(--mantine-color-${color}-0), var(--mantine-color-${color}-light))`}
      leftSection={<Icon size={12} />}
      flex="none"
    >
      {problemCount > 0
        ? t('jobs.doneWithProblems', { count: problemCount })
        : t(`jobs.states.${state}`)}
    </Badge>
  );
}

export function JobProgress({ job, isCompact = false }: { job: Job; isCompact?: boolean }) {
  const { t } = useTranslation();
  const { say, sayRefusal } = useWords();
  const format = useFormat();
  const title = say(job.title);
  const percent = percentOf(job);
  const amount = (value: number) =>
    job.unit === 'bytes' ? format.bytes(value) : format.count(value);
  // An amount of bytes says its unit itself.
  const unit =
    job.unit === 'bytes'
      ? ''
      : t([`jobs.units.${job.unit}`, 'jobs.units.other'] as never, {
          count: job.total ?? job.done,
          defaultValue: job.unit,
        });
  // Of nothing it says nothing: what there was to do is in the message, or in the report.
  const done =
    job.total === null
      ? job.done > 0
        ? `${amount(job.done)} ${unit}`
        : ''
      : job.total > 0
        ? `${amount(job.done)} / ${amount(job.total)} ${unit}`
        : '';
  // Where there is room for all of an import's last words, they stand with what came of it.
  const isSaidBelow = !isCompact && lastWordsOf(job) !== null;
  // Where there is no room for what came of it, why it failed is what matters.
  const message =
    isCompact && job.error !== null
      ? sayRefusal(job.error)
      : job.message === '' || isSaidBelow
        ? ''
        : say(job.message);
  const secondsTaken =
    job.startedAt === null || job.finishedAt === null
      ? null
      : (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000;
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={isCompact ? 500 : 600} truncate>
          {title}
        </Text>
        <JobStateBadge state={job.state} problemCount={reportOf(job.result).problemCount} />
      </Group>
      {isActive(job) && (
        <Progress
          value={percent ?? 100}
          animated={job.state === 'running'}
          color={percent === null ? 'gray' : undefined}
          size={isCompact ? 'sm' : 'lg'}
          aria-label={title}
        />
      )}
      <Group justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed" truncate>
          {[done, message].filter(Boolean).join(' · ')}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {isActive(job) && job.perSecond !== null && `${amount(Math.round(job.perSecond))}/s`}
          {isActive(job) &&
            job.secondsLeft !== null &&
            ` · ${t('jobs.left', { time: format.duration(job.secondsLeft) })}`}
          {secondsTaken !== null && `${t('jobs.took', { time: format.duration(secondsTaken) })} · `}
          {job.finishedAt !== null && format.ago(job.finishedAt)}
        </Text>
      </Group>
    </Stack>
  );
}
