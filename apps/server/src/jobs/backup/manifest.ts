// What a backup says of itself, in its last entry: a zip that breaks off has none. See docs/decisions/0010-backup.md.

import { type Phrase, phrase, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { z } from 'zod';

export const manifestPath = 'manifest.json';
export const tablePath = (name: string): string => `tables/${name}.copy`;
/** As in the workspace: no folder grows too large to list. */
export const blobPath = (sha256: string): string =>
  `blobs/${sha256.slice(0, 2)}/${sha256.slice(2)}`;

/** @returns null for an entry that is no blob */
export function blobOfPath(path: string): string | null {
  const parts = /^blobs\/([0-9a-f]{2})\/([0-9a-f]{62})$/.exec(path);
  return parts === null ? null : parts[1] + parts[2];
}

/** Counts up when older programs cannot read what newer ones write. New tables and columns are no such change. */
const formatVersion = 1;

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const announcement = z.object({ format: z.literal('migaki-backup'), formatVersion: count });

const manifest = announcement.extend({
  formatVersion: z.literal(formatVersion),
  productVersion: z.string(),
  createdAt: z.iso.datetime(),
  /** Those that made the tables, in their order. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      lastNumbers: z.record(z.string(), count.nullable()),
      rowCount: count,
      /** Of the entry's content, the rows in COPY's text form. */
      sha256,
    }),
  ),
  blobs: z.object({
    count,
    byteSize: count,
    /** Those that the tables name and that were not there, or damaged. */
    missing: z.array(sha256),
  }),
});
export type Manifest = z.infer<typeof manifest>;

export const newManifest = (
  fields: Omit<Manifest, 'format' | 'formatVersion' | 'createdAt'>,
): Manifest => ({
  format: 'migaki-backup',
  formatVersion,
  createdAt: new Date().toISOString(),
  ...fields,
});

/** @throws StoreError `bad-backup`, `newer-backup` */
export function parseManifest(text: string): Manifest {
  const json = parsedJson(text);
  const { success, data: announced } = announcement.safeParse(json);
  if (!success) throw badBackup(phrase`a backup of Migaki`, phrase`a zip of something else`);
  if (announced.formatVersion > formatVersion) {
    throw new StoreError('newer-backup', {
      expected: phrase`a backup of format ${formatVersion} or before`,
      found: phrase`one of format ${announced.formatVersion}`,
      advice: phrase`Update the program, then restore it again.`,
    });
  }
  const parsed = manifest.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badBackup(phrase`a manifest of Migaki`, phrase`one with another ${issue.path.join('.')}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const badBackup = (expected: Phrase, found: Words, where?: string): StoreError =>
  new StoreError('bad-backup', {
    where,
    expected,
    found,
    advice: phrase`The file is none, is damaged or was changed. The workspace is as it was.`,
  });
