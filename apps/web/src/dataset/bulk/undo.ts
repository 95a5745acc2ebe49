// Takes back what was done in this tab, one revision after the other.

import { ApiError } from '@migaki/api';
import type { TFunction } from 'i18next';
import { client, isTemporary } from '../../server/client.ts';
import { isOwnChange, listenToEvents } from '../../server/events.ts';
import { ownSession } from '../../server/own-changes.ts';
import { notifyError, notifyErrorWithWay } from '../../shell/ErrorView.tsx';
import { notifyDone, whileTelling } from '../../shell/notify.tsx';
import { allSent, settle, takeBackWaiting } from '../acting/edit-queue.ts';
import {
  askRefusedAgain,
  type Done,
  doneOfRevision,
  forgetDone,
  nextToTakeBack,
  setState,
} from './done-revisions.ts';

/** How to say what came of it, and where all changes are listed. */
export interface UndoTalk {
  t: TFunction;
  showChanges: (datasetId?: number) => void;
}

/** What was done in one dataset is refused because of later changes of another one. */
export class RefusedElsewhere extends ApiError {
  readonly dataset: { id: number; name: string };

  constructor(refusal: ApiError, dataset: { id: number; name: string }) {
    super(refusal.status, refusal.details, { cause: refusal });
    this.dataset = dataset;
  }
}

/**
 * @param annotationIds takes back only what it did to these objects
 * @throws what the server says: it refuses where later changes built on the revision
 */
export async function undoRevision(
  datasetId: number,
  revision: number,
  annotationIds?: number[],
): Promise<void> {
  const done = annotationIds === undefined ? doneOfRevision(datasetId, revision) : undefined;
  if (done === undefined) {
    await sendUndo(datasetId, revision, annotationIds);
    await settle(datasetId);
  } else {
    await takeBack(datasetId, done);
  }
  askRefusedAgain(datasetId);
}

const sendUndo = (datasetId: number, revision: number, annotationIds?: number[]) =>
  client.undoRevision({
    params: { datasetId, revision },
    body: { key: crypto.randomUUID(), sessionId: ownSession, annotationIds },
  });

/** @throws what the server says; what may be taken back later is kept in its place */
export async function takeBack(datasetId: number, done: Done): Promise<void> {
  // At once, so that who presses the key twice takes two changes back.
  setState(datasetId, done, 'under way');
  done.hide?.();
  try {
    if (done.revision !== undefined) await sendUndo(datasetId, done.revision);
    else await done.takeBack?.();
  } catch (error) {
    if (isTemporary(error)) setState(datasetId, done, 'ready');
    else if (!isRefusedForNow(error)) forgetDone(datasetId, done);
    else if (await isTakenBack(datasetId, done)) return forgetDone(datasetId, done);
    else await refuse(datasetId, done);
    throw error;
  }
  forgetDone(datasetId, done);
  await settle(datasetId);
  done.onUndone?.();
}

/** Later changes built on it, or a category has its name: either may be taken back. */
export const isRefusedForNow = (error: unknown): error is ApiError =>
  error instanceof ApiError && ['changed-meanwhile', 'name-taken'].includes(error.code);

/** By others, or in another tab. */
async function isTakenBack(datasetId: number, { revision }: Done): Promise<boolean> {
  if (revision === undefined) return false;
  const query = { after: String(revision + 1), limit: 1 };
  const listed = await client.listRevisions({ params: { datasetId }, query }).catch(() => null);
  return listed?.items[0]?.revision === revision && listed.items[0].takenBackBy !== null;
}

let isListening = false;
/** Of datasets, when something was refused last: news of what stood in its way may come after the refusal. */
const refusedAtRevision = new Map<number, number>();

async function refuse(datasetId: number, done: Done): Promise<void> {
  const dataset = await client.getDataset({ params: { datasetId } }).catch(() => null);
  refusedAtRevision.set(datasetId, dataset?.revision ?? 0);
  setState(datasetId, done, 'refused');
  if (isListening) return;
  isListening = true;
  listenToEvents((event) => {
    if (event.type !== 'dataset' || isOwnChange(event)) return;
    const isLater = event.revision > (refusedAtRevision.get(event.datasetId) ?? 0);
    if (isLater) askRefusedAgain(event.datasetId);
  });
}

export async function undoLast(datasetId: number, talk: UndoTalk): Promise<void> {
  const { t } = talk;
  // What was done last may be on its way, or wait.
  await allSent(datasetId);
  const waiting = takeBackWaiting(datasetId);
  if (waiting !== 'nothing') {
    notifyDone(t(waiting === 'unknown' ? 'bulk.undoWaits' : 'bulk.undone'));
    return;
  }
  const last = nextToTakeBack(datasetId);
  if (last === undefined) {
    notifyDone(t('bulk.nothingToUndo'));
    return;
  }
  try {
    await whileTelling(`${t('undo')} …`, takeBack(datasetId, last));
    notifyDone(t('bulk.undone'));
  } catch (error) {
    tellNotTakenBack(error, talk);
  }
}

/** What is said after it says the same, of this very change. */
function withoutAdvice(error: ApiError): ApiError {
  if (error.code !== 'changed-meanwhile') return error;
  const { advice: _, ...details } = error.details;
  return new ApiError(error.status, details);
}

/** What stays to be taken back is told with the way to what stands in its way. */
export function tellNotTakenBack(error: unknown, { t, showChanges }: UndoTalk): void {
  if (!isRefusedForNow(error)) {
    notifyError(error);
    return;
  }
  const elsewhere = error instanceof RefusedElsewhere ? error.dataset : undefined;
  notifyErrorWithWay(withoutAdvice(error), {
    more:
      elsewhere === undefined
        ? t('bulk.undoStays')
        : t('bulk.undoStaysElsewhere', { name: elsewhere.name }),
    label: t('changes.title'),
    onClick: () => showChanges(elsewhere?.id),
  });
}
