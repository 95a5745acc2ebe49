// Copies or moves what is chosen to another dataset, and follows the job that does it. One that succeeds closes the dialog.

import { Button, Stack } from '@mantine/core';
import type { Job } from '@migaki/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DestinationFields, destinationOf, newDataset } from '../../datasets/DestinationFields.tsx';
import { JobDialog } from '../../jobs/JobDialog.tsx';
import { datasetsQuery } from '../../server/queries.ts';
import { FormEnd } from '../../shell/FormEnd.tsx';
import { LinkButton } from '../../shell/links.tsx';
import { type TransferOptions, useTransfer } from './use-transfer.ts';

interface BulkTransferFormProps extends TransferOptions {
  datasetId: number;
  isOpen: boolean;
  onClose: () => void;
}

export function BulkTransferForm({ isOpen, onClose, ...form }: BulkTransferFormProps) {
  const { t } = useTranslation();
  return (
    <JobDialog
      title={t('bulk.transfer')}
      isOpen={isOpen}
      onClose={onClose}
      form={(onStarted) => <TransferFields {...form} onStarted={onStarted} onClose={onClose} />}
      hint={t('bulk.mayClose')}
      outcome={(job) => <ClosesWhenDone job={job} onClose={onClose} />}
      next={({ id }) => (
        <LinkButton variant="default" to="/jobs" search={{ job: id }}>
          {t('jobs.title')}
        </LinkButton>
      )}
    />
  );
}

function ClosesWhenDone({ job, onClose }: { job: Job; onClose: () => void }) {
  const isDone = job.state === 'succeeded';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is done, whatever the function is by then
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone]);
  return null;
}

interface TransferFieldsProps extends TransferOptions {
  datasetId: number;
  onStarted: (job: Job) => void;
  onClose: () => void;
}

function TransferFields({ datasetId, onStarted, onClose, ...options }: TransferFieldsProps) {
  const { t } = useTranslation();
  const { data: datasets = [] } = useQuery(datasetsQuery());
  const others = datasets.filter(({ id }) => id !== datasetId);
  const [chosen, setTarget] = useState<string | null>(null);
  const [name, setName] = useState('');
  const destination = { target: chosen ?? (others.length === 0 ? newDataset : null), name };
  const takenNames = new Set(datasets.map((dataset) => dataset.name));
  const into = destinationOf(destination, takenNames);
  const transfer = useTransfer(datasetId, options);
  const start = useMutation({
    mutationFn: (how: 'copy' | 'move') => transfer({ how, into: into! }),
    onSuccess: onStarted,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (into !== null) start.mutate('copy');
      }}
    >
      <Stack>
        <DestinationFields
          label={t('bulk.toDataset')}
          datasets={others}
          takenNames={takenNames}
          {...destination}
          isFirst
          onTarget={setTarget}
          onName={setName}
        />
        <FormEnd
          label={t('bulk.copy')}
          error={start.error}
          isPending={start.isPending}
          isReady={into !== null}
          onCancel={onClose}
        >
          <Button
            variant="default"
            disabled={into === null || start.isPending}
            onClick={() => start.mutate('move')}
          >
            {t('bulk.move')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}
