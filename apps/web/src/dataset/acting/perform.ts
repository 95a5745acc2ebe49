// Does something to one object or one picture: shows it at once and sends it.

import type { BulkAction } from '@migaki/api';
import { client } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { changesOf, noteChange } from './changes-store.ts';
import { type Sent, sendChange } from './edit-queue.ts';
import { type Act, type ActedObject, actOnImage, actOnObject, type Verb } from './verbs.ts';

interface Options {
  /** Where the person was, to go there again when it is taken back. */
  onUndone?: () => void;
}

/** @returns whether there was anything to do */
export function performOnObject(
  datasetId: number,
  imageId: number,
  object: ActedObject,
  verb: Verb,
  options: Options = {},
): boolean {
  const isOwn = changesOf(datasetId).get(imageId)?.objects.has(object.id) ?? false;
  return perform(datasetId, imageId, actOnObject(verb, object, { isOwn }), options);
}

/** @returns whether there was anything to do */
export function performOnImage(
  datasetId: number,
  image: { id: number; proposalCount: number; isReviewed: boolean },
  verb: Verb,
  options: Options = {},
): boolean {
  return perform(datasetId, image.id, actOnImage(verb, image), options);
}

function perform(
  datasetId: number,
  imageId: number,
  act: Act | null,
  { onUndone }: Options,
): boolean {
  if (act === null) return false;
  const { request } = act;
  noteChange(datasetId, imageId, act.change);
  const params = { datasetId };
  const said = { key: crypto.randomUUID(), sessionId: ownSession };
  const send = (): Promise<Sent> =>
    'edit' in request
      ? client.applyEdits({ params, body: { ...said, edits: [request.edit] } })
      : client.applyBulk({ params, body: { ...said, ...bulkBody(imageId, request.action) } });
  sendChange(datasetId, send, onUndone);
  return true;
}

const bulkBody = (imageId: number, action: BulkAction) => ({
  selection: { imageIds: [imageId] },
  action,
});
