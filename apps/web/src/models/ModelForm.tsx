// What is asked before a model works on a dataset: which model, and whatever else the work needs to know.

import { Radio, Select, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../shell/FormEnd.tsx';
import { LinkButton } from '../shell/links.tsx';

interface ModelFormProps {
  /** To which the way to a training leads where there is no model. */
  datasetId?: number;
  /** What the work is. */
  explained: string;
  /** What may be chosen, the usual one first; undefined until it is known. */
  models: readonly string[] | undefined;
  noModel: string;
  modelHelp?: string;
  /** What may be chosen in place of a model, which `start` gets as an empty text. */
  instead?: string;
  /** Further questions, which may depend on the model that is chosen. */
  children?: ReactNode | ((model: string | null) => ReactNode);
  /** Of the button. */
  label: string;
  isReady?: boolean;
  start: (model: string) => Promise<{ job: Job }>;
  onStarted: (job: Job) => void;
  onClose: () => void;
}

export function ModelForm(props: ModelFormProps) {
  const { t } = useTranslation();
  const { datasetId, explained, models, noModel, modelHelp, instead, children, label } = props;
  const { isReady = true, start, onStarted, onClose } = props;
  const [chosen, setModel] = useState<string | null>(null);
  const model =
    chosen ?? models?.[0] ?? (instead === undefined || models === undefined ? null : '');
  const starting = useMutation({
    mutationFn: () => start(model!),
    onSuccess: ({ job }) => onStarted(job),
  });
  if (models?.length === 0 && instead === undefined) {
    return (
      <Stack align="flex-start">
        <Text size="sm">{noModel}</Text>
        <LinkButton
          leftSection={<IconPlayerPlay size={14} />}
          to="/runs/new"
          search={datasetId === undefined ? {} : { dataset: String(datasetId) }}
        >
          {t('dataset.train')}
        </LinkButton>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        starting.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {explained}
        </Text>
        <Select
          label={t('runs.train.fields.model')}
          description={modelHelp}
          data={[
            ...(models ?? []),
            ...(instead === undefined ? [] : [{ value: '', label: instead }]),
          ]}
          value={model}
          onChange={setModel}
          allowDeselect={false}
          data-autofocus
        />
        {typeof children === 'function' ? children(model) : children}
        <FormEnd
          label={label}
          error={starting.error}
          isPending={starting.isPending}
          isReady={isReady && model !== null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

export type PicturesMeant = 'query' | 'all';

/** Those that a filter leaves are meant where there is one. */
export const usuallyMeant = (query: string): PicturesMeant => (query === '' ? 'all' : 'query');

interface PicturesFieldProps {
  /** Of the view that is open. */
  query: string;
  value: PicturesMeant;
  onChange: (value: PicturesMeant) => void;
}

/** Whether what the view shows is meant, or the whole dataset; nothing where that is the same. */
export function PicturesField({ query, value, onChange }: PicturesFieldProps) {
  const { t } = useTranslation();
  if (query === '') return null;
  return (
    <Radio.Group
      label={t('preannotate.pictures')}
      value={value}
      onChange={(chosen) => onChange(chosen as PicturesMeant)}
    >
      <Stack gap={6} mt={4}>
        <Radio value="query" label={t('export.matching', { query })} />
        <Radio value="all" label={t('export.everything')} />
      </Stack>
    </Radio.Group>
  );
}
