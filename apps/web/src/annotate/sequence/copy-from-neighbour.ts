// One key: what is drawn on the picture before or after this one is drawn on this one, too.

import type { View } from '../../server/queries.ts';
import type { NoticeText } from '../bar/NoticeBubble.tsx';
import type { PictureSession } from '../session/picture-session.ts';
import { fetchFrames } from './frames.ts';
import { fetchPictureObjects } from './picture-objects.ts';

/** @returns why nothing is copied */
export async function copyFromNeighbour(
  { datasetId, image, store }: PictureSession,
  view: View,
  which: 'previous' | 'next',
): Promise<NoticeText | null> {
  const place = { datasetId, imageId: image.id, view };
  const direction = which === 'next' ? 'following' : 'preceding';
  const [frame] = await fetchFrames(place, { direction, count: 1 });
  if (frame === undefined) return which === 'next' ? 'last-picture' : 'first-picture';
  const { objects, size, proposalCount } = await fetchPictureObjects(datasetId, frame.id);
  if (objects.length === 0) return proposalCount > 0 ? 'only-proposals' : 'nothing-there';
  store.dispatch({ type: 'paste', objects, from: size });
  return null;
}
