// Does something to one object or one picture: shows it at once and sends it.

import type { BulkAction, LabelMistake } from '@migaki/api';
import i18next from 'i18next';
import { client } from '../../server/client.ts';
import { notifyError } from '../../shell/ErrorView.tsx';
import { notifyNotDone } from '../../shell/notify.tsx';
import { rememberDone, rememberRevision } from '../bulk/done-revisions.ts';
import { takeEdit } from '../mistakes/take-edit.ts';
import type { MistakeVerdict } from './changes.ts';
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
  const { proposalCount, isReviewed } = image;
  if (verb.do === 'review' && !isReviewed && proposalCount > 0) {
    // The mark counts as soon as they are decided on: nothing would be seen of it.
    notifyNotDone(i18next.t('bulk.stillOpen', { count: proposalCount }));
  }
  return perform(datasetId, { to: 'image', image, verb }, options);
}

/** Takes a model's word against a label, or dismisses it for good. */
export function decideMistake(
  datasetId: number,
  mistake: LabelMistake,
  verdict: MistakeVerdict,
  { onUndone }: Options = {},
): void {
  const { id: mistakeId, image } = mistake;
  const about = { to: 'mistake', imageId: image.id, mistakeId } as const;
  if (verdict === 'taken') {
    doQuietly(datasetId, { ...about, edit: takeEdit(mistake) }, { onUndone });
    return;
  }
  const takeBack = async () => {
    const body = { ids: [mistakeId], isDismissed: false };
    await client.dismissMistakes({ params: { datasetId }, body });
  };
  doInGrid(datasetId, { ...about, edit: null }, (end) => {
    if (end === 'taken back') onUndone?.();
    else if ('error' in end) notifyError(end.error);
    else rememberDone(datasetId, { takeBack, onUndone });
  });
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
    else if (!end.done.isUnchanged) {
      const { revision, lostKeypoints = [] } = end.done;
      rememberRevision(datasetId, revision, { onUndone });
      const names = lostKeypoints.join(', ');
      if (names !== '') notifyNotDone(i18next.t('bulk.lostKeypoints', { names }));
    }
  });
}
