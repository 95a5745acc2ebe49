// Says that an upload was interrupted, and how it goes on.

import { Alert, Button, Group, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { forgetUpload, type InterruptedUpload } from './interrupted-upload.ts';

interface InterruptedNoticeProps {
  upload: InterruptedUpload;
  /** Files chosen now. */
  chosenCount: number;
  /** Those of them of which something has arrived before. */
  sentBefore: number;
}

export function InterruptedNotice({ upload, chosenCount, sentBefore }: InterruptedNoticeProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (chosenCount > 0 && sentBefore === 0) return null;
  return (
    <Alert
      color="indigo"
      icon={<IconPlugConnected />}
      title={
        sentBefore > 0
          ? t('import.sentBefore', { count: sentBefore, shown: format.count(sentBefore) })
          : t('import.interrupted')
      }
    >
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <Text size="sm">
          {sentBefore > 0
            ? t('import.sentBeforeHelp')
            : t('import.interruptedHelp', {
                sent: format.count(upload.sent.length),
                total: format.count(upload.fileCount),
              })}
        </Text>
        <Button variant="subtle" color="gray" size="compact-xs" flex="none" onClick={forgetUpload}>
          {t('import.forget')}
        </Button>
      </Group>
    </Alert>
  );
}
