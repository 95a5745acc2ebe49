// Lets a model look for mistakes in the labels: which model, which pictures; then progress, and on to what it found.

import { Input, Slider } from '@mantine/core';
import type { Job } from '@migaki/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { ModelForm, PicturesField, usuallyMeant } from '../../models/ModelForm.tsx';
import { useModelReferences } from '../../runs/use-model-references.ts';
import { client } from '../../server/client.ts';

interface FindMistakesDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function FindMistakesDialog(props: FindMistakesDialogProps) {
  const { datasetId, query, isOpen, onClose } = props;
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('mistakes.find.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <FindMistakesForm
          datasetId={datasetId}
          query={query}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t('mistakes.find.mayClose')}
      next={() => null}
    />
  );
}

/** Whose answers can be held against labels. */
const lookingTasks: readonly string[] = ['detect', 'segment', 'pose', 'classify'];

/** More likely wrong than right. */
const usualDoubt = 0.5;

interface FindMistakesFormProps {
  datasetId: number;
  query: string;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function FindMistakesForm({ datasetId, query, onClose, onStarted }: FindMistakesFormProps) {
  const { t } = useTranslation();
  const models = useModelReferences(datasetId)
    ?.filter(({ task }) => lookingTasks.includes(task))
    .map(({ reference }) => reference);
  const [meant, setMeant] = useState(usuallyMeant(query));
  const [leastDoubt, setLeastDoubt] = useState(usualDoubt);
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t('mistakes.find.explained')}
      models={models}
      noModel={t('preannotate.noModel')}
      modelHelp={t('mistakes.find.modelHelp')}
      label={t('mistakes.find.start')}
      start={(model) =>
        client.startMistakeSearch({
          params: { datasetId },
          body: { model, query: meant === 'query' ? query : '', leastDoubt },
        })
      }
      onStarted={onStarted}
      onClose={onClose}
    >
      <PicturesField query={query} value={meant} onChange={setMeant} />
      <Input.Wrapper
        label={t('mistakes.find.leastDoubt')}
        description={t('mistakes.find.leastDoubtHelp')}
      >
        <Slider
          mt="xs"
          mb="md"
          min={0.1}
          max={0.9}
          step={0.05}
          value={leastDoubt}
          onChange={setLeastDoubt}
          label={(value) => value.toFixed(2)}
          marks={[0.1, 0.3, 0.5, 0.7, 0.9].map((value) => ({ value, label: String(value) }))}
          thumbLabel={t('mistakes.find.leastDoubt')}
        />
      </Input.Wrapper>
    </ModelForm>
  );
}
