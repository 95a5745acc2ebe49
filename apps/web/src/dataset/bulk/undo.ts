// Takes back what was done in this tab, one revision after the other.

import type { TFunction } from 'i18next';
import { client, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';

interface Done {
  revision: number;
  /** Hides the message that offers to take it back. */
  hide: () => void;
}

/** By dataset, the last one last. */
const done = new Map<number, Done[]>();

export function rememberRevision(datasetId: number, revision: number, hide: () => void): void {
  done.set(datasetId, [...(done.get(datasetId) ?? []), { revision, hide }]);
}

export async function undoRevision(datasetId: number, revision: number): Promise<void> {
  await client.undoRevision({
    params: { datasetId, revision },
    body: { key: crypto.randomUUID() },
  });
  const all = done.get(datasetId) ?? [];
  for (const each of all) if (each.revision === revision) each.hide();
  done.set(
    datasetId,
    all.filter((each) => each.revision !== revision),
  );
  await queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
}

export async function undoLast(datasetId: number, t: TFunction): Promise<void> {
  const last = done.get(datasetId)?.at(-1);
  if (last === undefined) {
    notifyDone(t('bulk.nothingToUndo'));
    return;
  }
  try {
    await undoRevision(datasetId, last.revision);
    notifyDone(t('bulk.undone'));
  } catch (error) {
    notifyError(error);
  }
}
