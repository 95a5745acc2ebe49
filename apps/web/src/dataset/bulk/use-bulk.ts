// Does one thing to a selection, says what was done and offers to take it back.

import type { BulkAction, Selection as BulkSelection } from '@migaki/api';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, whileTelling } from '../../shell/notify.tsx';
import type { Done } from '../acting/deed.ts';
import { doInGrid } from '../acting/edit-queue.ts';
import { useOfferUndo } from './use-offer-undo.ts';

/** After these there is nothing left of the selection in the list that it was made in. */
const endsSelection: ReadonlySet<BulkAction['type']> = new Set([
  'deleteImages',
  'restoreImages',
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
  const offerUndo = useOfferUndo(datasetId);
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
      const { revision, isUnchanged, imageCount = 0, objectCount = 0 } = done;
      const { lostKeypoints = [], review } = done;
      const say = (key: BulkAction['type'] | 'openImages', count: number) =>
        t(`bulk.done.${key}`, { count, shown: format.count(count) });
      if (endsSelection.has(type)) onEnd?.();
      const isMarked = type === 'reviewImages' && action.isReviewed && review !== undefined;
      const changed = changesObjects.has(type) ? objectCount : imageCount;
      const message = [
        say(type, isMarked ? review.reviewedImages : changed),
        ...(isMarked && review.openImages > 0 ? [say('openImages', review.openImages)] : []),
        ...(lostKeypoints.length === 0
          ? []
          : [t('bulk.lostKeypoints', { names: lostKeypoints.join(', ') })]),
      ].join(t('bulk.sentenceEnd'));
      if (isUnchanged) notifyDone(message);
      else offerUndo(message, { revision });
    },
    onError: notifyError,
  });
}
