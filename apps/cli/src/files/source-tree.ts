// A dataset on disk as the converters see it: a folder, or one file with its pictures.

import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SourceTree } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { byteSize } from '../terminal/words.ts';
import { ensureMemoryFor } from './enough-memory.ts';
import { fileError } from './file-error.ts';
import { listFolder } from './list-folder.ts';

export interface DiskTree extends SourceTree {
  /** Where on the disk a file of the tree lies. */
  locate(path: string): string;
}

/** Label files are text; what is larger than this is something else. */
const maxFileBytes = 1e9;
/** Files of these kinds may all be read, and what they say is in memory together. */
const mayHoldLabels = /\.(?:json|xml|csv|tsv|txt|ya?ml)$/i;
/** Only a picture's header is read, so this bounds what is believed, not what is decoded. */
const maxPicturePixels = 4e9;
/** Where the pictures of `--images` appear in the tree; all readers look there. */
const picturesFolder = 'images';
/** YOLO's data.yaml holds no annotations: it describes the folder that it lies in. */
const describesFolder = /\.ya?ml$/i;

/**
 * Opens a folder, or a single file together with the pictures beside it in `images/`. A data.yaml stands for its
 * folder, in which it is then the only one.
 *
 * @param imagesFolder where the pictures are, if not there
 * @throws CliError `input`, also for labels that no memory here could hold; CocoError `unsafe-path` for a link as `listFolder` refuses it
 */
export async function openSourceTree(input: string, imagesFolder?: string): Promise<DiskTree> {
  const locations = new Map<string, string>();
  const mount = async (folder: string, prefix: string): Promise<void> => {
    for (const path of await listFolder(folder)) locations.set(prefix + path, join(folder, path));
  };
  if (await isFolder(input)) {
    await mount(input, '');
  } else if (describesFolder.test(input)) {
    await mount(dirname(input), '');
    for (const path of locations.keys()) {
      if (describesFolder.test(path) && path !== basename(input)) locations.delete(path);
    }
  } else {
    locations.set(basename(input), input);
    const beside = join(dirname(input), picturesFolder);
    const isThere = await isFolder(beside).catch(() => false);
    if (imagesFolder === undefined && isThere) await mount(beside, `${picturesFolder}/`);
  }
  if (imagesFolder !== undefined) await mount(imagesFolder, `${picturesFolder}/`);
  await ensureMemoryFor(input, labelBytes(locations.values()));
  return treeOf(locations);
}

/** What is too large to be read, or cannot be looked at, is told of when it is read. */
function labelBytes(locations: Iterable<string>): number {
  let sum = 0;
  for (const location of locations) {
    if (!mayHoldLabels.test(location)) continue;
    // A hundred thousand label files are looked at in a moment this way, and in many moments one by one.
    const size = statSync(location, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= maxFileBytes) sum += size;
  }
  return sum;
}

function treeOf(locations: ReadonlyMap<string, string>): DiskTree {
  // Only what was listed is read: a file name inside a dataset cannot lead anywhere else.
  const locate = (path: string): string => {
    const location = locations.get(path);
    if (location !== undefined) return location;
    throw new CliError('input', `Expected the file ${path}, found none.`);
  };
  return {
    paths: sortByCodePoint([...locations.keys()]),
    locate,
    read: (path) => readBounded(locate(path)),
    imageSize: (path) => pictureSize(locate(path)),
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError(error, 'read', path);
  }
}

async function readBounded(location: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(location);
    if (size <= maxFileBytes) return await readFile(location);
    throw new CliError(
      'input',
      `${location}: expected at most ${byteSize(maxFileBytes)}, found ${byteSize(size)}.`,
    );
  } catch (error) {
    throw fileError(error, 'read', location);
  }
}

/** Pixels of a picture as viewers show it, that is after its EXIF orientation. */
async function pictureSize(location: string): Promise<{ width: number; height: number }> {
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(location, { failOn: 'none', limitInputPixels: maxPicturePixels });
    const { autoOrient } = await picture.metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    const [found] = (error as Error).message.split('\n', 1);
    throw new CliError(
      'input',
      `${location}: expected a picture, found something else (${found}).`,
    );
  }
}

/** UTF-8 orders texts as their code points do; JavaScript's own order differs beyond U+FFFF. */
function sortByCodePoint(paths: readonly string[]): string[] {
  return paths
    .map((path) => ({ path, bytes: Buffer.from(path) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ path }) => path);
}
