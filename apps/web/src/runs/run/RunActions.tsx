// What can be done with a run. What it has learned is never lost by a click: cancelling keeps it.

import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { RunDetail } from '@migaki/api';
import {
  IconBan,
  IconDots,
  IconGitCompare,
  IconPencil,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queryClient } from '../../server/client.ts';
import { useActions } from '../../shell/actions.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';
import { isActive } from '../RunStateBadge.tsx';
import { nextStep } from './next-step.ts';
import { RenameRun } from './RenameRun.tsx';

/** How prominent it is to train again, by what else helps. */
const againLooks = { resume: 'default', change: 'filled', none: 'light' } as const;

export function RunActions({ run }: { run: RunDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isRenaming, setRenaming] = useState(false);
  const params = { runId: run.id };
  const put = (changed: RunDetail) => {
    queryClient.setQueryData(['runs', 'one', run.id], changed);
    void queryClient.invalidateQueries({ queryKey: ['runs'] });
  };
  const cancel = useMutation({
    mutationFn: () => client.cancelRun({ params }),
    onSuccess: put,
    onError: notifyError,
  });
  const resume = useMutation({
    mutationFn: () => client.resumeRun({ params }),
    onSuccess: put,
    onError: notifyError,
  });
  const remove = useMutation({
    mutationFn: () => client.deleteRun({ params }),
    onSuccess: async () => {
      await navigate({ to: '/runs' });
      queryClient.removeQueries({ queryKey: ['runs', 'one', run.id] });
      await queryClient.invalidateQueries({ queryKey: ['runs'] });
      notifyDone(t('runs.deleted', { name: run.name }));
    },
    onError: notifyError,
  });

  const isTraining = run.kind === 'training';
  const canCancel = isTraining && isActive(run);
  const next = nextStep(run);
  const againWords = t(next === 'change' ? 'runs.changeSettings' : 'runs.again');
  const askCancel = () =>
    modals.openConfirmModal({
      title: t('runs.confirmCancel', { name: run.name }),
      children: <Text size="sm">{t('runs.cancelExplanation')}</Text>,
      labels: { confirm: t('runs.cancel'), cancel: t('runs.keepGoing') },
      confirmProps: { color: 'red' },
      onConfirm: () => cancel.mutate(),
    });
  const askDelete = () =>
    modals.openConfirmModal({
      title: t('runs.confirmDelete', { name: run.name }),
      children: <Text size="sm">{t('runs.deleteExplanation')}</Text>,
      labels: { confirm: t('runs.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });
  const again = () => void navigate({ to: '/runs/new', search: { run: String(run.id) } });
  const compare = () => void navigate({ to: '/runs/compare', search: { runs: String(run.id) } });
  const group = t('runs.one');
  useActions([
    ...(canCancel ? [{ id: 'cancel-run', label: t('runs.cancel'), group, run: askCancel }] : []),
    ...(next !== null
      ? [{ id: 'resume-run', label: t('runs.resume'), group, run: () => resume.mutate() }]
      : []),
    ...(isTraining ? [{ id: 'again', label: againWords, group, run: again }] : []),
    {
      id: 'rename-run',
      label: t('runs.rename'),
      group,
      keys: ['F2'],
      run: () => setRenaming(true),
    },
    { id: 'compare-run', label: t('runs.compare.withOthers'), group, keys: ['c'], run: compare },
    ...(isActive(run)
      ? []
      : [{ id: 'delete-run', label: t('runs.delete'), group, keys: ['Delete'], run: askDelete }]),
  ]);
  return (
    <Group gap="xs" wrap="nowrap">
      {canCancel && (
        <Button
          variant="default"
          leftSection={<IconBan size={14} />}
          loading={cancel.isPending}
          onClick={askCancel}
        >
          {t('runs.cancel')}
        </Button>
      )}
      {next === 'resume' && (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t('runs.resume')}
        </Button>
      )}
      {isTraining && !isActive(run) && (
        <Button
          variant={againLooks[next ?? 'none']}
          leftSection={<IconRefresh size={14} />}
          onClick={again}
        >
          {againWords}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon size="md" aria-label={t('runs.menu', { name: run.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {next === 'change' && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={14} />}
              disabled={resume.isPending}
              onClick={() => resume.mutate()}
            >
              {t('runs.resume')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setRenaming(true)}>
            {t('runs.rename')}
          </Menu.Item>
          <Menu.Item leftSection={<IconGitCompare size={14} />} onClick={compare}>
            {t('runs.compare.withOthers')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            disabled={isActive(run)}
            onClick={askDelete}
          >
            {t('runs.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameRun run={run} isOpen={isRenaming} onClose={() => setRenaming(false)} />
    </Group>
  );
}
