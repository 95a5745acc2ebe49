// Accepts many proposals at once: which, then a random sample of them that is judged by keys, then what that says of the rest.

import { Center, Loader, Modal } from '@mantine/core';
import type { ProposalCheck } from '@migaki/api';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { SampleForm } from './SampleForm.tsx';
import { SampleJudging } from './SampleJudging.tsx';
import { SampleResult } from './SampleResult.tsx';
import './sample.css';

interface SampleDialogProps {
  datasetId: number;
  /** Of the view: what it leaves is meant. */
  query: string;
  isOpen: boolean;
  onClose: () => void;
}

export function SampleDialog({ datasetId, query, isOpen, onClose }: SampleDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('lookOver.sample.title')} size="lg">
      <Steps datasetId={datasetId} query={query} onClose={onClose} />
    </Modal>
  );
}

type Scores = Awaited<ReturnType<typeof client.getProposalScores>>;

/** Mounted with the dialog, so that it begins anew, or where one was. */
function Steps({ datasetId, query, onClose }: Omit<SampleDialogProps, 'isOpen'>) {
  const { t } = useTranslation();
  const [scores, setScores] = useState<Scores | null>(null);
  const [check, setCheck] = useState<ProposalCheck | null>(null);
  useEffect(() => {
    const params = { datasetId };
    client.getProposalScores({ params, query: { q: query } }).then(setScores, notifyError);
  }, [datasetId, query]);
  if (scores === null) {
    return (
      <Center h={200}>
        <Loader aria-label={t('lookOver.sample.title')} />
      </Center>
    );
  }
  if (check === null) {
    return (
      <SampleForm
        datasetId={datasetId}
        query={query}
        scores={scores}
        onDrawn={setCheck}
        onClose={onClose}
      />
    );
  }
  const isJudged = check.sample.every(({ isRight }) => isRight !== null);
  return isJudged ? (
    <SampleResult
      datasetId={datasetId}
      check={check}
      onChange={setCheck}
      onAnew={() => setCheck(null)}
      onClose={onClose}
    />
  ) : (
    <SampleJudging datasetId={datasetId} check={check} onChange={setCheck} />
  );
}
