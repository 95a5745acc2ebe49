import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { closeImport } from './import-dialog-state.ts';
import type { Upload } from './upload.ts';
import { useFocusAtStart } from './use-focus-at-start.ts';

export function UploadingStep({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const format = useFormat();
  const progress = useSyncExternalStore(upload.subscribe, upload.getProgress);
  const { bytesDone, byteCount, bytesPerSecond, isPaused, isStalled, failed } = progress;
  const percent = byteCount === 0 ? 0 : (bytesDone / byteCount) * 100;
  const secondsLeft = bytesPerSecond ? (byteCount - bytesDone) / bytesPerSecond : null;
  const start = useFocusAtStart<HTMLButtonElement>();
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {isPaused ? t('import.paused') : t('import.sending')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('import.filesDone', {
            done: format.count(progress.filesDone),
            total: format.count(progress.fileCount),
          })}
        </Text>
      </Group>
      <Progress
        value={percent}
        size="lg"
        animated={!isPaused}
        color={isPaused ? 'gray' : undefined}
        aria-label={t('import.sending')}
      />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {format.bytes(bytesDone)} / {format.bytes(byteCount)}
        </Text>
        <Text size="xs" c="dimmed">
          {isStalled && t('import.stalled')}
          {bytesPerSecond !== null && !isStalled && `${format.bytes(bytesPerSecond)}/s`}
          {secondsLeft !== null && ` · ${t('jobs.left', { time: format.duration(secondsLeft) })}`}
        </Text>
      </Group>
      {failed.length > 0 && (
        <Alert
          color="red"
          icon={<IconAlertTriangle />}
          title={t('import.failed', { count: failed.length })}
        >
          <Text size="xs" lineClamp={4}>
            {failed
              .slice(0, 5)
              .map(({ path, reason }) => `${path}: ${reason}`)
              .join('\n')}
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="compact-xs" color="red" onClick={upload.retryFailed}>
              {t('import.retryFailed')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={upload.skipFailed}>
              {t('import.skipFailed')}
            </Button>
          </Group>
        </Alert>
      )}
      <Text size="xs" c="dimmed">
        {t('import.keepOpen')}
      </Text>
      <Group justify="flex-end">
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconX size={14} />}
          onClick={upload.cancel}
        >
          {t('import.cancel')}
        </Button>
        <Button
          ref={start}
          variant="default"
          leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={isPaused ? upload.resume : upload.pause}
        >
          {isPaused ? t('import.resume') : t('import.pause')}
        </Button>
        <Button onClick={closeImport}>{t('import.background')}</Button>
      </Group>
    </Stack>
  );
}
