// What is known of a run at a glance, and what can be done with it.

import { Alert, Badge, Group, Progress, Text, Title } from '@mantine/core';
import type { RunDetail } from '@migaki/api';
import { IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useWords } from '../../i18n/use-words.ts';
import { JobStateBadge } from '../../jobs/JobProgress.tsx';
import { ModelLink } from '../../models/ModelLink.tsx';
import { FactList } from '../../shell/FactList.tsx';
import { PinnedLink } from '../PinnedLink.tsx';
import { isActive } from '../RunStateBadge.tsx';
import { taskIcons } from '../train/TaskCards.tsx';
import { RunActions } from './RunActions.tsx';

export function RunHeader({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const { sayRefusal } = useWords();
  const Icon = run.task === null ? null : taskIcons[run.task];
  return (
    <header className="run-header">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Group gap="xs" style={{ minWidth: 0 }}>
          {Icon !== null && <Icon size={20} stroke={1.6} aria-hidden />}
          <Title order={1} size="h3" className="run-title">
            {run.name}
          </Title>
          <JobStateBadge state={run.state} />
          {run.kind === 'external' && (
            <Badge variant="outline" color="gray">
              {t('runs.external')}
            </Badge>
          )}
        </Group>
        <RunActions run={run} />
      </Group>
      <RunFacts run={run} />
      {isActive(run) && run.kind === 'training' && <RunProgress run={run} />}
      {run.error !== null && (
        <Alert color="red" icon={<IconCircleX />} role="alert" mt="xs">
          {sayRefusal(run.error)}
        </Alert>
      )}
    </header>
  );
}

function RunFacts({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: [name: string, value: ReactNode][] = [
    [t('runs.columns.task'), run.task !== null && t(`runs.tasks.${run.task}.name`)],
    [t('runs.columns.dataset'), run.dataset !== null && <PinnedLink dataset={run.dataset} />],
    [
      t('runs.facts.validation'),
      run.validation !== null && <PinnedLink dataset={run.validation} />,
    ],
    [
      t('runs.facts.init'),
      run.init !== null &&
        (run.init.model === null ? run.init.name : <ModelLink model={run.init.model} />),
    ],
    [
      t('runs.facts.models'),
      run.models.length > 0 && (
        <Group gap={6} component="span" display="inline-flex">
          {run.models.map((model) => (
            <ModelLink key={`${model.modelId} ${model.version}`} model={model} />
          ))}
        </Group>
      ),
    ],
    [
      t('runs.columns.seconds'),
      run.elapsedSeconds !== null &&
        !isActive(run) &&
        format.duration(Math.round(run.elapsedSeconds)),
    ],
    [
      t('runs.facts.begun'),
      <span key="begun" title={format.time(run.createdAt)}>
        {format.ago(run.createdAt)} · {run.createdBy}
      </span>,
    ],
  ];
  return <FactList className="run-facts" facts={facts} />;
}

/** How far it is, how long it will still take. */
function RunProgress({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const { say } = useWords();
  const format = useFormat();
  const { state, progress, step, epoch, secondsLeft, message, name } = run;
  const parts = [
    state === 'queued' ? t('runs.waiting') : say(message),
    epoch !== null && t('runs.epoch', { epoch: format.number(Math.floor(epoch * 10) / 10) }),
    step !== null && t('runs.step', { step: format.count(step) }),
  ];
  return (
    <div className="run-progress">
      <Progress
        value={state === 'queued' ? 100 : progress * 100}
        color={state === 'queued' ? 'gray' : undefined}
        animated={state === 'running'}
        size="lg"
        aria-label={name}
      />
      <Group justify="space-between" gap="xs" mt={4}>
        <Text size="xs" c="dimmed">
          {parts.filter(Boolean).join(' · ')}
        </Text>
        <Text size="xs" c="dimmed">
          {state === 'running' && `${Math.floor(progress * 100)} %`}
          {secondsLeft !== null &&
            ` · ${t('jobs.left', { time: format.duration(Math.round(secondsLeft)) })}`}
        </Text>
      </Group>
    </div>
  );
}
