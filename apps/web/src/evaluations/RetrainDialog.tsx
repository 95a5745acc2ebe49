// A round in one click: the model learns from what was corrected, and is crowned if it is better than the one before.

import { Alert, NumberInput } from '@mantine/core';
import type { Job, MeasuredAgainst } from '@migaki/api';
import { IconReportAnalytics, IconTrophy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../jobs/JobDialog.tsx';
import { ModelForm } from '../models/ModelForm.tsx';
import { useRunWords } from '../runs/use-run-words.ts';
import { client } from '../server/client.ts';
import { modelsQuery } from '../server/run-queries.ts';
import { LinkButton } from '../shell/links.tsx';
import { FavouredNote } from './FavouredNote.tsx';

interface RetrainDialogProps {
  datasetId: number;
  isOpen: boolean;
  onClose: () => void;
}

/** What the job says of itself in the end. */
interface Round {
  winner: string;
  loser: string;
  hasMoved: boolean;
  /** Jobs of before know nothing of it. */
  isFirst?: boolean;
  scores: { metric: string; own: number; former: number; pictures: number };
  evaluationId: number;
  formerEvaluationId: number;
  measuredAgainst: MeasuredAgainst;
}

export function RetrainDialog({ datasetId, isOpen, onClose }: RetrainDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('retrain.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <RetrainForm datasetId={datasetId} onClose={onClose} onStarted={onStarted} />
      )}
      hint={t('retrain.mayClose')}
      outcome={({ state, result }) =>
        state === 'succeeded' && <RoundResult round={result as Round} />
      }
      next={({ state, result }) =>
        state === 'succeeded' && <SideBySide round={result as Round} onClose={onClose} />
      }
    />
  );
}

function RoundResult({ round }: { round: Round }) {
  const { hasMoved, isFirst, winner, scores, measuredAgainst } = round;
  const { t } = useTranslation();
  const words = useRunWords();
  const { metric, own, former, pictures } = scores;
  return (
    <>
      <Alert color={hasMoved ? 'teal' : 'yellow'} icon={<IconTrophy size={18} />}>
        {t(`retrain.${hasMoved ? 'better' : isFirst ? 'notBetterFirst' : 'notBetter'}`, {
          name: winner,
          metric: words.metric(metric),
          score: words.score(metric, own),
          before: words.score(metric, former),
          count: pictures,
        })}
      </Alert>
      <FavouredNote against={measuredAgainst} />
    </>
  );
}

function SideBySide({ round, onClose }: { round: Round; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <LinkButton
      leftSection={<IconReportAnalytics size={14} />}
      to="/evaluations/$evaluationId"
      params={{ evaluationId: String(round.evaluationId) }}
      search={{ other: String(round.formerEvaluationId) }}
      onClick={onClose}
    >
      {t('retrain.sideBySide')}
    </LinkButton>
  );
}

interface RetrainFormProps {
  datasetId: number;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function RetrainForm({ datasetId, onClose, onStarted }: RetrainFormProps) {
  const { t } = useTranslation();
  const [minutes, setMinutes] = useState<number>();
  const { data } = useQuery(modelsQuery({ limit: 200 }));
  // Those that learned from this dataset first.
  const isOwn = (model: NonNullable<typeof data>['items'][number]) =>
    model.latest?.dataset?.datasetId === datasetId;
  const names = data?.items
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
    .map(({ name }) => name);
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t('retrain.explained')}
      models={names}
      noModel={t('evaluations.dialog.noModel')}
      label={t('retrain.start')}
      start={(model) => client.startRetraining({ params: { datasetId }, body: { model, minutes } })}
      onStarted={onStarted}
      onClose={onClose}
    >
      <NumberInput
        label={t('retrain.minutes')}
        placeholder={t('retrain.asBefore')}
        min={0.1}
        max={100_000}
        value={minutes ?? ''}
        onChange={(value) => setMinutes(typeof value === 'number' ? value : undefined)}
      />
    </ModelForm>
  );
}
