// Files by hash, spread over 256 folders by its first byte: no folder grows too large to list.

import path from 'node:path';

/** `00` to `ff`. */
export const fanOutNames: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Only what passes here may become part of a path. */
export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** `folder/ab/cdef…` */
export const fanOutPath = (folder: string, sha256: string): string =>
  path.join(folder, sha256.slice(0, 2), sha256.slice(2));
