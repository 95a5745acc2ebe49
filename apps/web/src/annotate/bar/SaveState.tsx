// Whether everything is saved, and if not, why not, what that means and what can be done.

import { Anchor, Button, Loader, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { type SaveStatus, saveFailure, saveStatus } from '@migaki/annotator';
import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconRefresh,
  IconUserExclamation,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { WaitingLink } from '../../saving/WaitingLink.tsx';
import { useWaiting, type Waiting } from '../../saving/waiting.ts';
import { useEditor, useSession } from '../session/EditorContext.tsx';
import { useValue } from '../session/value.ts';

const looks: Record<SaveStatus, { tone: 'good' | 'quiet' | 'warn' | 'bad'; icon: ReactNode }> = {
  saved: { tone: 'good', icon: <IconCloudCheck size={16} /> },
  saving: { tone: 'quiet', icon: <Loader size={12} color="gray" /> },
  offline: { tone: 'warn', icon: <IconCloudOff size={16} /> },
  'server-error': { tone: 'warn', icon: <IconCloudOff size={16} /> },
  'disk-full': { tone: 'warn', icon: <IconCloudOff size={16} /> },
  'session-expired': { tone: 'warn', icon: <IconAlertTriangle size={16} /> },
  conflict: { tone: 'bad', icon: <IconUserExclamation size={16} /> },
  refused: { tone: 'bad', icon: <IconAlertTriangle size={16} /> },
};

const countOf = (waiting: readonly Waiting[]) => waiting.reduce((sum, each) => sum + each.count, 0);

/** Of what another tab has left of the picture that is shown. */
const statusOf = (waiting: readonly Waiting[]): SaveStatus =>
  waiting.some(({ isStuck }) => isStuck) ? 'refused' : 'saving';

export function SaveState() {
  const { t } = useTranslation();
  const session = useSession();
  const own = useEditor(({ sync }) => saveStatus(sync.queue));
  const count = useEditor(({ sync }) => sync.queue.pending.length);
  const message = useEditor(({ sync }) => saveFailure(sync.queue)?.message ?? null);
  const { isKept } = useValue(session.situation);
  const waiting = useWaiting();
  const isHere = ({ datasetId, imageId }: Waiting) =>
    datasetId === session.datasetId && imageId === session.image.id;
  const here = waiting.filter(isHere);
  const elsewhere = waiting.filter((each) => !isHere(each));
  const status = own === 'saved' && here.length > 0 ? statusOf(here) : own;
  const { tone, icon } = looks[status];
  const isSaid = status === 'server-error' || status === 'refused';
  return (
    <Popover shadow="md" width={320} position="bottom-start">
      <Popover.Target>
        <UnstyledButton
          className="annotate-save"
          data-tone={tone}
          data-status={status}
          aria-live="polite"
        >
          {icon}
          <span>{t(`annotate.save.${status}`)}</span>
          {count > 1 && <span className="annotate-save-count">{count}</span>}
          {status === 'saved' && elsewhere.length > 0 && <IconCloudUp size={14} />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">{t(`annotate.save.help.${status}`)}</Text>
          {isSaid && message !== null && (
            <Text size="sm" c="dimmed">
              {message}
            </Text>
          )}
          {count > 0 && (
            <Text size="xs" c="dimmed">
              {t('annotate.save.waiting', { count })}
            </Text>
          )}
          {!isKept && count > 0 && (
            <Text size="sm" c="red" fw={600}>
              {t('annotate.save.notKept')}
            </Text>
          )}
          {here.length > 0 && (
            <>
              <Text size="xs" fw={600}>
                {t('annotate.save.here', { count: countOf(here) })}
              </Text>
              <Anchor
                component="button"
                size="xs"
                ta="start"
                onClick={() => window.location.reload()}
              >
                {t('annotate.save.show')}
              </Anchor>
            </>
          )}
          {elsewhere.length > 0 && (
            <>
              <Text size="xs" fw={600}>
                {t('annotate.save.elsewhere', { count: countOf(elsewhere) })}
              </Text>
              {elsewhere.map((each) => (
                <Anchor
                  key={`${each.datasetId}/${each.imageId}`}
                  size="xs"
                  c={each.isStuck ? 'red' : undefined}
                  renderRoot={(props) => <WaitingLink {...props} waiting={each} />}
                >
                  {t('annotate.save.open', { name: each.name })}
                </Anchor>
              ))}
            </>
          )}
          {tone === 'warn' && (
            <Button
              size="xs"
              variant="light"
              leftSection={<IconRefresh size={14} />}
              onClick={session.retry}
            >
              {t('annotate.save.retry')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
