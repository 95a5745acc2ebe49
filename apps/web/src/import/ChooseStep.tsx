// What to import, where to, and in which format.

import { Alert, Button, Group, NumberInput, Select, Stack, Tabs, TextInput } from '@mantine/core';
import { importFormats } from '@migaki/api';
import { IconAlertTriangle, IconDeviceDesktop, IconServer } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { datasetsQuery } from '../server/queries.ts';
import { summarize } from './chosen-files.ts';
import { FilesToSend } from './FilesToSend.tsx';
import {
  closeImport,
  type ImportRequest,
  type ImportState,
  startImportFrom,
  uploadAndImport,
} from './import-dialog-state.ts';

type Format = NonNullable<ImportRequest['format']>;
const newDataset = 'new';

export function ChooseStep({ state }: { state: Extract<ImportState, { step: 'choosing' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: datasets = [] } = useQuery(datasetsQuery());
  const [source, setSource] = useState<string | null>('files');
  const [path, setPath] = useState('');
  const [imagesPath, setImagesPath] = useState('');
  const [fileFormat, setFileFormat] = useState<Format>('auto');
  const [framesPerSecond, setFramesPerSecond] = useState<number | string>(1);
  const [target, setTarget] = useState(String(state.into.datasetId ?? newDataset));
  const [typedName, setTypedName] = useState<string>();
  const summary = summarize(state.files);
  const pathName = path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  const unnamed = summary.count === 0 ? '' : t('import.unnamed', { date: format.day(new Date()) });
  const name = typedName ?? (source === 'files' ? summary.name || unnamed : pathName);

  const start = useMutation({
    mutationFn: async () => {
      const request = {
        into: target === newDataset ? { newDataset: name.trim() } : { datasetId: Number(target) },
        format: fileFormat,
        framesPerSecond: Number(framesPerSecond) || 1,
      };
      if (source === 'files') return uploadAndImport(state.files, request);
      await startImportFrom({
        ...request,
        from: { path: path.trim() },
        ...(imagesPath.trim() !== '' && { imagesPath: imagesPath.trim() }),
      });
    },
  });
  const isReady =
    (source === 'files' ? summary.count > 0 : path.trim() !== '') &&
    (target !== newDataset || name.trim() !== '');
  const isVideo = fileFormat === 'video' || summary.kinds.some(([kind]) => kind === 'videos');

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack>
        <Tabs value={source} onChange={setSource}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="files" leftSection={<IconDeviceDesktop size={16} />}>
              {t('import.fromComputer')}
            </Tabs.Tab>
            <Tabs.Tab value="server" leftSection={<IconServer size={16} />}>
              {t('import.fromServer')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="files">
            <FilesToSend files={state.files} summary={summary} />
          </Tabs.Panel>
          <Tabs.Panel value="server">
            <Stack gap="xs">
              <TextInput
                label={t('import.path')}
                description={t('import.pathHelp')}
                placeholder="/data/cells"
                value={path}
                onChange={({ currentTarget }) => setPath(currentTarget.value)}
              />
              <TextInput
                label={t('import.imagesPath')}
                description={t('import.imagesPathHelp')}
                value={imagesPath}
                onChange={({ currentTarget }) => setImagesPath(currentTarget.value)}
              />
            </Stack>
          </Tabs.Panel>
        </Tabs>
        <Group grow align="flex-start">
          <Select
            label={t('import.into')}
            data={[
              { value: newDataset, label: t('import.newDataset') },
              ...datasets.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={target}
            onChange={(value) => setTarget(value ?? newDataset)}
            allowDeselect={false}
            searchable
          />
          {target === newDataset && (
            <TextInput
              label={t('datasets.name')}
              value={name}
              onChange={({ currentTarget }) => setTypedName(currentTarget.value)}
              maxLength={200}
              required
            />
          )}
        </Group>
        <Group grow align="flex-start">
          <Select
            label={t('import.format')}
            description={t(`formats.${fileFormat}.help`)}
            data={importFormats.map((value) => ({ value, label: t(`formats.${value}.name`) }))}
            value={fileFormat}
            onChange={(value) => setFileFormat((value ?? 'auto') as Format)}
            allowDeselect={false}
            inputWrapperOrder={['label', 'input', 'description']}
          />
          {isVideo && (
            <NumberInput
              label={t('import.framesPerSecond')}
              min={0.01}
              max={240}
              decimalScale={2}
              value={framesPerSecond}
              onChange={setFramesPerSecond}
            />
          )}
        </Group>
        {start.error !== null && (
          <Alert color="red" icon={<IconAlertTriangle />} role="alert">
            {start.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={closeImport}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={start.isPending}>
            {t('import.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
