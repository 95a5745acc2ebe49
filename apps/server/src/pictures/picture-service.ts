// Pictures for pages: the original as it came, or a smaller copy that is made once and kept.

import { Readable } from 'node:stream';
import { type BlobStore, StoreError } from '@migaki/store';
import { inspectPicture, shrinkPicture } from './picture.ts';

export interface OpenPicture {
  stream: Readable;
  mediaType: string;
  byteSize: number;
}

export interface PictureService {
  /**
   * @param longerSide pixels; the original without it
   * @throws StoreError `blob-not-found`; PictureError for a blob that cannot be shown
   */
  open(sha256: string, longerSide?: number): Promise<OpenPicture>;
  /**
   * Makes the copy that lists show, if it is not there yet.
   *
   * @returns what is wrong with a picture that can be shown all the same; null for a whole one
   */
  prepare(sha256: string): Promise<string | null>;
}

/** What lists ask for first; made at import, so that the first look finds it there. */
const listSize = 256;
/** Beside the copies: what was found wrong when the one for lists was made. */
const damageKind = 'damage';

export function createPictureService(blobs: BlobStore): PictureService {
  /** Several pages may ask for the same copy at once; it is made once. */
  const inTheMaking = new Map<string, Promise<Buffer>>();

  const shrunk = async (sha256: string, longerSide: number): Promise<Buffer> => {
    const kind = `thumb-${longerSide}`;
    const known = await blobs.derived.read(kind, sha256);
    if (known !== null) return known;
    const key = `${kind}/${sha256}`;
    const making =
      inTheMaking.get(key) ?? make(kind, sha256, longerSide).finally(() => inTheMaking.delete(key));
    inTheMaking.set(key, making);
    return making;
  };
  const make = async (kind: string, sha256: string, longerSide: number): Promise<Buffer> => {
    let damage: string | null = null;
    const bytes = await shrinkPicture(await sourceOf(blobs, sha256), longerSide, (reason) => {
      damage = reason;
    });
    try {
      if (damage !== null) await blobs.derived.write(damageKind, sha256, Buffer.from(damage));
      await blobs.derived.write(kind, sha256, bytes);
    } catch (error) {
      // A full disk is no reason not to show what is there; it is made again the next time.
      if (!(error instanceof StoreError && error.code === 'disk-full')) throw error;
    }
    return bytes;
  };

  return {
    async open(sha256, longerSide) {
      if (longerSide !== undefined) {
        const bytes = await shrunk(sha256, longerSide);
        return { stream: Readable.from([bytes]), mediaType: 'image/webp', byteSize: bytes.length };
      }
      const [{ mediaType }, byteSize] = await Promise.all([
        inspectPicture(await sourceOf(blobs, sha256)),
        blobs.byteSize(sha256),
      ]);
      return { stream: await blobs.open(sha256), mediaType, byteSize };
    },
    async prepare(sha256) {
      if (!(await blobs.derived.has(`thumb-${listSize}`, sha256))) await shrunk(sha256, listSize);
      return (await blobs.derived.read(damageKind, sha256))?.toString() ?? null;
    },
  };
}

/** A path where blobs are files, which saves reading a large picture into memory. */
export async function sourceOf(blobs: BlobStore, sha256: string): Promise<string | Uint8Array> {
  const path = blobs.localPath(sha256);
  if (path !== null && (await blobs.has(sha256))) return path;
  const chunks: Uint8Array[] = [];
  for await (const chunk of await blobs.open(sha256)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
