import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import { notifyDone, whileTelling } from '../../shell/notify.tsx';
import { tellNotTakenBack, undoRevision } from '../bulk/undo.ts';
import { useUndoTalk } from '../bulk/use-undo-talk.ts';

/** @returns what asks whether a revision is to be taken back, and does so */
export function useAskUndo(datasetId: number): (revision: number) => void {
  const { t } = useTranslation();
  const undoTalk = useUndoTalk(datasetId);
  const undo = async (revision: number) => {
    try {
      await whileTelling(`${t('changes.takeBack')} …`, undoRevision(datasetId, revision));
      notifyDone(t('bulk.undone'));
    } catch (error) {
      tellNotTakenBack(error, undoTalk);
    }
  };
  return (revision) =>
    modals.openConfirmModal({
      title: t('history.confirmUndo', { revision }),
      children: <Text size="sm">{t('history.undoExplanation')}</Text>,
      labels: { confirm: t('changes.takeBack'), cancel: t('cancel') },
      onConfirm: () => void undo(revision),
    });
}
