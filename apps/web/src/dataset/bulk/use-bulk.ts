// Does one thing to a selection, says what was done and offers to take it back.

import type { BulkAction, Selection as BulkSelection } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, notifyWithUndo } from '../../shell/notify.tsx';
import { rememberRevision, undoRevision } from './undo.ts';

/** After these there is nothing left of the selection in the list that it was made in. */
const endsSelection: ReadonlySet<BulkAction['type']> = new Set([
  'deleteImages',
  'restoreImages',
  'moveImages',
  'deleteObjects',
]);

/** Status and tags have no history: what they were before cannot be brought back. */
const cannotBeUndone: ReadonlySet<BulkAction['type']> = new Set([
  'addTag',
  'removeTag',
  'setStatus',
]);

interface BulkOptions {
  /** Read when an action runs: it may have to fetch ids first. */
  getSelection: () => Promise<BulkSelection>;
  /** How many images or objects are chosen. */
  count: number;
  onEnd?: () => void;
}

export function useBulk(datasetId: number, { getSelection, count, onEnd }: BulkOptions) {
  const { t } = useTranslation();
  const format = useFormat();
  return useMutation({
    mutationFn: async (action: BulkAction) =>
      client.applyBulk({
        params: { datasetId },
        body: { key: crypto.randomUUID(), selection: await getSelection(), action },
      }),
    onSuccess: ({ revision, changed }, { type }) => {
      void queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
      if (type === 'copyImages' || type === 'moveImages') {
        void queryClient.invalidateQueries({ queryKey: ['datasets'] });
      }
      // Deleted images take their objects along, which the server counts too.
      const told = endsSelection.has(type) ? Math.min(count, changed) : changed;
      const message = t(`bulk.done.${type}`, { count: told, shown: format.count(told) });
      if (endsSelection.has(type)) onEnd?.();
      if (changed === 0 || cannotBeUndone.has(type)) {
        notifyDone(message);
        return;
      }
      const hide = notifyWithUndo(message, t('undo'), () => undoRevision(datasetId, revision));
      rememberRevision(datasetId, revision, hide);
    },
    onError: notifyError,
  });
}
