// In place of a picture that cannot be opened: why, what becomes of what was drawn, and where one can go on from here, by
// the annotator's own keys too.

import { Button, Group, Stack } from '@mantine/core';
import { type CommandName, chordOf, keymapOf } from '@migaki/annotator';
import {
  IconArrowLeft,
  IconChevronLeft,
  IconChevronRight,
  IconCloudOff,
  IconRefresh,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useKnownInQueue } from '../look-over/use-queue.ts';
import { useWaiting } from '../saving/waiting.ts';
import { isTemporary } from '../server/client.ts';
import { neighboursQuery } from '../server/queries.ts';
import { isInDialog, isTyping } from '../shell/actions.ts';
import { EmptyState } from '../shell/EmptyState.tsx';
import { ErrorView } from '../shell/ErrorView.tsx';
import { capsOf } from '../shell/keys.ts';
import { readKeymap } from './keys/keymap-store.ts';
import type { Place } from './sequence/frames.ts';
import { useGoToPicture } from './use-open-picture.ts';

interface NotOpenedProps {
  place: Place;
  isLookingOver: boolean;
  /** The picture that was open before. */
  beforeId: number | null;
  error: unknown;
  onRetry: () => void;
  onLeave: () => void;
}

export function NotOpened(props: NotOpenedProps) {
  const { place, isLookingOver, beforeId, error, onRetry, onLeave } = props;
  const { t } = useTranslation();
  const { datasetId, imageId, view } = place;
  const isKept = useWaiting().length > 0;
  const goTo = useGoToPicture(datasetId);
  // Only what is known already: it is asked for when the picture is there.
  const { data } = useQuery({ ...neighboursQuery(datasetId, imageId, view), enabled: false });
  const inQueue = useKnownInQueue(datasetId, imageId, view.q);
  const beside = isLookingOver ? inQueue : data;
  const known = { previous: beside?.previous ?? beforeId, next: beside?.next ?? null };
  const keymap = useMemo(() => keymapOf(readKeymap()), []);
  const leading = (id: number | null) => (id === null ? undefined : () => void goTo(id));
  const ways: readonly Way[] = [
    ['picture.previous', t('annotate.bar.previous'), IconChevronLeft, leading(known.previous)],
    ['picture.next', t('annotate.bar.next'), IconChevronRight, leading(known.next)],
    ['picture.leave', t('annotate.bar.back'), IconArrowLeft, onLeave],
  ];
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || isTyping(event.target) || isInDialog(event.target)) return;
      const name = keymap.commandOf.get(chordOf(event));
      const run = ways.find(([way]) => way === name)?.[3];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  });
  const buttons = (
    <Group gap="xs" justify="center">
      {ways.map(
        ([name, label, Icon, run]) =>
          run !== undefined && (
            <Button
              key={name}
              variant="default"
              size="xs"
              leftSection={<Icon size={14} />}
              rightSection={
                <kbd className="hint">{capsOf(keymap.keysOf[name][0] ?? '').join(' ')}</kbd>
              }
              onClick={run}
            >
              {label}
            </Button>
          ),
      )}
    </Group>
  );
  return (
    <main className="annotator annotate-alone">
      {isTemporary(error) ? (
        <EmptyState
          icon={<IconCloudOff size={40} stroke={1.2} />}
          title={t('annotate.unreached.title')}
          advice={t(`annotate.unreached.${isKept ? 'kept' : 'saved'}`)}
        >
          <Button size="xs" leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            {t('error.retry')}
          </Button>
          {buttons}
        </EmptyState>
      ) : (
        <Stack>
          <ErrorView error={error} onRetry={onRetry} />
          {buttons}
        </Stack>
      )}
    </main>
  );
}

type Way = readonly [
  name: CommandName,
  label: string,
  Icon: ComponentType<{ size?: number }>,
  run: (() => void) | undefined,
];
