// While files are being sent and the dialog is closed: how far it is, one click from the dialog.

import { Paper, Progress, Text, UnstyledButton } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { openImport, useImportDialog } from './import-dialog-state.ts';
import type { Upload } from './upload.ts';

export function BackgroundImport() {
  const { isOpen, state } = useImportDialog();
  if (isOpen || state.step !== 'uploading') return null;
  return <UploadCard upload={state.upload} />;
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
