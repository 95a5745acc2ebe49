// What another program found, as proposals: its file, sent from here or lying on the server, and in whose name.

import { FileInput, Stack, Text, TextInput } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Place, PlaceTabs } from '../import/PlaceTabs.tsx';
import type { Upload } from '../import/upload.ts';
import { client } from '../server/client.ts';
import { FormEnd } from '../shell/FormEnd.tsx';
import { CalledField, categoriesByLine } from './CalledField.tsx';
import { ProposalFields, type ProposalFormProps, useProposalChoices } from './ProposalFields.tsx';
import { SendingLine } from './SendingLine.tsx';
import { sendResults } from './send-results.ts';

export function ResultsForm({ datasetId, query, onStarted, onClose }: ProposalFormProps) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Place>('files');
  const [file, setFile] = useState<File | null>(null);
  const [labels, setLabels] = useState<File | null>(null);
  const [path, setPath] = useState('');
  const [labelsPath, setLabelsPath] = useState('');
  const [called, setCalled] = useState('');
  const [typedSource, setSource] = useState<string>();
  const [upload, setUpload] = useState<Upload | null>(null);
  const choices = useProposalChoices(datasetId, query);
  const isSent = place === 'files';
  const source = typedSource ?? sourceOf(isSent ? (file?.name ?? '') : path);
  const start = useMutation({
    mutationFn: async () => {
      const from = isSent
        ? { uploadId: await sendResults(file!, labels, setUpload) }
        : { path: path.trim(), labelsPath: labelsPath.trim() || undefined };
      return client.startResultsPreannotation({
        params: { datasetId },
        body: { from, source: source.trim(), map: categoriesByLine(called), ...choices.asked },
      });
    },
    onSuccess: ({ job }) => onStarted(job),
    onSettled: () => setUpload(null),
  });
  // Whoever closes the dialog does not mean to send on.
  useEffect(() => () => upload?.cancel(), [upload]);
  const isReady = (isSent ? file !== null : path.trim() !== '') && source.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('preannotate.results.explained')}
        </Text>
        <PlaceTabs
          place={place}
          onChange={setPlace}
          files={
            <>
              <FileInput
                size="sm"
                label={t('preannotate.results.file')}
                placeholder={t('preannotate.results.choose')}
                accept=".json,.zip"
                leftSection={<IconFile size={16} />}
                value={file}
                onChange={setFile}
                data-autofocus
              />
              <FileInput
                size="sm"
                label={t('preannotate.results.labels')}
                description={t('preannotate.results.labelsHelp')}
                placeholder={t('preannotate.results.choose')}
                accept=".json,.zip"
                leftSection={<IconFile size={16} />}
                value={labels}
                onChange={setLabels}
                clearable
              />
            </>
          }
          server={
            <>
              <TextInput
                label={t('preannotate.results.file')}
                description={t('import.pathHelp')}
                placeholder="/data/results.json"
                value={path}
                onChange={({ currentTarget }) => setPath(currentTarget.value)}
              />
              <TextInput
                label={t('preannotate.results.labels')}
                description={t('preannotate.results.labelsHelp')}
                value={labelsPath}
                onChange={({ currentTarget }) => setLabelsPath(currentTarget.value)}
              />
            </>
          }
        />
        <CalledField datasetId={datasetId} value={called} onChange={setCalled} />
        <TextInput
          label={t('preannotate.source')}
          description={t('preannotate.sourceHelp')}
          value={source}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
          maxLength={100}
        />
        <ProposalFields choices={choices} />
        {upload !== null && <SendingLine upload={upload} />}
        <FormEnd
          label={t('preannotate.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={isReady}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** @example sourceOf('/data/yolo11.json') // 'yolo11' */
const sourceOf = (path: string): string =>
  path
    .replace(/^.*[\\/]/, '')
    .replace(/(\.[^.]+)+$/, '')
    .replaceAll('@', ' ');
