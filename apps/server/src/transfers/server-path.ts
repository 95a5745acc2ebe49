// Paths of the server's disk that a caller names: only inside the folders that the workbench may read, and no link
// leads out of them.

import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, parse, relative, resolve, sep } from 'node:path';
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
  const refuse = (expected: string, found: string, advice: string) =>
    new HttpError('bad-request', { where: path, expected, found, advice });
  if (!isAbsolute(path) || path.includes('\0')) {
    throw refuse('an absolute path on the server', 'another one', 'Begin it with the root.');
  }
  const roots = await Promise.all(folders.map((folder) => realpath(folder).catch(() => null)));
  const isInside = (real: string) =>
    roots.some((root) => root !== null && contains(root, real)) ||
    folders.some((folder) => contains(folder, real));
  const real = await realpath(path).catch(() => null);
  // What is outside is answered alike whether it is there or not: nobody finds out what the disk holds.
  if (!isInside(real ?? path)) {
    throw refuse(
      `a path inside ${folders.join(' or ')}`,
      'one outside of them',
      'Copy the files there, or name further folders with --allow-folder when the workbench starts.',
    );
  }
  const found = real === null ? null : await stat(real).catch(() => null);
  if (real === null || found === null || !(found.isFile() || found.isDirectory())) {
    throw refuse('a file or folder', 'none', 'Look whether the name is right.');
  }
  return real;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
