// Measures a model on a dataset: which model, which dataset, whether pictures that it learned from count; then on to the page.

import { Select, Stack, Switch, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconReportAnalytics } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { useModelReferences } from '../runs/use-model-references.ts';
import { client, queryClient } from '../server/client.ts';
import { datasetsQuery } from '../server/queries.ts';
import { FormEnd } from '../shell/FormEnd.tsx';
import { LinkButton } from '../shell/links.tsx';

interface EvaluateDialogProps {
  /** What is given need not be asked. */
  model?: string;
  datasetId?: number;
  isOpen: boolean;
  onClose: () => void;
}

export function EvaluateDialog({ model, datasetId, isOpen, onClose }: EvaluateDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('evaluations.dialog.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <EvaluateForm model={model} datasetId={datasetId} onClose={onClose} onStarted={onStarted} />
      )}
      hint={t('evaluations.dialog.mayClose')}
      next={({ state, result }) => {
        if (state !== 'succeeded') return false;
        void queryClient.invalidateQueries({ queryKey: ['evaluations', 'list'] });
        const { evaluationId } = result as { evaluationId: number };
        return (
          <LinkButton
            leftSection={<IconReportAnalytics size={14} />}
            to="/evaluations/$evaluationId"
            params={{ evaluationId: String(evaluationId) }}
            search={{}}
            onClick={onClose}
          >
            {t('evaluations.dialog.open')}
          </LinkButton>
        );
      }}
    />
  );
}

interface EvaluateFormProps {
  model: string | undefined;
  datasetId: number | undefined;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function EvaluateForm({
  model: givenModel,
  datasetId: givenId,
  onClose,
  onStarted,
}: EvaluateFormProps) {
  const { t } = useTranslation();
  const references = useModelReferences();
  const { data: datasets } = useQuery(datasetsQuery());
  const [chosenModel, setModel] = useState<string | null>(null);
  const [chosenDataset, setDataset] = useState<string | null>(null);
  const [withLearned, setWithLearned] = useState(false);
  const model = givenModel ?? chosenModel ?? references?.[0]?.reference ?? null;
  const dataset = givenId?.toString() ?? chosenDataset ?? datasets?.[0]?.id.toString() ?? null;
  const start = useMutation({
    mutationFn: () =>
      client.startEvaluation({
        params: { datasetId: Number(dataset) },
        body: { model: model!, withLearned },
      }),
    onSuccess: ({ job }) => onStarted(job),
  });
  if (references?.length === 0) {
    return <Text size="sm">{t('evaluations.dialog.noModel')}</Text>;
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
          {t('evaluations.dialog.explained')}
        </Text>
        {givenModel === undefined && (
          <Select
            label={t('runs.train.fields.model')}
            data={[...new Set(references?.map(({ reference }) => reference))]}
            value={model}
            onChange={setModel}
            allowDeselect={false}
            data-autofocus
          />
        )}
        {givenId === undefined && (
          <Select
            label={t('models.facts.dataset')}
            data={(datasets ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={dataset}
            onChange={setDataset}
            allowDeselect={false}
            data-autofocus
          />
        )}
        <Switch
          label={t('evaluations.dialog.withLearned')}
          description={t('evaluations.dialog.withLearnedHelp')}
          checked={withLearned}
          onChange={({ currentTarget }) => setWithLearned(currentTarget.checked)}
        />
        <FormEnd
          label={t('evaluations.dialog.start')}
          error={start.error}
          isPending={start.isPending}
          isReady={model !== null && dataset !== null}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}
