// Content-addressed blobs: pictures, files and models, named by the SHA-256 of what they hold. The
// interface is what object storage can do too; `folder-blobs.ts` is the one implementation so far.

import type { Readable } from 'node:stream';

export type BlobSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface StoredBlob {
  /** 64 lower-case hexadecimal digits. */
  sha256: string;
  byteSize: number;
  /** Whether the content was not there before. Of several puts at once, one is told so. */
  isNew: boolean;
}

export interface ListedBlob {
  sha256: string;
  byteSize: number;
  /** When the content was last put. Whoever collects garbage must spare what was put lately. */
  putAt: Date;
}

/** Half open, in bytes: `end` is the first byte that is not wanted, by default the size. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface BlobStore {
  /**
   * Stores the source and answers its name. When it resolves, the blob outlasts a power failure;
   * when it rejects, nothing is left of it. A stream is hashed as it passes, chunk by chunk.
   *
   * @param expected refuses the source if its hash is another one
   * @throws StoreError `disk-full`, `blob-mismatch`
   */
  put(source: BlobSource, options?: { expected?: string }): Promise<StoredBlob>;
  has(sha256: string): Promise<boolean>;
  /** @throws StoreError `blob-not-found` */
  byteSize(sha256: string): Promise<number>;
  /** @throws StoreError `blob-not-found`, `bad-range` */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** A local file for programs that want one, read only; null where blobs are not files. */
  localPath(sha256: string): string | null;
  /** @returns whether it was there */
  delete(sha256: string): Promise<boolean>;
  /** Every blob, in the order of the hashes. */
  list(): AsyncIterable<ListedBlob>;
  /** Reads the blob through. @throws StoreError `blob-not-found`, `blob-damaged` */
  verify(sha256: string): Promise<void>;
  /** What was computed from blobs and can be computed again. */
  readonly derived: DerivedFiles;
}

/**
 * A cache of files by kind and blob, such as thumbnails. Unlike a blob an entry may vanish, with a
 * power failure or by hand, and is then made again.
 *
 * @example
 * const jpeg = (await blobs.derived.read('thumb-256', sha256)) ?? (await makeThumbnail(sha256));
 */
export interface DerivedFiles {
  /** @param kind lower-case letters, digits and hyphens */
  read(kind: string, sha256: string): Promise<Buffer | null>;
  write(kind: string, sha256: string, bytes: Uint8Array): Promise<void>;
  has(kind: string, sha256: string): Promise<boolean>;
  /** Where an entry lies that a program is to read piece by piece; null where there is none. */
  localPath(kind: string, sha256: string): Promise<string | null>;
  /**
   * Keeps a file that a program writes, for what is too large to be held in memory. Whatever fails leaves nothing.
   *
   * @param write is given a path that is free, and resolves when the file is whole
   */
  writeFrom(kind: string, sha256: string, write: (path: string) => Promise<unknown>): Promise<void>;
  /** Forgets every entry of a kind, for when it is computed in a new way. */
  clear(kind: string): Promise<void>;
}
