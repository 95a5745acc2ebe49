// Takes back what was done in this tab, one revision after the other.

import type { TFunction } from 'i18next';
import { client, isTemporary } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone, whileTelling } from '../../shell/notify.tsx';
import { allSent, settle, takeBackWaiting } from '../acting/edit-queue.ts';
import {
  type Done,
  doneThings,
  forgetDone,
  forgetRevision,
  rememberDone,
  rememberRevision,
} from './done-revisions.ts';

/**
 * @param annotationIds takes back only what it did to these objects
 * @throws what the server says: it refuses where later changes built on the revision
 */
export async function undoRevision(
  datasetId: number,
  revision: number,
  annotationIds?: number[],
): Promise<void> {
  // At once, so that who presses the key twice takes two changes back.
  const done = annotationIds === undefined ? forgetRevision(datasetId, revision) : undefined;
  done?.hide?.();
  try {
    await client.undoRevision({
      params: { datasetId, revision },
      body: { key: crypto.randomUUID(), sessionId: ownSession, annotationIds },
    });
  } catch (error) {
    // Refused once is refused again; the one before may be free.
    if (isTemporary(error)) rememberRevision(datasetId, revision, done);
    throw error;
  }
  await settle(datasetId);
  done?.onUndone?.();
}

export async function takeBack(datasetId: number, done: Done): Promise<void> {
  if (done.revision !== undefined) return undoRevision(datasetId, done.revision);
  forgetDone(datasetId, done);
  done.hide?.();
  try {
    await done.takeBack?.();
  } catch (error) {
    if (isTemporary(error)) rememberDone(datasetId, done);
    throw error;
  }
  await settle(datasetId);
  done.onUndone?.();
}

export async function undoLast(datasetId: number, t: TFunction): Promise<void> {
  // What was done last may be on its way, or wait.
  await allSent(datasetId);
  const waiting = takeBackWaiting(datasetId);
  if (waiting !== 'nothing') {
    notifyDone(t(waiting === 'unknown' ? 'bulk.undoWaits' : 'bulk.undone'));
    return;
  }
  const last = doneThings(datasetId).at(-1);
  if (last === undefined) {
    notifyDone(t('bulk.nothingToUndo'));
    return;
  }
  try {
    await whileTelling(`${t('undo')} …`, takeBack(datasetId, last));
    notifyDone(t('bulk.undone'));
  } catch (error) {
    notifyError(error);
  }
}
