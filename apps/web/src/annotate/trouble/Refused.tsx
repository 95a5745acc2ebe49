// The workbench will not take a change, and says why: it is given up, or kept in a file.

import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { firstRefused, saveFailure } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { DownloadButton } from './DownloadButton.tsx';

export function Refused() {
  const { t } = useTranslation();
  const session = useSession();
  const message = useEditor(({ sync }) => saveFailure(sync.queue)?.message ?? '');
  const label = useEditor(({ sync }) => firstRefused(sync.queue)?.label ?? null);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('annotate.trouble.refused', {
          what: label === null ? '' : t(`annotate.labels.${label}`),
        })}
      </Text>
      <Text size="sm">{message}</Text>
      <Group gap="xs">
        <Button size="xs" onClick={() => session.store.dispatch({ type: 'retry', isNow: true })}>
          {t('annotate.save.retry')}
        </Button>
        <GiveUpButton />
        <DownloadButton />
      </Group>
    </Stack>
  );
}

export function GiveUpButton() {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const ask = () =>
    modals.openConfirmModal({
      title: t('annotate.save.confirmGiveUp'),
      children: <Text size="sm">{t('annotate.save.giveUpExplanation')}</Text>,
      labels: { confirm: t('annotate.save.giveUp'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => dispatch({ type: 'give-up' }),
    });
  return (
    <Button size="xs" variant="default" onClick={ask}>
      {t('annotate.save.giveUp')}
    </Button>
  );
}
