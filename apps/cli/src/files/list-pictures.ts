import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { fileError } from './file-error.ts';
import { listFolder } from './list-folder.ts';

export interface PictureFile {
  /** Where it lies. */
  path: string;
  /** As results call it: within its folder, or as it was given. */
  fileName: string;
}

const isPicture = (path: string): boolean =>
  /\.(avif|bmp|gif|heic|jpe?g|png|tiff?|webp)$/i.test(path);

/**
 * The pictures that words of a command line mean: files as they are, of folders what is called like a picture, by name.
 *
 * @throws CliError `input` for what is not there, and where there are none
 */
export async function listPictures(words: readonly string[]): Promise<PictureFile[]> {
  const pictures: PictureFile[] = [];
  for (const word of words) {
    const found = await stat(word).catch((error: unknown) => {
      throw fileError(error, 'read', word);
    });
    if (!found.isDirectory()) pictures.push({ path: word, fileName: word });
    else {
      const inside = (await listFolder(word)).filter(isPicture).sort();
      pictures.push(...inside.map((fileName) => ({ path: join(word, fileName), fileName })));
    }
  }
  if (pictures.length > 0) return pictures;
  throw new CliError('input', `Expected pictures, found none in ${words.join(', ')}.`);
}
