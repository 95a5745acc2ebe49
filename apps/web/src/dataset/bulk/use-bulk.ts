// Does one thing to a selection, says what was done and offers to take it back.

import type { BulkAction, Selection as BulkSelection } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client, queryClient } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, notifyWithUndo } from '../../shell/notify.tsx';
import { allSent, settle } from '../acting/edit-queue.ts';
import { rememberRevision } from './done-revisions.ts';
import { undoRevision } from './undo.ts';

/** After these there is nothing left of the selection in the list that it was made in. */
const endsSelection: ReadonlySet<BulkAction['type']> = new Set([
  'deleteImages',
  'restoreImages',
  'moveImages',
  'deleteObjects',
]);

/** What these are done to, even where images were chosen. */
const changesObjects: ReadonlySet<BulkAction['type']> = new Set([
  'setCategory',
  'deleteObjects',
  'restoreObjects',
  'acceptObjects',
  'rejectObjects',
  'reviewObjects',
]);

/** What to do; to the selection, unless something else is named. */
export interface BulkRequest {
  action: BulkAction;
  selection?: BulkSelection;
}

interface BulkOptions {
  /** Read when an action runs: it may have to fetch ids first. */
  getSelection: () => Promise<BulkSelection>;
  onEnd?: () => void;
  /** Shows at once what is being done. */
  onStart?: (request: BulkRequest) => void;
}

export function useBulk(datasetId: number, { getSelection, onEnd, onStart }: BulkOptions) {
  const { t } = useTranslation();
  const format = useFormat();
  return useMutation({
    onMutate: onStart,
    mutationFn: async ({ action, selection }: BulkRequest) => {
      const said = selection ?? (await getSelection());
      // After what was done to single tiles before.
      await allSent(datasetId);
      return client.applyBulk({
        params: { datasetId },
        body: { key: crypto.randomUUID(), sessionId: ownSession, selection: said, action },
      });
    },
    onSuccess: ({ revision, isUnchanged, imageCount, objectCount }, { action: { type } }) => {
      void settle(datasetId);
      if (type === 'copyImages' || type === 'moveImages') {
        void queryClient.invalidateQueries({ queryKey: ['datasets'] });
      }
      const told = changesObjects.has(type) ? objectCount : imageCount;
      const message = t(`bulk.done.${type}`, { count: told, shown: format.count(told) });
      if (endsSelection.has(type)) onEnd?.();
      if (isUnchanged) {
        notifyDone(message);
        return;
      }
      const hide = notifyWithUndo(message, t('undo'), () => undoRevision(datasetId, revision));
      const onUndone = type === 'moveImages' ? () => notifyDone(t('bulk.copiesStay')) : undefined;
      rememberRevision(datasetId, revision, { hide, onUndone });
    },
    onError: (error) => {
      notifyError(error);
      void settle(datasetId);
    },
  });
}
