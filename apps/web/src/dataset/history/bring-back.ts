// Makes an object what it was once, over whatever came after: by a new change, which can be taken back like any other.

import { type Annotation, ApiError, type Edit } from '@migaki/api';
import { client } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { settle } from '../acting/edit-queue.ts';
import { rememberRevision } from '../bulk/done-revisions.ts';

/**
 * @param state null where it was not there
 * @param isThere whether the picture has it now
 * @throws what the server says
 */
export async function bringBack(
  datasetId: number,
  annotationId: number,
  state: Annotation | null,
  { isThere }: { isThere: boolean },
): Promise<void> {
  if (state === null) {
    await send(datasetId, { type: 'delete', annotationId });
    return;
  }
  const whole = { annotationId, fields: fieldsOf(state), origin: state.origin, state: state.state };
  const [likely, otherwise] = isThere
    ? (['change', 'restore'] as const)
    : (['restore', 'change'] as const);
  try {
    await send(datasetId, { type: likely, ...whole });
  } catch (error) {
    // Rejected ones are there and not among those of the picture; others may have deleted or restored it just now.
    if (!(error instanceof ApiError && error.code === 'annotation-not-found')) throw error;
    await send(datasetId, { type: otherwise, ...whole });
  }
}

async function send(datasetId: number, edit: Edit): Promise<void> {
  const { revision, isUnchanged } = await client.applyEdits({
    params: { datasetId },
    body: { key: crypto.randomUUID(), sessionId: ownSession, edits: [edit] },
  });
  if (!isUnchanged) rememberRevision(datasetId, revision);
  await settle(datasetId);
}

function fieldsOf(state: Annotation) {
  const { categoryId, bbox, segmentation, keypoints, iscrowd } = state;
  const { area, caption, attributes, score } = state;
  return { categoryId, bbox, segmentation, keypoints, iscrowd, area, caption, attributes, score };
}
