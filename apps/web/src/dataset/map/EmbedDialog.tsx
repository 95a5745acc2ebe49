// Lets a model compare the pictures: which model; then progress, and on to the map.

import { Select, Stack, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconMap2, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { useModelReferences } from '../../runs/use-model-references.ts';
import { client } from '../../server/client.ts';
import { FormEnd } from '../../shell/FormEnd.tsx';
import { LinkButton } from '../../shell/links.tsx';

interface EmbedDialogProps {
  datasetId: number;
  /** By which the pictures are compared now, as `name@version`. */
  model: string | null;
  isOpen: boolean;
  onClose: () => void;
}

export function EmbedDialog({ datasetId, model, isOpen, onClose }: EmbedDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('map.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <EmbedForm datasetId={datasetId} model={model} onClose={onClose} onStarted={onStarted} />
      )}
      hint={t('map.mayClose')}
      next={({ state }) =>
        state === 'succeeded' && (
          <LinkButton
            leftSection={<IconMap2 size={14} />}
            to="/datasets/$datasetId/map"
            params={{ datasetId: String(datasetId) }}
            onClick={onClose}
          >
            {t('map.show')}
          </LinkButton>
        )
      }
    />
  );
}

interface EmbedFormProps {
  datasetId: number;
  model: string | null;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function EmbedForm({ datasetId, model: before, onClose, onStarted }: EmbedFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences()?.map(({ reference }) => reference);
  const [chosen, setModel] = useState<string | null>(null);
  // The same again sees only what has come since.
  const usual = before !== null && models?.includes(before) ? before : models?.[0];
  const model = chosen ?? usual ?? null;
  const start = useMutation({
    mutationFn: () => client.startEmbedding({ params: { datasetId }, body: { model: model! } }),
    onSuccess: ({ job }) => onStarted(job),
  });
  if (models?.length === 0) {
    return (
      <Stack align="flex-start">
        <Text size="sm">{t('map.noModel')}</Text>
        <LinkButton
          leftSection={<IconPlayerPlay size={14} />}
          to="/runs/new"
          search={{ dataset: String(datasetId) }}
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
        start.mutate();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('map.explained')}
        </Text>
        <Select
          label={t('runs.train.fields.model')}
          data={models ?? []}
          value={model}
          onChange={setModel}
          allowDeselect={false}
          data-autofocus
        />
        <FormEnd
          label={t('map.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={model !== null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
