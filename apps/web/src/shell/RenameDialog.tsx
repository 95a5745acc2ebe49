// Another name for something.

import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';

interface RenameDialogProps {
  title: string;
  name: string;
  isOpen: boolean;
  onClose: () => void;
  /** What it rejects with is said at the field. */
  onRename: (name: string) => Promise<void>;
}

export function RenameDialog({ title, name, isOpen, onClose, onRename }: RenameDialogProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const [typed, setTyped] = useState(name);
  const rename = useMutation({ mutationFn: () => onRename(typed.trim()), onSuccess: onClose });
  const { reset } = rename;
  useEffect(() => {
    if (!isOpen) return;
    setTyped(name);
    reset();
  }, [isOpen, name, reset]);
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t('datasets.name')}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            error={sayError(rename.error)}
            maxLength={200}
            data-autofocus
            required
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={typed.trim() === ''} loading={rename.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
