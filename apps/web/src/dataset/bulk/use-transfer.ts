// Copies or moves a selection to another dataset, which is a job; says what was done once it has ended, and offers to take it back.

import type { ImageSelection, Job, Selection, TransferReport } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { jobEnd } from '../../jobs/job-end.ts';
import { client, queryClient } from '../../server/client.ts';
import { datasetsQuery } from '../../server/queries.ts';
import { notifyDone } from '../../shell/notify.tsx';
import { allSent, settle } from '../acting/edit-queue.ts';
import { isRefusedForNow, RefusedElsewhere, undoRevision } from './undo.ts';
import { useOfferUndo } from './use-offer-undo.ts';

export interface Transfer {
  how: 'copy' | 'move';
  into: { datasetId: number } | { newDataset: string };
}

export interface TransferOptions {
  /** Read when it starts: it may have to fetch ids first. */
  getSelection: () => Promise<Selection>;
  /** After a move there is nothing left of the selection in its list. */
  onMoved: () => void;
}

/** @returns starts one, and answers its job */
export function useTransfer(datasetId: number, { getSelection, onMoved }: TransferOptions) {
  const { t } = useTranslation();
  const format = useFormat();
  const offerUndo = useOfferUndo(datasetId);

  const tell = ({ how, into }: Transfer, report: TransferReport) => {
    const { images, arrival, removedIn } = report;
    const { lacked } = arrival;
    const known = images - arrival.imageCount;
    const count = how === 'copy' ? arrival.imageCount : images;
    const newDataset = 'newDataset' in into ? into.newDataset : undefined;
    // Of the list that it was chosen from.
    const chosen = queryClient
      .getQueryData(datasetsQuery().queryKey)
      ?.datasets.find(({ id }) => id === arrival.datasetId);
    const message = [
      t(`bulk.transferred.${how}`, { shown: format.count(count) }),
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
    if (removedIn === null && arrival.revisions.length === 0) notifyDone(message);
    else offerUndo(message, { takeBack: takesTransferBack(datasetId, report, newDataset) });
  };

  const follow = async (transfer: Transfer, job: Job) => {
    const { state, result } = await jobEnd(job.id);
    void queryClient.invalidateQueries({ queryKey: ['datasets'] });
    if (state !== 'succeeded') return;
    if (transfer.how === 'move') onMoved();
    await settle(datasetId);
    tell(transfer, result as TransferReport);
  };

  return async (transfer: Transfer): Promise<Job> => {
    // Of pictures: nothing else is offered it.
    const selection = (await getSelection()) as ImageSelection;
    await allSent(datasetId);
    const { job } = await client.startTransfer({
      params: { datasetId },
      body: { key: crypto.randomUUID(), selection, ...transfer },
    });
    void follow(transfer, job);
    return job;
  };
}

/**
 * Over there first: where that cannot be, the pictures are not in both datasets all of a sudden. Where it is only here that it
 * cannot be, nothing is left over there for the next try.
 */
function takesTransferBack(
  datasetId: number,
  { arrival, removedIn }: TransferReport,
  newDataset: string | undefined,
): () => Promise<void> {
  let isHereOnly = arrival.revisions.length === 0;
  return async () => {
    if (!isHereOnly) await takeArrivalBack(arrival, newDataset);
    isHereOnly = true;
    if (removedIn !== null) await undoRevision(datasetId, removedIn.revision);
    void queryClient.invalidateQueries({ queryKey: ['datasets'] });
  };
}

async function takeArrivalBack(
  { datasetId, revisions }: TransferReport['arrival'],
  newDataset: string | undefined,
): Promise<void> {
  const params = { datasetId };
  try {
    await client.undoRevisions({ params, body: { revisions, newDataset } });
  } catch (error) {
    if (!isRefusedForNow(error)) throw error;
    // It may have got another name since.
    throw new RefusedElsewhere(error, await client.getDataset({ params }));
  }
}
