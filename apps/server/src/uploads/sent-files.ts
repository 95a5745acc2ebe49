// What lies in the folder of an upload: each file that was begun, how much of it has arrived, and what its sender said
// of it.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of an upload, as far as it has arrived. */
export interface SentFile {
  /** Its name in tus’ addresses. */
  fileId: string;
  /** As it was called on the other machine, with its folders and `/` between them. */
  path: string;
  location: string;
  /** Null where its sender did not know it beforehand. */
  byteSize: number | null;
  bytesReceived: number;
  /** When it was changed on the other machine, in milliseconds since 1970; null where its sender did not say. */
  lastModified: number | null;
}

/**
 * Each path once, as whole as it came: when the answer to a file's first call is lost, its sender begins it again, and
 * the first attempt stays behind.
 */
export async function sentFiles(folder: string): Promise<SentFile[]> {
  const byPath = new Map<string, SentFile>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const file = await sentFile(folder, name.slice(0, -'.json'.length));
    if (file === null) continue;
    const known = byPath.get(file.path);
    if (known === undefined || isMoreOf(known, file)) byPath.set(file.path, file);
  }
  return [...byPath.values()];
}

const isMoreOf = (known: SentFile, other: SentFile): boolean =>
  known.bytesReceived !== known.byteSize && other.bytesReceived > known.bytesReceived;

async function sentFile(folder: string, fileId: string): Promise<SentFile | null> {
  const location = join(folder, fileId);
  // What tus writes beside each file: its length and what the sender said of it.
  const described = await readFile(`${location}.json`, 'utf8').catch(() => null);
  const arrived = await stat(location).catch(() => null);
  if (described === null || arrived === null) return null;
  const { size, metadata } = JSON.parse(described) as {
    size?: number;
    metadata?: Record<string, string | null>;
  };
  const lastModified = Number(metadata?.lastModified || Number.NaN);
  return {
    fileId,
    path: metadata?.relativePath || metadata?.filename || metadata?.name || 'file',
    location,
    byteSize: size ?? null,
    bytesReceived: arrived.size,
    lastModified: Number.isSafeInteger(lastModified) ? lastModified : null,
  };
}
