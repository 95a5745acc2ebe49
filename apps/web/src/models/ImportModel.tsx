// Adds an ONNX file to the registry.

import { Alert, Button, FileInput, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconFile } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import { client, queryClient } from '../server/client.ts';
import { notifyDone } from '../shell/notify.tsx';

interface ImportModelProps {
  isOpen: boolean;
  onClose: () => void;
}

export function ImportModel({ isOpen, onClose }: ImportModelProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [typedName, setTypedName] = useState<string>();
  const name = typedName ?? file?.name.replace(/\.onnx$/i, '') ?? '';
  const add = useMutation({
    mutationFn: () => client.importModel({ query: { name: name.trim() }, upload: file! }),
    onSuccess: async ({ modelId, version }) => {
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      onClose();
      notifyDone(t('models.imported', { name: `${name.trim()}@${version}` }));
      await navigate({
        to: '/models/$modelId',
        params: { modelId: String(modelId) },
        search: { version: String(version) },
      });
    },
  });
  const { reset } = add;
  useEffect(() => {
    if (!isOpen) return;
    setFile(null);
    setTypedName(undefined);
    reset();
  }, [isOpen, reset]);
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('models.import')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('models.importHelp')}
          </Text>
          <FileInput
            size="sm"
            label={t('models.file')}
            placeholder={t('runs.train.chooseFile')}
            accept=".onnx"
            leftSection={<IconFile size={16} />}
            value={file}
            onChange={setFile}
            data-autofocus
            required
          />
          <TextInput
            label={t('models.name')}
            description={t('models.nameHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={name}
            onChange={({ currentTarget }) => setTypedName(currentTarget.value)}
            maxLength={100}
            required
          />
          {add.error !== null && (
            <Alert color="red" icon={<IconAlertTriangle />} role="alert">
              {sayError(add.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              disabled={file === null || name.trim() === ''}
              loading={add.isPending}
            >
              {t('models.importShort')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
