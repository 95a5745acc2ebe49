// Measures a model on a dataset: which model, which dataset, whether pictures that it learned from count; then on to the page.

import { Select, Switch } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconReportAnalytics } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { ModelForm } from '../models/ModelForm.tsx';
import { useModelReferences } from '../runs/use-model-references.ts';
import { client } from '../server/client.ts';
import { datasetsQuery } from '../server/queries.ts';
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
  const references = useModelReferences(givenId);
  const { data: datasets } = useQuery(datasetsQuery());
  const [chosen, setDataset] = useState<string | null>(null);
  const [withLearned, setWithLearned] = useState(false);
  const dataset = givenId?.toString() ?? chosen ?? datasets?.[0]?.id.toString() ?? null;
  const models =
    givenModel === undefined ? references?.map(({ reference }) => reference) : [givenModel];
  return (
    <ModelForm
      explained={t('evaluations.dialog.explained')}
      models={models}
      noModel={t('evaluations.dialog.noModel')}
      label={t('evaluations.dialog.start')}
      isReady={dataset !== null}
      start={(model) =>
        client.startEvaluation({
          params: { datasetId: Number(dataset) },
          body: { model, withLearned },
        })
      }
      onStarted={onStarted}
      onClose={onClose}
    >
      {givenId === undefined && (
        <Select
          label={t('evaluations.dialog.dataset')}
          data={(datasets ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={dataset}
          onChange={setDataset}
          allowDeselect={false}
        />
      )}
      <Switch
        label={t('evaluations.dialog.withLearned')}
        description={t('evaluations.dialog.withLearnedHelp')}
        checked={withLearned}
        onChange={({ currentTarget }) => setWithLearned(currentTarget.checked)}
      />
    </ModelForm>
  );
}
