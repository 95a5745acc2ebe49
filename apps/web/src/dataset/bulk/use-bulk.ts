// Does one thing to a selection, says what was done and offers to take it back.

import type { BulkAction, Selection as BulkSelection } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, notifyWithUndo } from '../../shell/notify.tsx';
import { rememberRevision, undoRevision } from './undo.ts';

/** @param getSelection read when an action runs: it may have to fetch ids first */
export function useBulk(datasetId: number, getSelection: () => Promise<BulkSelection>) {
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
      const message = t(`bulk.done.${type}`, { count: changed, shown: format.count(changed) });
      if (changed === 0) {
        notifyDone(message);
        return;
      }
      rememberRevision(datasetId, revision);
      notifyWithUndo(message, t('undo'), () => undoRevision(datasetId, revision));
    },
    onError: notifyError,
  });
}
