// Makes an object what it was once, over whatever came after: by a new change, which can be taken back like any other.

import { type Annotation, ApiError, type Edit } from '@migaki/api';
import { client } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { settle } from '../acting/edit-queue.ts';
import { rememberRevision } from '../bulk/done-revisions.ts';

/** @param state null where it was not there @throws what the server says */
export async function bringBack(
  datasetId: number,
  annotationId: number,
  state: Annotation | null,
): Promise<void> {
  if (state === null) {
    await send(datasetId, { type: 'delete', annotationId });
    return;
  }
  const whole = { annotationId, fields: fieldsOf(state), origin: state.origin, state: state.state };
  try {
    await send(datasetId, { type: 'change', ...whole });
  } catch (error) {
    // It was deleted since.
    if (!(error instanceof ApiError && error.code === 'annotation-not-found')) throw error;
    await send(datasetId, { type: 'restore', ...whole });
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
