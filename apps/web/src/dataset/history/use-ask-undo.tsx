import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ListedRevision } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { notifyDone, whileTelling } from '../../shell/notify.tsx';
import { tellNotTakenBack, undoRevision } from '../bulk/undo.ts';
import { useUndoTalk } from '../bulk/use-undo-talk.ts';

/** @returns what asks whether a revision is to be taken back, and does so */
export function useAskUndo(
  datasetId: number,
): (revision: number, transfer?: ListedRevision['transfer']) => void {
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
  const explain = (transfer: ListedRevision['transfer']) => {
    if (transfer?.how !== 'move') return t('history.undoExplanation');
    return t(`history.undoMove.${transfer.way}`, { name: transfer.name });
  };
  return (revision, transfer = null) =>
    modals.openConfirmModal({
      title: t('history.confirmUndo', { revision }),
      children: <Text size="sm">{explain(transfer)}</Text>,
      labels: { confirm: t('changes.takeBack'), cancel: t('cancel') },
      onConfirm: () => void undo(revision),
    });
}
