import { Progress, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import type { Upload } from '../import/upload.ts';

/** How much of an upload has arrived. */
export function SendingLine({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { bytesDone, byteCount } = useSyncExternalStore(upload.subscribe, upload.getProgress);
  return (
    <div>
      <Progress
        value={byteCount === 0 ? 0 : (bytesDone / byteCount) * 100}
        aria-label={t('import.sending')}
        animated
      />
      <Text size="xs" c="dimmed" mt={4}>
        {format.bytes(bytesDone)} / {format.bytes(byteCount)}
      </Text>
    </div>
  );
}
