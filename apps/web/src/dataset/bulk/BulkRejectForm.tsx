import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkFormProps } from './BulkTagForm.tsx';

/** Why pictures go back: the same comment on each. */
export function BulkRejectForm({ isOpen, onClose, onAction }: BulkFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('bulk.rejectImages')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAction({ type: 'rejectImages', text });
          setText('');
          onClose();
        }}
      >
        <Stack>
          <Textarea
            label={t('comments.reason')}
            description={t('comments.rejectHelp')}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            autosize
            minRows={3}
            maxLength={10_000}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={text.trim() === ''}>
              {t('bulk.sendBack')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
