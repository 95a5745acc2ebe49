// One thing that was done in a grid, as plain data: what the server is told and what is shown at once follow from it, also
// after a reload.

import type { BulkAction, Selection } from '@migaki/api';
import { saveCall } from '../../saving/save-call.ts';
import { client } from '../../server/client.ts';
import { ownSession } from '../../server/own-changes.ts';
import { noteChange } from './changes-store.ts';
import {
  type Act,
  type ActedImage,
  type ActedObject,
  actOnImage,
  actOnObject,
  type Verb,
} from './verbs.ts';

export type Deed =
  | {
      readonly to: 'object';
      readonly imageId: number;
      readonly object: ActedObject;
      /** Whether this tab had changed it itself just before. */
      readonly isOwn: boolean;
      readonly verb: Verb;
    }
  | { readonly to: 'image'; readonly image: ActedImage; readonly verb: Verb }
  | { readonly to: 'selection'; readonly selection: Selection; readonly action: BulkAction };

/** What the server made of it. */
export interface Done {
  readonly revision: number;
  readonly isUnchanged: boolean;
  /** Of a selection. */
  readonly imageCount?: number;
  readonly objectCount?: number;
}

/** Null where there is nothing to do, and for selections, whose tiles only their grid knows. */
export function actOf(deed: Deed): (Act & { imageId: number }) | null {
  if (deed.to === 'selection') return null;
  const { verb } = deed;
  const [imageId, act] =
    deed.to === 'object'
      ? [deed.imageId, actOnObject(verb, deed.object, deed)]
      : [deed.image.id, actOnImage(verb, deed.image)];
  return act && { ...act, imageId };
}

/** Shows it over what the server said last. */
export function showDeed(datasetId: number, deed: Deed): void {
  const act = actOf(deed);
  if (act !== null) noteChange(datasetId, act.imageId, act.change);
}

/** A hundred thousand images at once take their time. */
const bulkPatienceMillis = 300_000;

/** @param key under which it may be sent any number of times */
export function sendDeed(datasetId: number, key: string, deed: Deed) {
  const params = { datasetId };
  const said = { key, sessionId: ownSession };
  const bulk = (selection: Selection, action: BulkAction) =>
    saveCall<Done>(
      (options) => client.applyBulk({ params, body: { ...said, selection, action } }, options),
      bulkPatienceMillis,
    );
  if (deed.to === 'selection') return bulk(deed.selection, deed.action);
  const { request, imageId } = actOf(deed)!;
  if ('action' in request) return bulk({ imageIds: [imageId] }, request.action);
  const { edit } = request;
  return saveCall<Done>((options) =>
    client.applyEdits({ params, body: { ...said, edits: [edit] } }, options),
  );
}
