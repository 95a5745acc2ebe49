// Edits of pictures that are not open here: sent like all others, and taken back by the message that tells of them.

import type { ServerEdit } from '@migaki/annotator';
import type { Edit } from '@migaki/api';
import { rememberRevision } from '../../dataset/bulk/done-revisions.ts';
import { undoRevision } from '../../dataset/bulk/undo.ts';
import { client, queryClient } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { notifyWithUndo } from '../../shell/notify.tsx';

/** Of one call. */
const mostEdits = 10_000;

/** @throws ApiError; what was sent before stays, and can be taken back from the history */
export async function writeEdits(
  datasetId: number,
  edits: readonly ServerEdit[],
  { message, undo }: { message: string; undo: string },
): Promise<void> {
  const revisions: number[] = [];
  for (let at = 0; at < edits.length; at += mostEdits) {
    const { revision, isUnchanged } = await client.applyEdits({
      params: { datasetId },
      body: {
        key: crypto.randomUUID(),
        sessionId: ownSession,
        edits: edits.slice(at, at + mostEdits) as Edit[],
      },
    });
    if (!isUnchanged) revisions.push(revision);
  }
  void queryClient.invalidateQueries({ queryKey: ['dataset', datasetId] });
  const hide = notifyWithUndo(message, undo, async () => {
    for (const revision of revisions.toReversed()) await undoRevision(datasetId, revision);
  });
  for (const revision of revisions) rememberRevision(datasetId, revision, { hide });
}
