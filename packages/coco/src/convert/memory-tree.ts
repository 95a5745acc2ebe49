// A tree of files held in memory: an opened archive, files dropped onto a page, what a writer has just made.

import type { SourceTree } from './format.ts';
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
