// What lies in a folder. Large datasets often link to the folder of their pictures on another disk (`images -> /data/…`),
// so links to folders are followed wherever they lead, but a single file from elsewhere is not let in by a link.

import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { CocoError, phrase } from '@migaki/coco';
import { fileError } from './file-error.ts';

/**
 * The paths of all files below `root`, relative to it, with `/` between folders. Hidden files (`.git`,
 * `.DS_Store`) are left out, and so is all that is neither file nor folder. Links are followed, each
 * folder is visited once.
 *
 * @throws CliError `input`; CocoError `unsafe-path` for a link to a file outside, or to a folder that holds `root`.
 */
export async function listFolder(root: string): Promise<string[]> {
  try {
    return await listFiles(root);
  } catch (error) {
    throw fileError(error, 'read', root);
  }
}

async function listFiles(root: string): Promise<string[]> {
  const realRoot = await realpath(root);
  const seenFolders = new Set([realRoot]);
  const paths: string[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const target = entry.isSymbolicLink() ? await followLink(realRoot, join(root, path)) : entry;
      if (target.isFile()) paths.push(path);
      if (!target.isDirectory()) continue;
      const realFolder = await realpath(join(root, path));
      if (seenFolders.has(realFolder)) continue;
      seenFolders.add(realFolder);
      waiting.push(path);
    }
  }
  return paths;
}

async function followLink(realRoot: string, path: string) {
  const target = await realpath(path);
  const entry = await stat(target);
  const isAllowed = entry.isDirectory()
    ? target === realRoot || !holds(target, realRoot)
    : holds(realRoot, target);
  if (isAllowed) return entry;
  throw new CocoError('unsafe-path', {
    where: path,
    expected: phrase`a link to a place inside the folder, or to a folder that does not hold it`,
    found: phrase`one to ${target}`,
    advice: phrase`Put the file itself there, or name the folder of the pictures with --images.`,
  });
}

/** Whether `path` lies in `folder`; both are real. */
function holds(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}
