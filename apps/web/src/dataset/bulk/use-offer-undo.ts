import { useTranslation } from 'react-i18next';
import { notifyWithUndo } from '../../shell/notify.tsx';
import { type Done, rememberDone } from './done-revisions.ts';
import { takeBack, tellNotTakenBack } from './undo.ts';
import { useUndoTalk } from './use-undo-talk.ts';

/** Says what was done and offers to take it back, which the key does, too. */
export function useOfferUndo(datasetId: number) {
  const { t } = useTranslation();
  const undoTalk = useUndoTalk(datasetId);
  return (message: string, how: Pick<Done, 'revision' | 'takeBack'>) => {
    const done: Done = {
      ...how,
      hide: notifyWithUndo(message, t('undo'), () =>
        takeBack(datasetId, done).catch((error) => tellNotTakenBack(error, undoTalk)),
      ),
    };
    rememberDone(datasetId, done);
  };
}
