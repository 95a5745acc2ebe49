// A folder as the converters see it. A dataset from elsewhere is not trusted: nothing outside the
// folder is read, whatever its links and file names say.

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CocoError, type SourceTree } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { printable } from '../terminal/words.ts';
import { fileError, tooLarge } from './file-error.ts';

/** Label files are text; what is larger than this is something else. */
const maxFileBytes = 1 << 30;
/** Only a picture's header is read, so this bounds what is believed, not what is decoded. */
const maxPicturePixels = 4e9;

/**
 * Lists a folder. Hidden files (`.git`, `.DS_Store`) are left out, and so is all that is neither file nor
 * folder. Links are followed inside the folder, each folder once.
 *
 * @throws CliError `input`; CocoError `unsafe-path` for a link that leads out of the folder.
 */
export async function openFolder(root: string): Promise<SourceTree> {
  const paths = await listFiles(root).catch((error) => {
    throw fileError(error, 'read', root);
  });
  const known = new Set(paths);
  const locate = (path: string): string => {
    if (known.has(path)) return join(root, path);
    throw new CliError('input', `Expected the file ${printable(path)} in ${root}, found none.`);
  };
  return {
    paths,
    async read(path) {
      const location = locate(path);
      try {
        const { size } = await stat(location);
        if (size > maxFileBytes) throw tooLarge(location, size, maxFileBytes);
        return await readFile(location);
      } catch (error) {
        throw fileError(error, 'read', location);
      }
    },
    imageSize: (path) => pictureSize(locate(path)),
  };
}

/** Pixels of a picture as viewers show it, that is after its EXIF orientation. */
async function pictureSize(location: string): Promise<{ width: number; height: number }> {
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(location, { failOn: 'none', limitInputPixels: maxPicturePixels });
    const { autoOrient } = await picture.metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    const found = (error as Error).message.split('\n', 1)[0];
    throw new CliError(
      'input',
      `${printable(location)}: expected a picture, found something else (${found}).`,
    );
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
      const target = entry.isSymbolicLink() ? await followLink(realRoot, root, path) : entry;
      if (target.isFile()) paths.push(path);
      if (!target.isDirectory()) continue;
      const realFolder = await realpath(join(root, path));
      if (seenFolders.has(realFolder)) continue;
      seenFolders.add(realFolder);
      waiting.push(path);
    }
  }
  return sortByCodePoint(paths);
}

async function followLink(realRoot: string, root: string, path: string) {
  const target = await realpath(join(root, path));
  const steps = relative(realRoot, target);
  if (steps === '..' || steps.startsWith(`..${sep}`) || steps === target) {
    throw new CocoError('unsafe-path', {
      where: printable(join(root, path)),
      expected: 'a link to a place inside the folder',
      found: `one to ${printable(target)}`,
      advice: 'Put the file itself there.',
    });
  }
  return stat(target);
}

/** UTF-8 orders texts as their code points do; JavaScript's own order differs beyond U+FFFF. */
function sortByCodePoint(paths: readonly string[]): string[] {
  return paths
    .map((path) => ({ path, key: Buffer.from(path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ path }) => path);
}
