// A tree of files held in memory: an opened archive, files dropped onto a page, what a writer has just made.

import type { OutputFile, SourceTree } from './format.ts';
import type { PictureSize } from './picture-index.ts';
import { compareCodePoints } from './safe-path.ts';

/**
 * @param files Path → content. Text is encoded as UTF-8.
 * @param imageSizes Path → pixels; what is not listed is no picture.
 *
 * @example
 * const tree = memoryTree(
 *   new Map([['images/a.jpg', jpegBytes], ['labels/a.txt', '0 0.5 0.5 1 1']]),
 *   new Map([['images/a.jpg', { width: 640, height: 480 }]]),
 * );
 */
export function memoryTree(
  files: ReadonlyMap<string, string | Uint8Array>,
  imageSizes: ReadonlyMap<string, PictureSize> = new Map(),
): SourceTree {
  return {
    paths: [...files.keys()].sort(compareCodePoints),
    async read(path) {
      const content = files.get(path);
      if (content === undefined) throw new RangeError(`No file ${path} in this tree.`);
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
    async imageSize(path) {
      const size = imageSizes.get(path);
      if (size === undefined) throw new RangeError(`${path} is no picture.`);
      return size;
    },
  };
}

/**
 * What a writer made, as a tree to be read again.
 *
 * @param imageSizeOf Pixels of the picture that the dataset knows under this name.
 */
export async function treeOfFiles(
  files: Iterable<OutputFile>,
  imageSizeOf: (fileName: string) => PictureSize,
): Promise<SourceTree> {
  const contents = new Map<string, string | Uint8Array>();
  const imageSizes = new Map<string, PictureSize>();
  for (const file of files) {
    if ('imageFileName' in file) {
      contents.set(file.path, new Uint8Array());
      imageSizes.set(file.path, imageSizeOf(file.imageFileName));
    } else {
      contents.set(file.path, await wholeText(file.text));
    }
  }
  return memoryTree(contents, imageSizes);
}

/** The pieces of a file's text joined. */
export async function wholeText(
  text: string | Iterable<string> | AsyncIterable<string>,
): Promise<string> {
  if (typeof text === 'string') return text;
  let whole = '';
  for await (const piece of text) whole += piece;
  return whole;
}
