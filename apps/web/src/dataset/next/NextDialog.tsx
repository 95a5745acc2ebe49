// Chooses what to label next: by which model, how many; then progress, and on to the pictures that were chosen.

import { NumberInput, Text } from '@mantine/core';
import type { Job } from '@migaki/api';
import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { ModelForm, PicturesField, usuallyMeant } from '../../models/ModelForm.tsx';
import { useModelReferences } from '../../runs/use-model-references.ts';
import { client } from '../../server/client.ts';
import { embeddingsQuery } from '../../server/queries.ts';
import { LinkButton } from '../../shell/links.tsx';
import { withoutField } from '../query/query-text.ts';
import { chosenView } from './chosen-view.ts';

interface NextDialogProps {
  datasetId: number;
  /** Of the view that is open. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function NextDialog({ datasetId, query, isOpen, onClose }: NextDialogProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('toLabel.title')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => (
        <NextForm
          datasetId={datasetId}
          // Among those that were chosen before there is nothing new to find.
          query={withoutField(query, 'next')}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
      hint={t('toLabel.mayClose')}
      outcome={(job) =>
        job.state === 'succeeded' &&
        chosenCount(job) === 0 && <Text size="sm">{t('toLabel.none')}</Text>
      }
      next={(job) =>
        chosenCount(job) > 0 && (
          <LinkButton
            leftSection={<IconTargetArrow size={14} />}
            to="/datasets/$datasetId/images"
            params={{ datasetId: String(datasetId) }}
            search={chosenView(chosenCount(job))}
            onClick={onClose}
          >
            {t('toLabel.show')}
          </LinkButton>
        )
      }
    />
  );
}

const chosenCount = ({ result }: Job): number => (result as { chosen: number } | null)?.chosen ?? 0;

const usualCount = 50;
const mostCount = 10_000;
/** Whose answers say nothing of how unsure they are. */
const silentTasks: readonly string[] = ['regress', 'embed'];

interface NextFormProps {
  datasetId: number;
  query: string;
  onClose: () => void;
  onStarted: (job: Job) => void;
}

function NextForm({ datasetId, query, onClose, onStarted }: NextFormProps) {
  const { t } = useTranslation();
  const [count, setCount] = useState<number | string>(usualCount);
  const [meant, setMeant] = useState(usuallyMeant(query));
  const { data: embeddings } = useQuery(embeddingsQuery(datasetId));
  const models = useModelReferences(datasetId)
    ?.toSorted(
      (a, b) => Number(silentTasks.includes(a.task)) - Number(silentTasks.includes(b.task)),
    )
    .map(({ reference }) => reference);
  const { model: compared } = embeddings ?? {};
  return (
    <ModelForm
      datasetId={datasetId}
      explained={t('toLabel.explained')}
      models={models}
      noModel={t('toLabel.noModel')}
      modelHelp={t('toLabel.modelHelp')}
      instead={
        compared && t('toLabel.withoutModel', { model: `${compared.name}@${compared.version}` })
      }
      label={t('toLabel.start')}
      isReady={typeof count === 'number'}
      start={(model) =>
        client.startNextToLabel({
          params: { datasetId },
          body: {
            model: model || undefined,
            count: Number(count),
            query: meant === 'query' ? query : '',
          },
        })
      }
      onStarted={onStarted}
      onClose={onClose}
    >
      <NumberInput
        label={t('toLabel.count')}
        value={count}
        onChange={setCount}
        min={1}
        max={mostCount}
        allowDecimal={false}
        clampBehavior="blur"
        w={160}
      />
      <PicturesField query={query} value={meant} onChange={setMeant} />
    </ModelForm>
  );
}
