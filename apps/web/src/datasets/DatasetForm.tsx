// Makes a dataset, or renames and describes one.

import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import type { DatasetSummary } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { client, queryClient } from '../server/client.ts';

interface DatasetFormProps {
  /** The one to change; nothing for a new one. */
  dataset?: DatasetSummary;
  isOpen: boolean;
  onClose: () => void;
}

export function DatasetForm(props: DatasetFormProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.dataset === undefined ? t('datasets.create') : t('datasets.rename')}
    >
      <Fields {...props} />
    </Modal>
  );
}

function Fields({ dataset, onClose }: DatasetFormProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const navigate = useNavigate();
  const [name, setName] = useState(dataset?.name ?? '');
  const [description, setDescription] = useState(dataset?.description ?? '');
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), description: description.trim() };
      return dataset === undefined
        ? client.createDataset({ body })
        : client.changeDataset({ params: { datasetId: dataset.id }, body });
    },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['datasets'] });
      await queryClient.invalidateQueries({ queryKey: ['dataset', id], exact: true });
      onClose();
      if (dataset === undefined) {
        await navigate({ to: '/datasets/$datasetId/images', params: { datasetId: String(id) } });
      }
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('datasets.name')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={sayError(save.error)}
          maxLength={200}
          data-autofocus
          required
        />
        <Textarea
          label={t('datasets.description')}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          autosize
          minRows={2}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {dataset === undefined ? t('datasets.createShort') : t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
