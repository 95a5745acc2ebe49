// What waits because the workbench cannot have it now, and why: nothing of it is lost, and work goes on.

import { Button, Text } from '@mantine/core';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { resumeSending, useHeldUp } from './edit-queue.ts';
import '../notice-line.css';

export function HeldUp({ datasetId }: { datasetId: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const heldUp = useHeldUp(datasetId);
  if (heldUp === null) return null;
  const { status, count, isKept } = heldUp;
  return (
    <section className="notice-line" role="status" aria-label={t('acting.heldUp.title')}>
      <IconCloudOff size={16} aria-hidden />
      <Text size="sm" fw={600}>
        {t('acting.heldUp.count', { count, shown: format.count(count) })}
      </Text>
      <Text size="sm">{t(`annotate.save.${status}`)}</Text>
      <Text size="xs" c={isKept ? 'dimmed' : 'red'} className="notice-line-help">
        {t(isKept ? 'acting.heldUp.kept' : 'annotate.save.notKept')}
      </Text>
      <Button
        variant="light"
        color="yellow"
        size="compact-xs"
        leftSection={<IconRefresh size={13} />}
        onClick={() => resumeSending(datasetId)}
      >
        {t('annotate.save.retry')}
      </Button>
    </section>
  );
}
