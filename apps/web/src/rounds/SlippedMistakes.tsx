// Mistakes that were slipped in and stand among the labels: what stands on the left, what the model had found on the right. One key
// puts one right, another says that it is right as it stands.

import { Button, Group, Paper, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { SlippedMistake } from '@migaki/api';
import { IconChecks } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberDone, rememberRevision } from '../dataset/bulk/done-revisions.ts';
import { FileNames } from '../dataset/FileName.tsx';
import { useOverlayStyle } from '../dataset/overlay/use-overlay-style.ts';
import { useFormat } from '../i18n/use-format.ts';
import { client } from '../server/client.ts';
import { slippedMistakesQuery } from '../server/evaluation-queries.ts';
import { ownSession } from '../server/own-changes.ts';
import { useActions } from '../shell/actions.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { SlippedCard } from './SlippedCard.tsx';
import '../dataset/mistakes/mistakes.css';

/** CSS pixels. */
const wide = { width: 176, height: 150 };
const narrow = { width: 150, height: 130 };

export function SlippedMistakes({ datasetId }: { datasetId: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: items = [] } = useQuery(slippedMistakesQuery(datasetId));
  const style = useOverlayStyle(datasetId);
  const paneSize = useMediaQuery('(max-width: 600px)') ? narrow : wide;
  const [focusedId, setFocusedId] = useState<number | null>(null);
  const focused = items.find(({ image }) => image.id === focusedId) ?? items[0];
  const { putRight, isRight } = useDecisions(datasetId);
  const step = (by: 1 | -1) => {
    const next = focused && items[items.indexOf(focused) + by];
    if (next !== undefined) setFocusedId(next.image.id);
  };
  const group = t('rounds.slipped');
  useActions(
    focused === undefined
      ? []
      : [
          {
            id: 'slipped-next',
            label: t('mistakes.next'),
            group,
            keys: ['j', 'ArrowRight'],
            run: () => step(1),
            isKeyOnly: true,
          },
          {
            id: 'slipped-previous',
            label: t('mistakes.previous'),
            group,
            keys: ['k', 'ArrowLeft'],
            run: () => step(-1),
            isKeyOnly: true,
          },
          {
            id: 'slipped-put-right',
            label: t('rounds.putRight'),
            group,
            keys: ['a'],
            run: () => putRight([focused]),
          },
          {
            id: 'slipped-is-right',
            label: t('rounds.isRight'),
            group,
            keys: ['x'],
            run: () => isRight(focused),
          },
        ],
  );
  if (items.length === 0) return null;
  return (
    <Paper component="section" withBorder p="sm" mb="sm" aria-label={group}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} component="h2">
          {t('rounds.slippedCount', { count: items.length, shown: format.count(items.length) })}
        </Text>
        <Button
          size="compact-sm"
          leftSection={<IconChecks size={14} />}
          onClick={() => putRight(items)}
        >
          {t('rounds.putAllRight')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('rounds.slippedExplained')}
      </Text>
      <div className="slipped-list">
        <FileNames of={items.map(({ image }) => image.fileName)}>
          {items.map((mistake, position) => (
            <SlippedCard
              key={mistake.image.id}
              mistake={mistake}
              position={position}
              isFocused={mistake === focused}
              isSteppedTo={mistake.image.id === focusedId}
              style={style}
              paneSize={paneSize}
              onFocus={() => setFocusedId(mistake.image.id)}
              onPutRight={() => putRight([mistake])}
              onIsRight={() => isRight(mistake)}
            />
          ))}
        </FileNames>
      </div>
    </Paper>
  );
}

/** Each can be taken back as whatever else was done to the dataset. */
function useDecisions(datasetId: number) {
  const queries = useQueryClient();
  const params = { datasetId };
  const refresh = () => queries.invalidateQueries({ queryKey: ['dataset', datasetId] });
  const idsOf = (mistakes: readonly SlippedMistake[]) => mistakes.map(({ image }) => image.id);
  const put = useMutation({
    mutationFn: (mistakes: readonly SlippedMistake[]) => {
      const body = { key: crypto.randomUUID(), sessionId: ownSession, imageIds: idsOf(mistakes) };
      return client.putSlippedRight({ params, body });
    },
    onSuccess: ({ revision, isUnchanged }) => {
      if (!isUnchanged) rememberRevision(datasetId, revision);
      return refresh();
    },
    onError: notifyError,
  });
  const dismiss = async (imageIds: number[], isDismissed: boolean) => {
    await client.dismissSlipped({ params, body: { imageIds, isDismissed } });
    await refresh();
  };
  const decide = useMutation({
    mutationFn: (mistake: SlippedMistake) => dismiss(idsOf([mistake]), true),
    onSuccess: (_, mistake) =>
      rememberDone(datasetId, { takeBack: () => dismiss(idsOf([mistake]), false) }),
    onError: notifyError,
  });
  return { putRight: put.mutate, isRight: decide.mutate };
}
