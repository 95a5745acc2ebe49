import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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
  const [target, setTarget] = useState<string | null>(null);
  const apply = (type: 'copyImages' | 'moveImages') => {
    onAction({ type, datasetId: Number(target) });
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('bulk.transfer')} size="sm">
      <Stack>
        <Select
          label={t('bulk.toDataset')}
          data={datasets
            .filter(({ id }) => id !== datasetId)
            .map(({ id, name }) => ({ value: String(id), label: name }))}
          value={target}
          onChange={setTarget}
          nothingFoundMessage={t('bulk.noOtherDataset')}
          allowDeselect={false}
          searchable
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" disabled={target === null} onClick={() => apply('moveImages')}>
            {t('bulk.move')}
          </Button>
          <Button disabled={target === null} onClick={() => apply('copyImages')}>
            {t('bulk.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
