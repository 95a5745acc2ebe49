// Does something to one object or one picture: shows it at once and sends it.

import type { BulkAction } from '@migaki/api';
import { notifyError } from '../../shell/ErrorView.tsx';
import { rememberRevision } from '../bulk/done-revisions.ts';
import { changesOf } from './changes-store.ts';
import { actOf, type Deed } from './deed.ts';
import { doInGrid } from './edit-queue.ts';
import type { ActedImage, ActedObject, Verb } from './verbs.ts';

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
  return perform(datasetId, { to: 'object', imageId, object, isOwn, verb }, options);
}

/** @returns whether there was anything to do */
export function performOnImage(
  datasetId: number,
  image: ActedImage,
  verb: Verb,
  options: Options = {},
): boolean {
  return perform(datasetId, { to: 'image', image, verb }, options);
}

/** Says nothing when it is done, because what became of the image is in sight. */
export function changeImage(datasetId: number, imageId: number, action: BulkAction): void {
  doQuietly(datasetId, { to: 'selection', selection: { imageIds: [imageId] }, action });
}

function perform(datasetId: number, deed: Deed, options: Options): boolean {
  if (actOf(deed) === null) return false;
  doQuietly(datasetId, deed, options);
  return true;
}

function doQuietly(datasetId: number, deed: Deed, { onUndone }: Options = {}): void {
  doInGrid(datasetId, deed, (end) => {
    if (end === 'taken back') onUndone?.();
    else if ('error' in end) notifyError(end.error);
    else if (!end.done.isUnchanged) rememberRevision(datasetId, end.done.revision, { onUndone });
  });
}
