// Lets a model propose what is in the pictures: which model, which pictures, how sure; then progress, and on to looking over.

import { Input, Slider, Switch } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconEyeCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { ModelForm, PicturesField, usuallyMeant } from '../models/ModelForm.tsx';
import { useModelReferences } from '../runs/use-model-references.ts';
import { client } from '../server/client.ts';
import { LinkButton } from '../shell/links.tsx';

interface PreannotateDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function PreannotateDialog({ datasetId, query, isOpen, onClose }: PreannotateDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('preannotate.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <PreannotateForm
          datasetId={datasetId}
          query={query}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t('preannotate.mayClose')}
      next={({ state }) =>
        state === 'succeeded' && (
          <LinkButton
            leftSection={<IconEyeCheck size={14} />}
            to="/datasets/$datasetId/look-over"
            params={{ datasetId: String(datasetId) }}
            search={{ begin: '1' }}
            onClick={onClose}
          >
            {t('preannotate.lookOver')}
          </LinkButton>
        )
      }
    />
  );
}

/** Whose answers are annotations. */
const proposingTasks: readonly string[] = ['detect', 'segment', 'pose', 'classify'];
const usualThreshold = 0.5;

interface PreannotateFormProps {
  datasetId: number;
  query: string;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function PreannotateForm({ datasetId, query, onClose, onStarted }: PreannotateFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences()
    ?.filter(({ task }) => proposingTasks.includes(task))
    .map(({ reference }) => reference);
  const [meant, setMeant] = useState(usuallyMeant(query));
  const [onlyUnlabelled, setOnlyUnlabelled] = useState(true);
  const [threshold, setThreshold] = useState(usualThreshold);
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t('preannotate.explained')}
      models={models}
      noModel={t('preannotate.noModel')}
      label={t('preannotate.start')}
      start={(model) =>
        client.startPreannotation({
          params: { datasetId },
          body: { model, query: meant === 'query' ? query : '', onlyUnlabelled, threshold },
        })
      }
      onStarted={onStarted}
      onClose={onClose}
    >
      <PicturesField query={query} value={meant} onChange={setMeant} />
      <Switch
        label={t('preannotate.onlyUnlabelled')}
        checked={onlyUnlabelled}
        onChange={({ currentTarget }) => setOnlyUnlabelled(currentTarget.checked)}
      />
      <Input.Wrapper
        label={t('preannotate.threshold')}
        description={t('preannotate.thresholdHelp')}
      >
        <Slider
          mt="xs"
          mb="md"
          min={0}
          max={1}
          step={0.05}
          value={threshold}
          onChange={setThreshold}
          label={(value) => value.toFixed(2)}
          marks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: String(value) }))}
          thumbLabel={t('preannotate.threshold')}
        />
      </Input.Wrapper>
    </ModelForm>
  );
}
