// The picture was deleted while it was open.

import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { useDispatch, useEditor, useSession } from '../session/EditorContext.tsx';
import { DownloadButton } from './DownloadButton.tsx';

export function PictureGone({ isForGood }: { isForGood: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const dispatch = useDispatch();
  const hasUnsaved = useEditor(({ sync }) => sync.queue.pending.length > 0);
  const restore = useMutation({
    mutationFn: () =>
      client.applyBulk({
        params: { datasetId: session.datasetId },
        body: {
          key: crypto.randomUUID(),
          selection: { imageIds: [session.image.id] },
          action: { type: 'restoreImages' },
        },
      }),
    onSuccess: () => {
      session.situation.set({ ...session.situation.get(), isDeleted: false });
      dispatch({ type: 'retry', isNow: true });
    },
    onError: notifyError,
  });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t(isForGood ? 'annotate.trouble.goneForGood' : 'annotate.trouble.deleted')}
      </Text>
      <Text size="sm">
        {t(
          isForGood
            ? 'annotate.trouble.goneHelp'
            : hasUnsaved
              ? 'annotate.trouble.deletedUnsaved'
              : 'annotate.trouble.deletedHelp',
        )}
      </Text>
      <Group gap="xs">
        {!isForGood && (
          <Button size="xs" loading={restore.isPending} onClick={() => restore.mutate()}>
            {t('annotate.trouble.restorePicture')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          onClick={() => dispatch({ type: 'command', name: 'picture.next' })}
        >
          {t('annotate.bar.next')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => dispatch({ type: 'command', name: 'picture.leave' })}
        >
          {t('annotate.bar.back')}
        </Button>
        {hasUnsaved && <DownloadButton />}
      </Group>
    </Stack>
  );
}
