// What to import, where to, and in which format.

import { Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { importFormats } from '@migaki/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DestinationFields, destinationOf, newDataset } from '../datasets/DestinationFields.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { datasetsQuery } from '../server/queries.ts';
import { FormEnd } from '../shell/FormEnd.tsx';
import { freeName, summarize } from './chosen-files.ts';
import { FilesToSend } from './FilesToSend.tsx';
import { InterruptedNotice } from './InterruptedNotice.tsx';
import {
  closeImport,
  type ImportState,
  startImportFrom,
  uploadAndImport,
} from './import-dialog-state.ts';
import type { ImportRequest } from './import-request.ts';
import { findSent, interruptedUploadQuery } from './interrupted-upload.ts';
import { type Place, PlaceTabs } from './PlaceTabs.tsx';

type Format = NonNullable<ImportRequest['format']>;

export function ChooseStep({ state }: { state: Extract<ImportState, { step: 'choosing' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: datasets = [] } = useQuery(datasetsQuery());
  const [source, setSource] = useState<Place>('files');
  const [path, setPath] = useState('');
  const [imagesPath, setImagesPath] = useState('');
  const [fileFormat, setFileFormat] = useState<Format>('auto');
  const [framesPerSecond, setFramesPerSecond] = useState<number | string>(1);
  const [isUpdate, setUpdate] = useState(false);
  const [chosenTarget, setTarget] = useState<string>();
  const [typedName, setTypedName] = useState<string>();
  const { data: interrupted = null } = useQuery(interruptedUploadQuery());
  const summary = summarize(state.files);
  const sentBefore = findSent(state.files, interrupted?.sent ?? []).size;
  const resumed = sentBefore > 0 ? interrupted?.request.into : undefined;
  const into = { ...resumed, ...state.into };
  const target =
    chosenTarget ?? String('datasetId' in into ? (into.datasetId ?? newDataset) : newDataset);
  const pathName = path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  const unnamed = summary.count === 0 ? '' : t('import.unnamed', { date: format.day(new Date()) });
  const resumedName = 'newDataset' in into ? into.newDataset : undefined;
  const suggested = source === 'files' ? resumedName || summary.name || unnamed : pathName;
  const names = new Set(datasets.map((dataset) => dataset.name));
  const name = typedName ?? freeName(suggested, names);
  const destination = { target, name };
  const chosen = destinationOf(destination, names);

  const canUpdate = target !== newDataset && (fileFormat === 'auto' || fileFormat === 'coco');

  const start = useMutation({
    mutationFn: async () => {
      const request = {
        into: chosen!,
        format: fileFormat,
        mode: isUpdate && canUpdate ? ('update' as const) : ('add' as const),
        framesPerSecond: Number(framesPerSecond) || 1,
      };
      if (source === 'files') return uploadAndImport(state.files, request, interrupted);
      await startImportFrom({
        ...request,
        from: { path: path.trim() },
        ...(imagesPath.trim() !== '' && { imagesPath: imagesPath.trim() }),
      });
    },
  });
  const isReady = (source === 'files' ? summary.count > 0 : path.trim() !== '') && chosen !== null;
  const isVideo = fileFormat === 'video' || summary.kinds.some(([kind]) => kind === 'videos');

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack>
        <PlaceTabs
          place={source}
          onChange={setSource}
          files={
            <>
              {interrupted !== null && (
                <InterruptedNotice
                  upload={interrupted}
                  chosenCount={summary.count}
                  sentBefore={sentBefore}
                />
              )}
              <FilesToSend files={state.files} summary={summary} />
            </>
          }
          server={
            <>
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
            </>
          }
        />
        <Group grow align="flex-start">
          <DestinationFields
            label={t('import.into')}
            datasets={datasets}
            takenNames={names}
            {...destination}
            onTarget={(value) => setTarget(value ?? newDataset)}
            onName={setTypedName}
          />
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
        {canUpdate && (
          <Switch
            label={t('import.update')}
            description={t('import.updateHelp')}
            checked={isUpdate}
            onChange={({ currentTarget }) => setUpdate(currentTarget.checked)}
          />
        )}
        <FormEnd
          label={t('import.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={isReady}
          onCancel={closeImport}
        />
      </Stack>
    </form>
  );
}
