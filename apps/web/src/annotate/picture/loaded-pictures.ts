// Pictures that were decoded lately or will be wanted next, so that leafing on does not wait for them.

import { pictureUrl } from '../../server/client.ts';

/** The one in sight, those beside it and the next ones. */
const mostKept = 6;

const kept = new Map<string, Promise<ImageBitmap>>();

/** Decodes beside the page's own thread. @throws Error where the picture does not come or is none */
export function loadPicture(sha256: string): Promise<ImageBitmap> {
  const known = kept.get(sha256);
  kept.delete(sha256);
  const picture = known ?? decode(pictureUrl(sha256));
  kept.set(sha256, picture);
  picture.catch(() => kept.delete(sha256));
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return picture;
}

export async function decode(url: string, signal?: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return createImageBitmap(await response.blob());
}
