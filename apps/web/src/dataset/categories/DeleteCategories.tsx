// Deletes categories, and asks before what becomes of their objects.

import { Button, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core';
import type { Category } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useCategoryActions } from './use-category-actions.ts';

interface DeleteCategoriesProps {
  datasetId: number;
  categories: readonly Category[];
  /** Those to delete; the dialog is open while there are any. */
  gone: readonly Category[] | null;
  onClose: () => void;
  onDone: () => void;
}

export function DeleteCategories({ gone, onClose, ...props }: DeleteCategoriesProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={gone !== null}
      onClose={onClose}
      title={
        gone !== null && t('categories.confirmDelete', { count: gone.length, name: gone[0].name })
      }
    >
      {gone !== null && <DeleteForm gone={gone} onClose={onClose} {...props} />}
    </Modal>
  );
}

type DeleteFormProps = DeleteCategoriesProps & { gone: readonly Category[] };

function DeleteForm({ datasetId, categories, gone, onClose, onDone }: DeleteFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { merge, remove } = useCategoryActions(datasetId);
  const others = categories.filter(({ id }) => !gone.some((each) => each.id === id));
  const objectCount = gone.reduce((sum, each) => sum + each.objectCount, 0);
  const [way, setWay] = useState<'give' | 'delete'>('delete');
  const [intoId, setIntoId] = useState<string | null>(null);
  const into = others.find(({ id }) => String(id) === intoId);
  const run = useMutation({
    mutationFn: () => (way === 'give' && into !== undefined ? merge(into, gone) : remove(gone)),
    onSuccess: onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <Stack>
        {objectCount === 0 ? (
          <Text size="sm">{t('categories.noObjects', { count: gone.length })}</Text>
        ) : (
          <Radio.Group
            value={way}
            onChange={(value) => setWay(value as typeof way)}
            label={t('categories.objectsLeft', {
              count: objectCount,
              shown: format.count(objectCount),
            })}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="delete" label={t('categories.deleteObjects')} />
              {others.length > 0 && <Radio value="give" label={t('categories.giveObjects')} />}
            </Stack>
          </Radio.Group>
        )}
        {way === 'give' && (
          <Select
            aria-label={t('categories.giveObjects')}
            data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={intoId}
            onChange={setIntoId}
            searchable
            allowDeselect={false}
          />
        )}
        <Text size="xs" c="dimmed">
          {t('categories.canUndo')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            color="red"
            disabled={way === 'give' && into === undefined}
            loading={run.isPending}
            data-autofocus
          >
            {t('categories.delete')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
