import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import type { Category } from '@migaki/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkFormProps } from './BulkTagForm.tsx';

export function BulkCategoryForm({
  categories,
  isOpen,
  onClose,
  onAction,
}: BulkFormProps & { categories: readonly Category[] }) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string | null>(null);
  const options = categories.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('bulk.category')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (to === null) return;
          onAction({ type: 'setCategory', to: Number(to) });
          onClose();
        }}
      >
        <Stack>
          <Select
            label={t('bulk.categoryTo')}
            data={options}
            value={to}
            onChange={setTo}
            searchable
            required
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={to === null}>
              {t('bulk.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
