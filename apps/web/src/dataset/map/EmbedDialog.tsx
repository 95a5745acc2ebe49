// Lets a model compare the pictures, or the objects: which model; then progress, and on to what came of it.

import type { Job } from '@migaki/api';
import { IconMap2, IconPolygon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { ModelForm } from '../../models/ModelForm.tsx';
import { useModelReferences } from '../../runs/use-model-references.ts';
import { client } from '../../server/client.ts';
import { LinkButton } from '../../shell/links.tsx';

interface EmbedDialogProps {
  datasetId: number;
  of: 'images' | 'objects';
  /** By which they are compared now, as `name@version`. */
  model: string | null;
  isOpen: boolean;
  onClose: () => void;
}

export function EmbedDialog({ datasetId, of, model, isOpen, onClose }: EmbedDialogProps) {
  const { t } = useTranslation();
  const words = of === 'images' ? 'map' : 'compareObjects';
  return (
    <JobDialog
      title={t(`${words}.title`)}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <EmbedForm
          datasetId={datasetId}
          of={of}
          model={model}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t(`${words}.mayClose`)}
      next={({ state }) =>
        state === 'succeeded' &&
        (of === 'images' ? (
          <LinkButton
            leftSection={<IconMap2 size={14} />}
            to="/datasets/$datasetId/map"
            params={{ datasetId: String(datasetId) }}
            onClick={onClose}
          >
            {t('map.show')}
          </LinkButton>
        ) : (
          <LinkButton
            leftSection={<IconPolygon size={14} />}
            to="/datasets/$datasetId/objects"
            params={{ datasetId: String(datasetId) }}
            search={{ sort: '-outlier' }}
            onClick={onClose}
          >
            {t('compareObjects.show')}
          </LinkButton>
        ))
      }
    />
  );
}

interface EmbedFormProps extends Pick<EmbedDialogProps, 'datasetId' | 'of' | 'model'> {
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function EmbedForm({ datasetId, of, model: before, onClose, onStarted }: EmbedFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences(datasetId)
    ?.map(({ reference }) => reference)
    // The same again sees only what has come since.
    .sort((a, b) => Number(b === before) - Number(a === before));
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t(of === 'images' ? 'map.explained' : 'compareObjects.explained')}
      models={models}
      noModel={t('map.noModel')}
      label={t('map.start')}
      start={(model) => client.startEmbedding({ params: { datasetId }, body: { model, of } })}
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}
