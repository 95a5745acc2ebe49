// Looking over in the annotator: from picture to picture by doubt instead of by the view, and what is noted of each.

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { PictureSession } from '../annotate/session/picture-session.ts';
import { type Neighbours, prefetchPicture, type Which } from '../annotate/use-neighbours.ts';
import { useOpenPicture } from '../annotate/use-open-picture.ts';
import { fetchOnce, queryClient } from '../server/client.ts';
import { passedOver, queueQuery } from './queue.ts';
import {
  allUnseen,
  firstUnseen,
  leftOf,
  newSitting,
  type Sitting,
  seenBeside,
  visitsBeside,
} from './sitting.ts';
import { beginSitting, endSitting, noteVisit, sittingOf, useSitting } from './sitting-store.ts';
import { tallyOf } from './tally.ts';
import { isByHand } from './use-is-by-hand.ts';

export interface Queue extends Neighbours {
  sitting: Sitting;
  /** Pictures that are to be looked at, this one too; undefined while it is not known. */
  left: number | undefined;
}

/** @param q null where the annotator is not looking over */
export function useQueue(session: PictureSession, q: string | null): Queue | null {
  const { datasetId, image } = session;
  const navigate = useNavigate();
  const openPicture = useOpenPicture(session);
  const sitting = useSitting(datasetId) ?? newSitting(q ?? '', '');
  const { data } = useQuery({
    ...queueQuery(datasetId, q ?? '', passedOver(sitting)),
    enabled: q !== null,
  });
  const beside = visitsBeside(sitting, image.id);
  const ahead = idsAhead(sitting, data?.items, image.id);
  const next = ahead[0] ?? null;
  const isGoingOn = useNotedVisit(session, q);

  const prefetched = q === null ? '' : ahead.slice(0, mostAhead).join(' ');
  useEffect(() => {
    for (const id of prefetched.split(' ')) if (id !== '') prefetchPicture(datasetId, Number(id));
  }, [datasetId, prefetched]);

  const open = useCallback(
    (which: Which) =>
      openPicture(
        async () => {
          isGoingOn.current = which !== 'previous';
          return idOf(which, datasetId, image.id, q ?? '');
        },
        () => {
          if (which === 'previous') return false;
          endSitting(datasetId);
          void navigate({
            to: '/datasets/$datasetId/look-over',
            params: { datasetId: String(datasetId) },
            search: q === '' || q === null ? {} : { q },
            replace: true,
          });
          return true;
        },
      ),
    [openPicture, navigate, datasetId, image.id, q, isGoingOn],
  );
  if (q === null) return null;
  const left = data && leftOf(data.total, data.items, sitting, image.id);
  const seen = data && seenBeside(data.total, data.items, sitting, image.id);
  return {
    sitting,
    left,
    open,
    known:
      left === undefined || seen === undefined
        ? undefined
        : {
            previous: beside.previous,
            // After the last one comes the end.
            next: next ?? image.id,
            position: beside.at,
            total: Math.max(beside.at + 1, seen + left),
          },
  };
}

/** Pictures that are there before one comes to them. */
const mostAhead = 2;

/** What comes after a picture: what was seen after it already, then what nobody has seen yet. */
function idsAhead(
  sitting: Sitting,
  items: readonly { id: number }[] | undefined,
  shownId: number,
): number[] {
  const { visits } = sitting;
  const { at } = visitsBeside(sitting, shownId);
  const seen = visits.slice(at + 1).map(({ imageId }) => imageId);
  const unseen = allUnseen(items ?? [], sitting, shownId).map(({ id }) => id);
  // Where one went back from is among both.
  return [...new Set([...seen, ...unseen])];
}

/** As far as it is known without asking: for when the workbench does not answer. The picture that was left counts as seen. */
export function useKnownInQueue(
  datasetId: number,
  imageId: number,
  q: string,
): { previous: number | null; next: number | null } {
  const sitting = useSitting(datasetId) ?? newSitting(q, '');
  const items = queryClient.getQueryData(
    queueQuery(datasetId, q, passedOver(sitting)).queryKey,
  )?.items;
  const { previous } = visitsBeside(sitting, imageId);
  return { previous, next: idsAhead(sitting, items, imageId)[0] ?? null };
}

async function idOf(
  which: Which,
  datasetId: number,
  imageId: number,
  q: string,
): Promise<number | null> {
  const sitting = sittingOf(datasetId) ?? newSitting(q, '');
  const beside = visitsBeside(sitting, imageId);
  if (which === 'previous') return beside.previous;
  if (beside.next !== null) return beside.next;
  const query = queueQuery(datasetId, q, passedOver(sitting));
  const known = queryClient.getQueryData(query.queryKey);
  const unseen = known && firstUnseen(known.items, sitting, imageId);
  if (unseen !== undefined) return unseen.id;
  const { items } = await fetchOnce({ ...query, staleTime: 0 });
  return firstUnseen(items, sitting, imageId)?.id ?? null;
}

/**
 * What was done to the picture while it was shown is noted when it is left.
 *
 * @returns to be set when it is left for another one
 */
function useNotedVisit(session: PictureSession, q: string | null): RefObject<boolean> {
  const isGoingOn = useRef(false);
  useEffect(() => {
    if (q === null) return;
    const { datasetId, image, store, situation } = session;
    beginSitting(datasetId, q);
    let before = store.get();
    // Said, and known at the workbench a moment later.
    let isFinished = false;
    const endWatching = store.subscribe(() => {
      for (const { changes } of store.get().sync.queue.pending) {
        for (const change of changes) {
          if (change.type === 'remark' && change.remark.type === 'review-picture')
            isFinished = change.remark.isReviewed;
        }
      }
    });
    const note = () => {
      const after = store.get();
      const { objects, picture } = after.document;
      const isToDraw =
        isByHand(before) &&
        !isFinished &&
        !situation.get().isReviewed &&
        picture.status !== 'review' &&
        picture.status !== 'done';
      noteVisit(datasetId, {
        imageId: image.id,
        millis: after.workTime.pictureMillis - before.workTime.pictureMillis,
        tally: tallyOf(before.document.objects, objects),
        openCount: isToDraw
          ? 1
          : [...objects.values()].filter(({ state }) => state === 'proposed').length,
        isPaused: !isGoingOn.current,
      });
      before = after;
    };
    window.addEventListener('pagehide', note);
    return () => {
      window.removeEventListener('pagehide', note);
      endWatching();
      note();
    };
  }, [session, q]);
  return isGoingOn;
}
