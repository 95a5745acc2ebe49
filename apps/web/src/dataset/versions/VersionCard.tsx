import { ActionIcon, Button, Group, Menu, Paper, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Version } from '@migaki/api';
import { IconArrowBackUp, IconDots, IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyWithUndo } from '../../shell/notify.tsx';
import { rememberRevision } from '../bulk/done-revisions.ts';
import { undoRevision } from '../bulk/undo.ts';

interface VersionCardProps {
  datasetId: number;
  version: Version;
  isShown: boolean;
  onCompare: () => void;
}

export function VersionCard({ datasetId, version, isShown, onCompare }: VersionCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, note, author, createdAt, imageCount, annotationCount, revision } = version;
  const restore = async () => {
    try {
      const made = await client.restoreVersion({ params: { datasetId, name } });
      await queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
      const hide = notifyWithUndo(t('versions.restored', { name }), t('undo'), () =>
        undoRevision(datasetId, made.revision),
      );
      rememberRevision(datasetId, made.revision, { hide });
    } catch (error) {
      notifyError(error);
    }
  };
  const ask = () =>
    modals.openConfirmModal({
      title: t('versions.confirmRestore', { name }),
      children: <Text size="sm">{t('versions.restoreExplanation')}</Text>,
      labels: { confirm: t('versions.restore'), cancel: t('cancel') },
      onConfirm: restore,
    });
  return (
    <Paper withBorder p="xs" className="version-card" data-shown={isShown || undefined}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} truncate title={name}>
          {name}
        </Text>
        <Menu>
          <Menu.Target>
            <ActionIcon size="sm" aria-label={t('versions.menu', { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconGitCompare size={14} />} onClick={onCompare}>
              {t('versions.compare')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowBackUp size={14} />} onClick={ask}>
              {t('versions.restore')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {note !== '' && <Text size="sm">{note}</Text>}
      <Text size="xs" c="dimmed">
        {t('counts.pictures', { count: imageCount, shown: format.count(imageCount) })} ·{' '}
        {t('counts.objects', { count: annotationCount, shown: format.count(annotationCount) })}
      </Text>
      <Text size="xs" c="dimmed" title={format.time(createdAt)}>
        {author} · {format.ago(createdAt)} · {t('versions.revision', { revision })}
      </Text>
      <Button
        mt={6}
        size="compact-xs"
        variant={isShown ? 'filled' : 'light'}
        leftSection={<IconGitCompare size={13} />}
        onClick={onCompare}
      >
        {t('versions.compare')}
      </Button>
    </Paper>
  );
}
