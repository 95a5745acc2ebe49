// Several categories become one: says beforehand what happens to their objects.

import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import type { Category } from '@migaki/api';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useCategoryActions } from './use-category-actions.ts';

interface MergeCategoriesProps {
  datasetId: number;
  categories: readonly Category[];
  /** Those to merge; the dialog is open while there are any. */
  from: readonly Category[] | null;
  onClose: () => void;
  onDone: () => void;
}

export function MergeCategories({ from, onClose, ...props }: MergeCategoriesProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={from !== null} onClose={onClose} title={t('categories.merge')}>
      {from !== null && <MergeForm from={from} onClose={onClose} {...props} />}
    </Modal>
  );
}

type MergeFormProps = MergeCategoriesProps & { from: readonly Category[] };

function MergeForm({ datasetId, categories, from, onClose, onDone }: MergeFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { merge } = useCategoryActions(datasetId);
  const largest = from.toSorted((a, b) => b.objectCount - a.objectCount)[0];
  const [intoId, setIntoId] = useState<string | null>(from.length > 1 ? String(largest.id) : null);
  const into = categories.find(({ id }) => String(id) === intoId);
  const gone = from.filter(({ id }) => id !== into?.id);
  const objectCount = gone.reduce((sum, each) => sum + each.objectCount, 0);
  const names = gone.map(({ name }) => name).join(', ');
  const pointsOf = ({ keypoints }: Category) => JSON.stringify(keypoints ?? []);
  const havePointsToLose = gone.some(
    (each) => each.keypoints !== null && into !== undefined && pointsOf(each) !== pointsOf(into),
  );
  const run = useMutation({ mutationFn: () => merge(into!, gone), onSuccess: onDone });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate();
      }}
    >
      <Stack>
        <Select
          label={t('categories.mergeInto')}
          data={categories
            .filter(({ id }) => from.length > 1 || id !== from[0].id)
            .map(({ id, name }) => ({ value: String(id), label: name }))}
          value={intoId}
          onChange={setIntoId}
          searchable
          allowDeselect={false}
          data-autofocus={from.length === 1 || undefined}
        />
        {into !== undefined && gone.length > 0 && (
          <Text size="sm">
            {t('categories.mergeExplanation', {
              count: objectCount,
              shown: format.count(objectCount),
              names,
              into: into.name,
            })}
          </Text>
        )}
        {havePointsToLose && (
          <Alert color="orange" icon={<IconAlertTriangle />}>
            {t('categories.otherKeypoints', { into: into!.name })}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            disabled={into === undefined || gone.length === 0}
            loading={run.isPending}
            data-autofocus={from.length > 1 || undefined}
          >
            {t('categories.mergeShort')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
