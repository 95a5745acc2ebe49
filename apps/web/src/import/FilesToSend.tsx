// The drop area of the import dialog and what lies in it.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileImport, IconFiles, IconFolderOpen, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { type ChosenFile, chosenFile, type FileSummary, withoutLeftovers } from './chosen-files.ts';
import { addFiles, clearFiles } from './import-dialog-state.ts';
import './import.css';

interface FilesToSendProps {
  files: readonly ChosenFile[];
  summary: FileSummary;
}

export function FilesToSend({ files, summary }: FilesToSendProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const openFiles = useRef<() => void>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const add = (chosen: Iterable<File>) => addFiles(withoutLeftovers([...chosen].map(chosenFile)));
  return (
    <Stack gap="xs">
      <Dropzone
        onDrop={add}
        openRef={openFiles}
        activateOnClick={false}
        activateOnKeyboard={false}
        useFsAccessApi={false}
        className="file-drop"
        tabIndex={-1}
      >
        <Stack align="center" gap="xs">
          <IconFileImport size={36} stroke={1.3} />
          <Text size="sm" fw={500}>
            {t('import.drop')}
          </Text>
          <Text size="xs" c="dimmed" ta="center">
            {t('import.dropHelp')}
          </Text>
          <Group gap="xs">
            <Button
              variant="light"
              leftSection={<IconFolderOpen size={14} />}
              onClick={() => folderInput.current?.click()}
              data-autofocus
            >
              {t('import.chooseFolder')}
            </Button>
            <Button
              variant="light"
              leftSection={<IconFiles size={14} />}
              onClick={() => openFiles.current?.()}
            >
              {t('import.chooseFiles')}
            </Button>
          </Group>
        </Stack>
      </Dropzone>
      <input
        ref={(input) => {
          folderInput.current = input;
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
      {files.length > 0 && (
        <div className="chosen-files">
          <Text size="sm" fw={600}>
            {t('import.chosen', {
              count: summary.count,
              shown: format.count(summary.count),
              size: format.bytes(summary.bytes),
            })}
          </Text>
          {summary.kinds.map(([kind, count]) => (
            <Badge key={kind} variant="light" color={kind === 'others' ? 'gray' : undefined}>
              {t(`import.kinds.${kind}`)} {format.count(count)}
            </Badge>
          ))}
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconX size={12} />}
            onClick={clearFiles}
          >
            {t('import.clear')}
          </Button>
          <Text size="xs" c="dimmed" truncate w="100%">
            {files
              .slice(0, 4)
              .map(({ path }) => path)
              .join(', ')}
            {files.length > 4 && ' …'}
          </Text>
        </div>
      )}
    </Stack>
  );
}
