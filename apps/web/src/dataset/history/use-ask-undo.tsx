import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, whileTelling } from '../../shell/notify.tsx';
import { undoRevision } from '../bulk/undo.ts';

/** @returns what asks whether a revision is to be taken back, and does so */
export function useAskUndo(datasetId: number): (revision: number) => void {
  const { t } = useTranslation();
  const undo = async (revision: number) => {
    try {
      await whileTelling(`${t('undo')} …`, undoRevision(datasetId, revision));
      notifyDone(t('bulk.undone'));
    } catch (error) {
      notifyError(error);
    }
  };
  return (revision) =>
    modals.openConfirmModal({
      title: t('history.confirmUndo', { revision }),
      children: <Text size="sm">{t('history.undoExplanation')}</Text>,
      labels: { confirm: t('undo'), cancel: t('cancel') },
      onConfirm: () => void undo(revision),
    });
}
