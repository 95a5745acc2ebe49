// Takes back what was done in this tab, one revision after the other.

import type { TFunction } from 'i18next';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';

/** Revisions by dataset, the last one last. */
const done = new Map<number, number[]>();

export function rememberRevision(datasetId: number, revision: number): void {
  done.set(datasetId, [...(done.get(datasetId) ?? []), revision]);
}

export async function undoRevision(datasetId: number, revision: number): Promise<void> {
  await client.undoRevision({
    params: { datasetId, revision },
    body: { key: crypto.randomUUID() },
  });
  done.set(
    datasetId,
    (done.get(datasetId) ?? []).filter((each) => each !== revision),
  );
  await queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
}

export async function undoLast(datasetId: number, t: TFunction): Promise<void> {
  const revision = done.get(datasetId)?.at(-1);
  if (revision === undefined) {
    notifyDone(t('bulk.nothingToUndo'));
    return;
  }
  try {
    await undoRevision(datasetId, revision);
    notifyDone(t('bulk.undone'));
  } catch (error) {
    notifyError(error);
  }
}
