import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { client, queryClient } from '../../server/client.ts';
import { versionsQuery } from '../../server/queries.ts';
import { notifyDone } from '../../shell/notify.tsx';

interface VersionFormProps {
  datasetId: number;
  suggestion: string;
  isOpen: boolean;
  onClose: () => void;
}

export function VersionForm({ datasetId, suggestion, isOpen, onClose }: VersionFormProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const [name, setName] = useState(suggestion);
  const [note, setNote] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is being typed stays, whatever is suggested meanwhile
  useEffect(() => {
    if (isOpen) setName(suggestion);
  }, [isOpen]);
  const create = useMutation({
    mutationFn: () =>
      client.createVersion({
        params: { datasetId },
        body: { name: name.trim(), note: note.trim() },
      }),
    onSuccess: async (version) => {
      await queryClient.invalidateQueries({ queryKey: versionsQuery(datasetId).queryKey });
      notifyDone(t('versions.created', { name: version.name }));
      setNote('');
      onClose();
    },
  });
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('versions.create')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('versions.explanation')}
          </Text>
          <TextInput
            label={t('versions.name')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={sayError(create.error)}
            maxLength={200}
            required
            data-autofocus
          />
          <Textarea
            label={t('versions.note')}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
            autosize
            minRows={2}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
              {t('versions.createShort')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
