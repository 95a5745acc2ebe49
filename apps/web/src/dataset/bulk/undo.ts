// Takes back what was done in this tab, one revision after the other.

import type { TFunction } from 'i18next';
import { client, isTemporary, queryClient } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyDone } from '../../shell/notify.tsx';

interface Done {
  revision: number;
  /** Hides the message that offers to take it back. */
  hide: () => void;
}

/** By dataset, the last one last. */
const done = new Map<number, Done[]>();

/** @param hide nothing where no message offers to take it back */
export function rememberRevision(
  datasetId: number,
  revision: number,
  hide: () => void = () => {},
): void {
  done.set(datasetId, [...(done.get(datasetId) ?? []), { revision, hide }]);
}

/** @throws what the server says: it refuses where later changes built on the revision */
export async function undoRevision(datasetId: number, revision: number): Promise<void> {
  const all = done.get(datasetId) ?? [];
  for (const each of all) if (each.revision === revision) each.hide();
  // At once, so that who presses the key twice takes two changes back.
  done.set(
    datasetId,
    all.filter((each) => each.revision !== revision),
  );
  try {
    await client.undoRevision({
      params: { datasetId, revision },
      body: { key: crypto.randomUUID() },
    });
  } catch (error) {
    // Refused once is refused again; the one before may be free.
    if (isTemporary(error)) rememberRevision(datasetId, revision);
    throw error;
  }
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
