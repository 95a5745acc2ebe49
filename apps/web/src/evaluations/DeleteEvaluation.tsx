import { ActionIcon, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Evaluation } from '@migaki/api';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, queryClient } from '../server/client.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { notifyDone } from '../shell/notify.tsx';

export function DeleteEvaluation({ evaluation: { id, model } }: { evaluation: Evaluation }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = async () => {
    try {
      await client.deleteEvaluation({ params: { evaluationId: id } });
      if (model === null) await navigate({ to: '/models', search: {} });
      else {
        const params = { modelId: String(model.modelId) };
        await navigate({
          to: '/models/$modelId',
          params,
          search: { version: String(model.version) },
        });
      }
      queryClient.removeQueries({ queryKey: ['evaluations', 'one', id] });
      await queryClient.invalidateQueries({ queryKey: ['evaluations'] });
      notifyDone(t('evaluations.deleted'));
    } catch (error) {
      notifyError(error);
    }
  };
  const ask = () =>
    modals.openConfirmModal({
      title: t('evaluations.confirmDelete'),
      children: <Text size="sm">{t('evaluations.deleteExplanation')}</Text>,
      labels: { confirm: t('evaluations.delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: remove,
    });
  return (
    <ActionIcon
      size="lg"
      color="red"
      variant="subtle"
      aria-label={t('evaluations.delete')}
      onClick={ask}
    >
      <IconTrash size={18} />
    </ActionIcon>
  );
}
