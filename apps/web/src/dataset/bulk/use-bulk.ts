// Does one thing to a selection, says what was done and offers to take it back.

import type { BulkAction, Selection as BulkSelection } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { client, queryClient } from '../../server/client.ts';
import { datasetsQuery } from '../../server/queries.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, notifyWithUndo, whileTelling } from '../../shell/notify.tsx';
import type { Arrival, Done } from '../acting/deed.ts';
import { doInGrid } from '../acting/edit-queue.ts';
import { rememberDone, type Done as UndoableDone } from './done-revisions.ts';
import {
  isRefusedForNow,
  RefusedElsewhere,
  takeBack,
  tellNotTakenBack,
  undoRevision,
} from './undo.ts';
import { useUndoTalk } from './use-undo-talk.ts';

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
  const undoTalk = useUndoTalk(datasetId);
  const offerUndo = (message: string, how: Pick<UndoableDone, 'revision' | 'takeBack'>) => {
    const done: UndoableDone = {
      ...how,
      hide: notifyWithUndo(message, t('undo'), () =>
        takeBack(datasetId, done).catch((error) => tellNotTakenBack(error, undoTalk)),
      ),
    };
    rememberDone(datasetId, done);
  };
  return useMutation({
    mutationFn: async ({ action, selection }: BulkRequest) => {
      const said = selection ?? (await getSelection());
      const deed = { to: 'selection', selection: said, action } as const;
      const show = () => onStart?.({ action, selection });
      const done = new Promise<Done | null>((resolve, reject) =>
        doInGrid(
          datasetId,
          deed,
          (end) => {
            if (end === 'taken back') resolve(null);
            else if ('error' in end) reject(end.error);
            else resolve(end.done);
          },
          show,
        ),
      );
      return whileTelling(t('bulk.working'), done);
    },
    onSuccess: (done, { action }) => {
      if (done === null) return;
      const { type } = action;
      const { revision, isUnchanged, imageCount = 0, objectCount = 0, arrival } = done;
      const say = (count: number) => t(`bulk.done.${type}`, { count, shown: format.count(count) });
      if (endsSelection.has(type)) onEnd?.();
      if (arrival !== undefined) {
        void queryClient.invalidateQueries({ queryKey: ['datasets'] });
        const newDataset = newDatasetOf(action);
        // Of the list that it was chosen from.
        const chosen = queryClient
          .getQueryData(datasetsQuery().queryKey)
          ?.datasets.find(({ id }) => id === arrival.datasetId);
        const { lacked } = arrival;
        const known = imageCount - arrival.imageCount;
        const isNew = arrival.revisions.length > 0;
        const message = [
          say(type === 'copyImages' ? arrival.imageCount : imageCount),
          ...(newDataset !== undefined
            ? [t('bulk.madeFor', { name: newDataset })]
            : chosen !== undefined
              ? [t('bulk.wentTo', { name: chosen.name })]
              : []),
          ...(known === 0 ? [] : [t('bulk.wereThere', { shown: format.count(known) })]),
          ...(lacked.objectCount === 0
            ? []
            : [
                t('bulk.lacked', {
                  count: lacked.objectCount,
                  shown: format.count(lacked.objectCount),
                  pictures: format.count(lacked.imageCount),
                }),
              ]),
        ].join(' · ');
        if (isUnchanged && !isNew) notifyDone(message);
        else
          offerUndo(message, { takeBack: takesTransferBack(datasetId, done, arrival, newDataset) });
        return;
      }
      const message = say(changesObjects.has(type) ? objectCount : imageCount);
      if (isUnchanged) notifyDone(message);
      else offerUndo(message, { revision });
    },
    onError: notifyError,
  });
}

/** The name of the dataset that is made for it. */
const newDatasetOf = (action: BulkAction): string | undefined =>
  'into' in action && 'newDataset' in action.into ? action.into.newDataset : undefined;

/**
 * Over there first: where that cannot be, the pictures are not in both datasets all of a sudden. Where it is only here that it
 * cannot be, nothing is left over there for the next try.
 */
function takesTransferBack(
  datasetId: number,
  { revision, isUnchanged }: Done,
  arrival: Arrival,
  newDataset: string | undefined,
): () => Promise<void> {
  let isHereOnly = arrival.revisions.length === 0;
  return async () => {
    if (!isHereOnly) await takeArrivalBack(arrival, newDataset);
    isHereOnly = true;
    if (!isUnchanged) await undoRevision(datasetId, revision);
    void queryClient.invalidateQueries({ queryKey: ['datasets'] });
  };
}

async function takeArrivalBack(
  { datasetId, revisions }: Arrival,
  newDataset: string | undefined,
): Promise<void> {
  const params = { datasetId };
  try {
    await client.undoRevisions({ params, body: { revisions: [...revisions], newDataset } });
  } catch (error) {
    if (!isRefusedForNow(error)) throw error;
    // It may have got another name since.
    throw new RefusedElsewhere(error, await client.getDataset({ params }));
  }
}
