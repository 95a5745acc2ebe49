// What is asked of proposals wherever they come from: for which pictures, and from which score on.

import { Input, Slider, Switch } from '@mantine/core';
import { type Job, usualThreshold } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PicturesField, type PicturesMeant, usuallyMeant } from '../models/ModelForm.tsx';
import { datasetQuery } from '../server/queries.ts';
import {
  askedControls,
  type ChosenControls,
  ControlFields,
  controlsOf,
  usualControls,
} from './ControlFields.tsx';

/** What each form of proposals is given. */
export interface ProposalFormProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  onStarted: (job: Job) => void;
  onClose: () => void;
}

interface Chosen extends ChosenControls {
  meant: PicturesMeant;
  onlyUnlabelled: boolean;
  threshold: number;
}

export interface ProposalChoices extends Chosen {
  /** Of the view that is open. */
  query: string;
  /** A measurement is under way. */
  wasMeasured: boolean;
  change: (changes: Partial<Chosen>) => void;
  /** As the server is asked. */
  asked: {
    query: string;
    onlyUnlabelled: boolean;
    threshold: number;
    controls?: number;
    mistakes?: number;
  };
}

export function useProposalChoices(datasetId: number, query: string): ProposalChoices {
  const { data: dataset } = useQuery(datasetQuery(datasetId));
  const [changed, setChanged] = useState<Partial<Chosen>>({});
  const before = dataset && controlsOf(dataset.controlShares);
  const chosen: Chosen = {
    meant: usuallyMeant(query),
    onlyUnlabelled: true,
    threshold: usualThreshold,
    ...(before ?? usualControls),
    ...changed,
  };
  const { meant, onlyUnlabelled, threshold } = chosen;
  return {
    ...chosen,
    query,
    wasMeasured: before !== undefined && before !== null,
    change: (changes) => setChanged((old) => ({ ...old, ...changes })),
    asked: {
      query: meant === 'query' ? query : '',
      onlyUnlabelled,
      threshold,
      // What is not known yet is left as it was.
      ...(dataset !== undefined && askedControls(chosen)),
    },
  };
}

interface ProposalFieldsProps {
  choices: ProposalChoices;
  /** In place of the one score. */
  sureness?: ReactNode;
}

export function ProposalFields({
  choices,
  sureness = <ThresholdField choices={choices} />,
}: ProposalFieldsProps) {
  const { t } = useTranslation();
  const { query, meant, onlyUnlabelled, change } = choices;
  return (
    <>
      <PicturesField query={query} value={meant} onChange={(meant) => change({ meant })} />
      <Switch
        label={t('preannotate.onlyUnlabelled')}
        checked={onlyUnlabelled}
        onChange={({ currentTarget }) => change({ onlyUnlabelled: currentTarget.checked })}
      />
      {sureness}
      <ControlFields chosen={choices} wasMeasured={choices.wasMeasured} onChange={change} />
    </>
  );
}

/** From which score on something is proposed. */
export function ThresholdField({ choices: { threshold, change } }: { choices: ProposalChoices }) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={t('preannotate.threshold')} description={t('preannotate.thresholdHelp')}>
      <Slider
        mt="xs"
        mb="md"
        min={0}
        max={1}
        step={0.05}
        value={threshold}
        onChange={(threshold) => change({ threshold })}
        label={(value) => value.toFixed(2)}
        marks={[0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, label: String(value) }))}
        thumbLabel={t('preannotate.threshold')}
      />
    </Input.Wrapper>
  );
}
