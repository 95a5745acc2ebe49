// Paths of the server's disk that a caller names: only inside the folders that the workbench may read, and no link
// leads out of them.

import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';
import { type Phrase, phrase, type Words } from '@migaki/coco';
import type { Caller } from '../http/access.ts';
import { HttpError } from '../http/http-error.ts';

/** Whoever works on this machine as the workspace's owner may name what the owner may read: everything that we can. */
export const foldersFor = ({ isLocal }: Caller, folders: readonly string[]): readonly string[] =>
  isLocal ? [parse(resolve('.')).root] : folders;

/**
 * The real path of what a caller named.
 *
 * @throws HttpError `bad-request` for what is not there, is not absolute, or lies outside of the folders
 */
export async function allowedPath(path: string, folders: readonly string[]): Promise<string> {
  const refuse = (expected: Phrase, found: Words, advice: Phrase) =>
    new HttpError('bad-request', { where: path, expected, found, advice });
  if (!isAbsolute(path) || path.includes('\0')) {
    throw refuse(
      phrase`an absolute path on the server`,
      phrase`another one`,
      phrase`Begin it with the root.`,
    );
  }
  const roots = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)));
  const isInside = (real: string) =>
    roots.some((root) => root !== null && contains(root, real)) ||
    folders.some((folder) => contains(folder, real));
  const real = await realpath(path).catch(() => null);
  // What is outside is answered alike whether it is there or not: nobody finds out what the disk holds.
  if (!isInside(real ?? path)) {
    throw refuse(
      phrase`a path inside ${folders.join(' or ')}`,
      phrase`one outside of them`,
      phrase`Copy the files there, or name the folder with --allow-folder when the workbench starts.`,
    );
  }
  const found = real === null ? null : await stat(real).catch(() => null);
  if (real === null || found === null || !(found.isFile() || found.isDirectory())) {
    throw refuse(phrase`a file or folder`, phrase`none`, phrase`Look whether the name is right.`);
  }
  return real;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
