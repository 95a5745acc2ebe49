import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DestinationFields, destinationOf, newDataset } from '../../datasets/DestinationFields.tsx';
import { datasetsQuery } from '../../server/queries.ts';
import type { BulkFormProps } from './BulkTagForm.tsx';

export function BulkTransferForm({
  datasetId,
  isOpen,
  onClose,
  onAction,
}: BulkFormProps & { datasetId: number }) {
  const { t } = useTranslation();
  const { data: datasets = [] } = useQuery({ ...datasetsQuery(), enabled: isOpen });
  const others = datasets.filter(({ id }) => id !== datasetId);
  const [chosen, setTarget] = useState<string | null>(null);
  const [name, setName] = useState('');
  const destination = { target: chosen ?? (others.length === 0 ? newDataset : null), name };
  const takenNames = new Set(datasets.map((dataset) => dataset.name));
  const into = destinationOf(destination, takenNames);
  const close = () => {
    onClose();
    setTarget(null);
    setName('');
  };
  const apply = (type: 'copyImages' | 'moveImages') => {
    if (into !== null) onAction({ type, into });
    close();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={t('bulk.transfer')} size="sm">
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
        <Group justify="flex-end">
          <Button variant="default" disabled={into === null} onClick={() => apply('moveImages')}>
            {t('bulk.move')}
          </Button>
          <Button disabled={into === null} onClick={() => apply('copyImages')}>
            {t('bulk.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
