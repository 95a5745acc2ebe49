// The files of a zip, read where they lie. An archive from elsewhere may be made to harm: names that climb out and links are left
// out; what would unpack from a few kilobytes to a disk full is refused as a whole, before anything of it is unpacked.

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Phrase, phrase, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { type Entry, openPromise, validateFileName, type ZipFile } from 'yauzl';
import {
  isJunk,
  isLink,
  keptPath,
  leadsElsewhere,
  type Refusal,
  type SourceFile,
} from './source-files.ts';
import { zipEntryName } from './zip-entry-name.ts';

/** Files in one archive. */
const maxEntries = 2_000_000;
/** Unpacked to packed. Label files of boxes shrink to a twentieth; a thousandth is the limit of the method. */
const maxRatio = 200;
/** Below this many bytes unpacked no ratio is harmful. */
const harmlessBytes = 100 * 2 ** 20;
const maxUnpackedBytes = 2 ** 40;

const symbolicLink = 0o120000;
const fileTypeMask = 0o170000;

/**
 * @param shownName what errors call it: an upload lies under another name than its own
 * @returns the files by path, what was left out and why, and how to close the archive
 * @throws StoreError `bad-import` for what is no zip, is damaged, encrypted or a bomb
 */
export async function openZip(
  location: string,
  shownName = basename(location),
): Promise<{ files: Map<string, SourceFile>; refused: Refusal[]; close: () => void }> {
  const refuse = (expected: Phrase, found: Words): StoreError =>
    new StoreError('bad-import', { where: shownName, expected, found });
  const notAZip = (error: unknown) =>
    error instanceof StoreError
      ? error
      : refuse(phrase`a whole zip file`, withoutStop((error as Error).message));

  const { size: packedBytes } = await stat(location);
  let zip: ZipFile;
  try {
    // Of names in bytes it judges none: one that leads elsewhere would be the end of all.
    zip = await openPromise(location, { autoClose: false, decodeStrings: false });
  } catch (error) {
    throw notAZip(error);
  }
  const files = new Map<string, SourceFile>();
  const refused: Refusal[] = [];
  let unpackedBytes = 0;
  try {
    if (zip.entryCount > maxEntries) {
      throw refuse(phrase`at most ${maxEntries} files`, String(zip.entryCount));
    }
    for await (const entry of zip.eachEntry()) {
      const name = zipEntryName(entry);
      if (name.endsWith('/')) continue;
      unpackedBytes += entry.uncompressedSize;
      const isBomb =
        unpackedBytes > maxUnpackedBytes ||
        (unpackedBytes > harmlessBytes && unpackedBytes > maxRatio * packedBytes);
      if (isBomb) {
        throw refuse(
          phrase`at most ${maxRatio} bytes unpacked for each byte packed`,
          phrase`an archive of ${packedBytes} bytes that unpacks to more than ${unpackedBytes}`,
        );
      }
      if (entry.isEncrypted())
        throw refuse(phrase`an archive without a password`, phrase`an encrypted one`);
      const path = validateFileName(name) === null ? keptPath(name) : null;
      if (path === null) {
        refused.push({ file: name, fault: leadsElsewhere });
      } else if (((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink) {
        refused.push({ file: path, fault: isLink });
      } else if (!isJunk(path) && !files.has(path)) files.set(path, fileOf(zip, entry, path));
    }
  } catch (error) {
    zip.close();
    throw notAZip(error);
  }
  return { files, refused, close: () => zip.close() };
}

function fileOf(zip: ZipFile, entry: Entry, path: string): SourceFile {
  return {
    byteSize: entry.uncompressedSize,
    open: async () => Readable.from(unpacked(zip, entry, path), { objectMode: false }),
    location: null,
  };
}

/** What yauzl says, as part of a sentence of ours. */
export const withoutStop = (message: string): string => message.replace(/\.$/, '');

/** @throws StoreError `bad-import` where the entry is damaged, or unpacks to more than it announces */
async function* unpacked(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Buffer> {
  const refuse = (found: Words) =>
    new StoreError('bad-import', {
      where: path,
      expected: phrase`a file that unpacks to what the archive says`,
      found,
    });
  let checksum = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (error) {
    throw refuse(withoutStop((error as Error).message));
  }
  // What lies in the archive as it is would come through damaged without a word.
  if (checksum !== entry.crc32) throw refuse(phrase`one that has another checksum`);
}
