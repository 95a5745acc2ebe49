import { Autocomplete, Button, Group, Modal, Stack } from '@mantine/core';
import type { BulkAction } from '@migaki/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { facetsQuery } from '../../server/queries.ts';

export interface BulkFormProps {
  isOpen: boolean;
  onClose: () => void;
  onAction: (action: BulkAction) => void;
}

export function BulkTagForm({
  datasetId,
  isOpen,
  onClose,
  onAction,
}: BulkFormProps & { datasetId: number }) {
  const { t } = useTranslation();
  const [tag, setTag] = useState('');
  const { data: facets } = useQuery({ ...facetsQuery(datasetId, ''), enabled: isOpen });
  const apply = (type: 'addTag' | 'removeTag') => {
    onAction({ type, tag: tag.trim() });
    setTag('');
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('bulk.tag')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (tag.trim() !== '') apply('addTag');
        }}
      >
        <Stack>
          <Autocomplete
            label={t('bulk.tagName')}
            data={facets?.tags.map(({ value }) => value) ?? []}
            value={tag}
            onChange={setTag}
            maxLength={100}
            comboboxProps={{ withinPortal: true }}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button
              variant="default"
              disabled={tag.trim() === ''}
              onClick={() => apply('removeTag')}
            >
              {t('bulk.removeTag')}
            </Button>
            <Button type="submit" disabled={tag.trim() === ''}>
              {t('bulk.addTag')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
