// Paths of pictures and label files. They come out of files that strangers wrote, so every one passes
// `safePath` before anything is looked up or written under it.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';

/**
 * The path of `path` as seen from `folder`, relative to the root of the tree: `/` between folders, no `.`,
 * no `..`. Backslashes count as separators, since Windows tools write them. A `..` that stays inside the
 * tree is resolved.
 *
 * @throws CocoError `unsafe-path` for what leads out of the tree (`..`, a leading `/`, a drive letter), for
 * a NUL character and for an empty name.
 *
 * @example
 * safePath('..\\images\\a.jpg', 'labels'); // 'images/a.jpg'
 * safePath('../a.jpg'); // throws
 */
export function safePath(path: string, folder = ''): string {
  const unsafe = (found: string) =>
    new CocoError('unsafe-path', {
      expected: phrase`a file name inside the dataset's folder`,
      found,
      advice: phrase`Rename the file or correct the name in the annotations.`,
    });
  const slashed = path.replaceAll('\\', '/');
  if (path.includes('\0')) throw unsafe(`${JSON.stringify(path)} with a NUL character`);
  if (slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed)) {
    throw unsafe(`the absolute path ${JSON.stringify(path)}`);
  }
  const segments: string[] = folder === '' ? [] : folder.split('/');
  for (const segment of slashed.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) throw unsafe(JSON.stringify(path));
  }
  if (segments.length === 0) throw unsafe(JSON.stringify(path));
  return segments.join('/');
}

/** `safePath` of a picture's name in a dataset, whose place the error tells: `images[3]`. */
export function safePictureName(fileName: unknown, where: string): string {
  try {
    return safePath(String(fileName));
  } catch (error) {
    if (!(error instanceof CocoError)) throw error;
    throw new CocoError(error.code, { ...error.details, where });
  }
}

/** Whether `safePath` takes it. */
export function isSafePath(path: string): boolean {
  try {
    safePath(path);
    return true;
  } catch (error) {
    if (error instanceof CocoError) return false;
    throw error;
  }
}

/** `a/b/c.jpg` → `a/b`; empty for a file at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** `a/b/c.jpg` → `c.jpg`. */
export function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `a/b.c/d.jpg` → `a/b.c/d`. */
export function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/** `a/B.JPG` → `jpg`; empty where there is none. */
export function extensionOf(path: string): string {
  return path.slice(withoutExtension(path).length + 1).toLowerCase();
}

/** `folder/name`; either may be empty. */
export function joinPath(folder: string, name: string): string {
  return folder === '' || name === '' ? folder + name : `${folder}/${name}`;
}

const pictureExtensions: ReadonlySet<string> = new Set(
  'jpg jpeg jpe jfif png webp bmp gif tif tiff avif heic heif dng mpo'.split(' '),
);

/** Whether the name alone says that the file is a picture. */
export function isPicturePath(path: string): boolean {
  return pictureExtensions.has(extensionOf(path));
}

/** The order of `SourceTree.paths`: by code points, so that no locale and no astral character changes it. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA === unitB) continue;
    // A surrogate stands for a code point above every unit that is none.
    const isSurrogateA = unitA >= 0xd800 && unitA <= 0xdfff;
    const isSurrogateB = unitB >= 0xd800 && unitB <= 0xdfff;
    return isSurrogateA === isSurrogateB ? unitA - unitB : isSurrogateA ? 1 : -1;
  }
  return a.length - b.length;
}
