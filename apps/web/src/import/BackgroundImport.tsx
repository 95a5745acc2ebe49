// While files are being sent and the dialog is closed: how far it is, one click from the dialog. After a reload: that an
// upload was interrupted.

import { Button, CloseButton, Group, Paper, Progress, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { openImport, useImportDialog } from './import-dialog-state.ts';
import {
  forgetUpload,
  type InterruptedUpload,
  interruptedUploadQuery,
} from './interrupted-upload.ts';
import type { Upload } from './upload.ts';
import './import.css';

export function BackgroundImport() {
  const { isOpen, state } = useImportDialog();
  const { data: interrupted } = useQuery(interruptedUploadQuery());
  if (isOpen) return null;
  if (state.step === 'uploading') return <UploadCard upload={state.upload} />;
  return interrupted == null ? null : <InterruptedCard upload={interrupted} />;
}

function InterruptedCard({ upload }: { upload: InterruptedUpload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sent, fileCount } = upload;
  return (
    <Paper withBorder shadow="md" className="background-import">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {t('import.interrupted')}
        </Text>
        <CloseButton size="sm" aria-label={t('import.forget')} onClick={forgetUpload} />
      </Group>
      <Text size="xs" c="dimmed" my={6}>
        {t('import.interruptedHelp', {
          sent: format.count(sent.length),
          total: format.count(fileCount),
        })}
      </Text>
      <Button size="compact-xs" variant="light" onClick={() => openImport()}>
        {t('import.chooseAgain')}
      </Button>
    </Paper>
  );
}

function UploadCard({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { bytesDone, byteCount, filesDone, fileCount, isPaused, failed } = useSyncExternalStore(
    upload.subscribe,
    upload.getProgress,
  );
  const title =
    failed.length > 0
      ? t('import.failed', { count: failed.length })
      : isPaused
        ? t('import.paused')
        : t('import.sending');
  return (
    <Paper withBorder shadow="md" className="background-import">
      <UnstyledButton w="100%" onClick={() => openImport()}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Progress
          my={6}
          value={byteCount === 0 ? 0 : (bytesDone / byteCount) * 100}
          color={failed.length > 0 ? 'red' : undefined}
          animated={!isPaused}
        />
        <Text size="xs" c="dimmed">
          {t('import.filesDone', { done: format.count(filesDone), total: format.count(fileCount) })}
        </Text>
      </UnstyledButton>
    </Paper>
  );
}
