// What lies in a folder. A dataset from elsewhere is not trusted: a link may not lead out of it.

import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CocoError } from '@migaki/coco';
import { fileError } from './file-error.ts';

/**
 * The paths of all files below `root`, relative to it, with `/` between folders. Hidden files (`.git`,
 * `.DS_Store`) are left out, and so is all that is neither file nor folder. Links are followed, each
 * folder is visited once.
 *
 * @throws CliError `input`; CocoError `unsafe-path` for a link that leads out of the folder.
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
  const steps = relative(realRoot, target);
  if (steps === '..' || steps.startsWith(`..${sep}`) || steps === target) {
    throw new CocoError('unsafe-path', {
      where: path,
      expected: 'a link to a place inside the folder',
      found: `one to ${target}`,
      advice: 'Put the file itself there.',
    });
  }
  return stat(target);
}
