// A picture with all that is on it is asked for as soon as its address is known, while the code of the page is on its way; and
// those that will be wanted next are kept, so that who leafs on is not held up where the workbench is away for a moment.

import type { Image } from '@migaki/api';
import { client, isTemporary } from '../../server/client.ts';

let ahead: { readonly key: string; readonly image: Promise<Image> } | null = null;

const keyOf = (datasetId: number, imageId: number) => `${datasetId}/${imageId}`;

const fetchNow = (datasetId: number, imageId: number): Promise<Image> =>
  client.getImage({ params: { datasetId, imageId }, query: { rejected: 'yes' } });

export function fetchAhead(datasetId: number, imageId: number): void {
  const key = keyOf(datasetId, imageId);
  if (ahead?.key === key) return;
  const image = fetchNow(datasetId, imageId);
  ahead = { key, image };
  // Whoever needs it asks again, and is told.
  image.catch(() => {
    if (ahead?.image === image) ahead = null;
  });
}

interface Kept {
  readonly image: Promise<Image>;
  readonly atMillis: number;
}

/** The neighbours on both sides, two further ones, and those that were just left. */
const mostKept = 8;
/** Younger ones need not be asked for again: whatever has happened since is news to whoever opens them. */
const freshMillis = 30_000;
const kept = new Map<string, Kept>();

/** Keeps a picture for when it is wanted and the workbench does not answer. @throws ApiError */
export function keepImage(datasetId: number, imageId: number): Promise<Image> {
  const key = keyOf(datasetId, imageId);
  const known = kept.get(key);
  if (known !== undefined && Date.now() - known.atMillis < freshMillis) return known.image;
  const image = fetchNow(datasetId, imageId).catch((error: unknown) => {
    // What is known from before is better than nothing.
    if (known === undefined || !isTemporary(error)) throw error;
    return known.image;
  });
  kept.delete(key);
  kept.set(key, { image, atMillis: Date.now() });
  image.catch(() => {
    if (kept.get(key)?.image === image) kept.delete(key);
  });
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return image;
}

/** The picture is otherwise now: what is kept of it would show it without what was drawn. */
export function forgetImage(datasetId: number, imageId: number): void {
  kept.delete(keyOf(datasetId, imageId));
}

/**
 * What was asked for ahead, once; else it is asked for now. Whatever happened since is news to whoever opens it.
 *
 * @returns `isKept` where the workbench does not answer, and it is as it was kept
 * @throws ApiError
 */
export async function fetchImage(
  datasetId: number,
  imageId: number,
): Promise<{ image: Image; isKept: boolean }> {
  const key = keyOf(datasetId, imageId);
  const coming = ahead?.key === key ? ahead.image : null;
  if (coming !== null) ahead = null;
  const now = () => fetchNow(datasetId, imageId);
  try {
    return { image: await (coming?.catch(now) ?? now()), isKept: false };
  } catch (error) {
    const known = isTemporary(error) ? kept.get(key) : undefined;
    if (known === undefined) throw error;
    return { image: await known.image, isKept: true };
  }
}
