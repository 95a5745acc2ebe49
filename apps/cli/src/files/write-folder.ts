// A folder of label files and pictures, written whole or not at all.

import { constants, renameSync } from 'node:fs';
import { copyFile, link, readdir, realpath, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, relative, resolve, sep } from 'node:path';
import { CocoError, type OutputFile, phrase } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import type { Progress } from '../terminal/progress.ts';
import { fileError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';
import { withUnfinished } from './unfinished.ts';
import { writeText } from './write-file.ts';

export interface FolderContents {
  files: Iterable<OutputFile>;
  /** Where the picture lies that the dataset knows by this name. */
  locatePicture(imageFileName: string): string;
  /** How pictures get there: as a copy, or as a second name for the same file. */
  pictures: 'copy' | 'link';
}

export interface WrittenCounts {
  files: number;
  pictures: number;
}

/**
 * Writes all files to a hidden sibling of `target` and renames it at the end. A folder that was there is
 * replaced in that moment; until then it is untouched. Ask `refuseToReplaceFolder` first.
 *
 * @throws CliError `output`; CocoError `unsafe-path`
 */
export async function writeFolderWhole(
  target: string,
  contents: FolderContents,
  progress: Progress,
): Promise<WrittenCounts> {
  const place = await realpath(target).catch(() => resolve(target));
  try {
    return await withUnfinished(place, async (unfinished, signal) => {
      const counts = await writeFiles(unfinished, contents, progress, signal);
      await putInPlace(unfinished, place);
      return counts;
    });
  } catch (error) {
    throw fileError(error, 'write', target);
  } finally {
    progress.done();
  }
}

async function writeFiles(
  folder: string,
  { files, locatePicture, pictures }: FolderContents,
  progress: Progress,
  signal: AbortSignal,
): Promise<WrittenCounts> {
  const counts = { files: 0, pictures: 0 };
  const madeFolders = new Set<string>();
  await makeFolder(folder);
  for (const file of files) {
    signal.throwIfAborted();
    const path = pathInside(folder, file.path);
    if (!madeFolders.has(dirname(path))) {
      await makeFolder(dirname(path));
      madeFolders.add(dirname(path));
    }
    if ('text' in file) {
      await writeText(path, file.text, signal);
      counts.files += 1;
    } else {
      await placePicture(locatePicture(file.imageFileName), path, pictures);
      counts.pictures += 1;
    }
    progress.advance(1);
  }
  return counts;
}

/** The names come from the dataset: none may lead out of the folder. */
function pathInside(folder: string, path: string): string {
  const absolute = resolve(folder, path);
  if (absolute.startsWith(folder + sep) && !path.includes('\0')) return absolute;
  throw new CocoError('unsafe-path', {
    expected: phrase`a file name inside the folder`,
    found: path,
    advice: phrase`Correct the name in the annotations.`,
  });
}

async function placePicture(source: string, path: string, how: 'copy' | 'link'): Promise<void> {
  try {
    // The link is to be a name of the picture itself, also where a symbolic link led to it.
    if (how === 'link') await link(await realpath(source), path);
    else await copyFile(source, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isReadFault = code === 'ENOENT' || code === 'EACCES';
    throw fileError(error, isReadFault ? 'read' : 'write', isReadFault ? source : path);
  }
}

async function putInPlace(unfinished: string, place: string): Promise<void> {
  if ((await entriesOf(place)) === null) {
    await rename(unfinished, place);
    return;
  }
  const old = `${unfinished}-old`;
  // Synchronously, so that the place is empty for as short as can be.
  renameSync(place, old);
  renameSync(unfinished, place);
  await rm(old, { recursive: true, force: true });
}

/** What is in a folder; null where there is none. */
async function entriesOf(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fileError(error, 'write', folder);
  }
}

/**
 * Stops before anything is lost: a folder with something in it is replaced only when that was asked for, and
 * never when it holds what is being read, the working folder or the home folder.
 *
 * @throws CliError `output`
 */
export async function refuseToReplaceFolder(
  target: string,
  overwrite: boolean,
  inputs: readonly string[],
): Promise<void> {
  const entries = await entriesOf(target);
  if (entries === null || entries.length === 0) return;
  if (!overwrite) {
    throw new CliError(
      'output',
      `${target} is there already and not empty. Add --overwrite to replace it as a whole.`,
    );
  }
  const place = await realpath(target);
  for (const precious of [...inputs, process.cwd(), homedir()]) {
    const steps = relative(place, await realpath(precious).catch(() => resolve(precious)));
    if (steps === '..' || steps.startsWith(`..${sep}`) || resolve(steps) === steps) continue;
    throw new CliError(
      'output',
      `${target} holds ${precious}, which --overwrite would delete. Choose another folder.`,
    );
  }
}
