// How far it is from this picture to the nearest one in which somebody drew the same thing.

import { type ObjectFields, type TrackId, trackOf } from '@migaki/annotator';
import { queryOptions } from '@tanstack/react-query';
import { addPart } from '../../dataset/query/query-text.ts';
import { client, queryClient } from '../../server/client.ts';
import { neighboursQuery } from '../../server/queries.ts';
import { type Direction, mostFrames, type Place, type Run } from './frames.ts';

/** Key frames of a track that are looked at. */
const mostKeys = 200;

/** Where nobody knows better. */
export const startRun: Run = { direction: 'following', count: 10 };

/**
 * What is drawn further on is what one mostly fills in to; where there is nothing, what was drawn before.
 *
 * @param imageIds in their order, of the pictures with key frames, this one among them
 * @example
 * keyBeside([4, 7, 9], 9) // { direction: 'preceding', imageId: 7 }
 */
export function keyBeside(
  imageIds: readonly number[],
  hereId: number,
): { direction: Direction; imageId: number } | null {
  const at = imageIds.indexOf(hereId);
  const [before, after] = [imageIds[at - 1], imageIds[at + 1]];
  if (at < 0 || (before ?? after) === undefined) return null;
  return after === undefined
    ? { direction: 'preceding', imageId: before }
    : { direction: 'following', imageId: after };
}

export const runToKeyQuery = (place: Place, object: Pick<ObjectFields, 'attributes'> | undefined) =>
  queryOptions({
    queryKey: ['dataset', place.datasetId, 'run-to-key', place, object?.attributes.track_id],
    queryFn: () => fetchRunToKey(place, object === undefined ? null : trackOf(object)),
    staleTime: 0,
    gcTime: 0,
  });

async function fetchRunToKey(place: Place, track: TrackId | null): Promise<Run> {
  const { datasetId, imageId, view } = place;
  const beside = (id: number) => queryClient.fetchQuery(neighboursQuery(datasetId, id, view));
  const here = await beside(imageId);
  const key = track === null ? null : keyBeside(await fetchKeys(place, track), imageId);
  if (key !== null) {
    const there = await beside(key.imageId);
    if (here.position !== null && there.position !== null) {
      const count = Math.min(mostFrames, Math.abs(there.position - here.position));
      return { direction: key.direction, count };
    }
  }
  return here.next === null ? { ...startRun, direction: 'preceding' } : startRun;
}

/** Pictures in which the track was drawn by hand, and this one, in the order of the view. */
async function fetchKeys(place: Place, track: TrackId): Promise<number[]> {
  const { datasetId, imageId, view } = place;
  const params = { datasetId };
  const q = `attribute.track_id:${JSON.stringify(String(track))} -attribute.keyframe:false`;
  const { items: keys } = await client.listObjects({ params, query: { q, limit: mostKeys } });
  const ids = [...new Set([imageId, ...keys.map(({ image }) => image.id)])].join(',');
  const { items } = await client.listImages({
    params,
    query: { q: addPart(view.q, `id:${ids}`), sort: view.sort, overlays: 'no', limit: mostKeys },
  });
  return items.map(({ id }) => id);
}
