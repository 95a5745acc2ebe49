// Lets a model compare the pictures: which model; then progress, and on to the map.

import type { Job } from '@migaki/api';
import { IconMap2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { ModelForm } from '../../models/ModelForm.tsx';
import { useModelReferences } from '../../runs/use-model-references.ts';
import { client } from '../../server/client.ts';
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
  const models = useModelReferences(datasetId)
    ?.map(({ reference }) => reference)
    // The same again sees only what has come since.
    .sort((a, b) => Number(b === before) - Number(a === before));
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t('map.explained')}
      models={models}
      noModel={t('map.noModel')}
      label={t('map.start')}
      start={(model) => client.startEmbedding({ params: { datasetId }, body: { model } })}
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}
