// One thing that was done in a grid, as plain data: what the server is told and what is shown at once follow from it, also
// after a reload.

import type { BulkAction, Edit, Selection } from '@migaki/api';
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
  | {
      readonly to: 'mistake';
      readonly imageId: number;
      readonly mistakeId: number;
      /** That takes the model's word for it; null dismisses it. */
      readonly edit: Edit | null;
    }
  | { readonly to: 'selection'; readonly selection: Selection; readonly action: BulkAction };

/** What the server made of it. */
export interface Done {
  readonly revision: number;
  readonly isUnchanged: boolean;
  /** Of a selection. */
  readonly imageCount?: number;
  readonly objectCount?: number;
  /** Names of what objects have lost with their category. */
  readonly lostKeypoints?: readonly string[];
  /** Pictures that count as looked over, and those on which proposals are open. */
  readonly review?: { readonly reviewedImages: number; readonly openImages: number };
}

/** Null where there is nothing to do, and for what only its own list shows. */
export function actOf(deed: Deed): (Act & { imageId: number }) | null {
  if (deed.to === 'selection' || deed.to === 'mistake') return null;
  const { verb } = deed;
  const [imageId, act] =
    deed.to === 'object'
      ? [deed.imageId, actOnObject(verb, deed.object, deed)]
      : [deed.image.id, actOnImage(verb, deed.image)];
  return act && { ...act, imageId };
}

/** Shows it over what the server said last. */
export function showDeed(datasetId: number, deed: Deed): void {
  if (deed.to === 'mistake') {
    const { imageId, mistakeId, edit } = deed;
    const verdict = edit === null ? 'dismissed' : 'taken';
    noteChange(datasetId, imageId, (before) => ({
      ...before,
      mistakes: new Map(before.mistakes).set(mistakeId, verdict),
    }));
    return;
  }
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
  const apply = (edit: Edit) =>
    saveCall<Done>((options) =>
      client.applyEdits({ params, body: { ...said, edits: [edit] } }, options),
    );
  if (deed.to === 'selection') return bulk(deed.selection, deed.action);
  if (deed.to === 'mistake') {
    return deed.edit === null ? dismiss(datasetId, deed.mistakeId) : apply(deed.edit);
  }
  const { request, imageId } = actOf(deed)!;
  if ('action' in request) return bulk({ imageIds: [imageId] }, request.action);
  return apply(request.edit);
}

/** It is no change of the dataset, and takes no revision. */
const dismiss = (datasetId: number, mistakeId: number) =>
  saveCall<Done>(async (options) => {
    const body = { ids: [mistakeId], isDismissed: true };
    await client.dismissMistakes({ params: { datasetId }, body }, options);
    return { revision: 0, isUnchanged: true };
  });
