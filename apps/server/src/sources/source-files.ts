// What is imported, wherever it comes from: files by their paths, with `/` between folders, opened one at a time.

import type { Readable } from 'node:stream';
import { type Fault, phrase, type SourceTree, type Words } from '@migaki/coco';
import { StoreError } from '@migaki/store';
import { inspectPicture } from '../pictures/picture.ts';

export interface SourceFile {
  byteSize: number;
  open(): Promise<Readable>;
  /** Where on the disk it lies as it is; null for what is inside an archive or made up. */
  location: string | null;
  /** Where it came from, to be kept with the image: the frame of a video. */
  source?: Record<string, unknown>;
}

/** The tree that converters read, with streams for what is large. */
export interface SourceFiles extends SourceTree {
  file(path: string): SourceFile;
  /** Files that were left out, and why. */
  refused: readonly Refusal[];
  close(): void;
}

export interface Refusal {
  file: Words;
  fault: Fault;
}

export const leadsElsewhere: Fault = {
  expected: phrase`a name that stays in its folder`,
  found: phrase`one that leads out of it`,
};
export const isLink: Fault = {
  expected: phrase`files and folders`,
  found: phrase`a link, which may lead elsewhere`,
};

/** Label files are text; what is larger than this is read as a stream or not at all. */
const maxReadBytes = 2 ** 30;
/** A picture whose size is asked for inside an archive is held in memory for a moment. */
const maxPictureBytes = 2 ** 29;

export function sourceFilesOf(
  files: ReadonlyMap<string, SourceFile>,
  { refused = [], close = () => {} }: { refused?: readonly Refusal[]; close?: () => void } = {},
): SourceFiles {
  const file = (path: string): SourceFile => {
    const found = files.get(path);
    if (found !== undefined) return found;
    throw new StoreError('bad-import', {
      where: path,
      expected: phrase`a file of this name`,
      found: phrase`none`,
    });
  };
  return {
    paths: inOrder([...files.keys()]),
    file,
    refused,
    close,
    read: (path) => readWhole(path, file(path), maxReadBytes),
    async *pieces(path) {
      yield* await file(path).open();
    },
    async imageSize(path) {
      const { location } = file(path);
      return inspectPicture(location ?? (await readWhole(path, file(path), maxPictureBytes)));
    },
  };
}

export async function readWhole(
  path: string,
  { byteSize, open }: SourceFile,
  limit: number,
): Promise<Buffer> {
  if (byteSize > limit) {
    throw new StoreError('bad-import', {
      where: path,
      expected: phrase`at most ${limit} bytes`,
      found: byteSize.toLocaleString('en'),
    });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of await open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** UTF-8 orders texts as their code points do, which converters rely on. */
function inOrder(paths: readonly string[]): string[] {
  return paths
    .map((path) => ({ path, bytes: Buffer.from(path) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ path }) => path);
}

export const isZip = (path: string): boolean => /\.zip$/i.test(path);

/** What operating systems and archivers leave behind, which nobody means to import. */
export function isJunk(path: string): boolean {
  return path
    .split('/')
    .some((part) => part.startsWith('.') || /^(__MACOSX|Thumbs\.db|desktop\.ini)$/i.test(part));
}

/**
 * A path as it is kept: without empty parts and `.`.
 *
 * @returns null for one that climbs out with `..` or holds what no file name holds
 */
export function keptPath(path: string): string | null {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isSafe = parts.length > 0 && !parts.includes('..') && !path.includes('\0');
  return isSafe ? parts.join('/') : null;
}
