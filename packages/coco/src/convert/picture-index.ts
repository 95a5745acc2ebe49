// Finds the picture that a label file names. Labels are moved between machines, so the name may be relative
// to the label file, to the root, to a folder that is gone, or absolute on another computer.

import { CocoError } from '../coco-error.ts';
import { phrase } from '../phrase.ts';
import type { SourceTree } from './format.ts';
import { baseNameOf, extensionOf, isPicturePath, safePath, withoutExtension } from './safe-path.ts';
import { badInput } from './text-file.ts';

/** The text files that are called like a picture, or lie in a folder `labels`: they are there to label something. */
export function labelTexts(tree: SourceTree): string[] {
  const baseStem = (path: string) => withoutExtension(baseNameOf(path));
  const pictures = new Set(tree.paths.filter(isPicturePath).map(baseStem));
  return tree.paths.filter((path) => {
    if (extensionOf(path) !== 'txt') return false;
    return /(?:^|\/)labels\//.test(path) || pictures.has(baseStem(path));
  });
}

/** A size in pixels. */
export interface PictureSize {
  width: number;
  height: number;
}

/** The pictures of a tree, to be looked up by what label files call them. */
export class PictureIndex {
  /** Paths of all files whose name is a picture's, in the tree's order. */
  readonly paths: readonly string[];
  readonly #tree: SourceTree;
  readonly #all: ReadonlySet<string>;
  /** Base name → path, or null where several pictures share it. */
  readonly #byBaseName = new Map<string, string | null>();
  /** Path without extension → path, or null where several pictures share it. */
  readonly #byStem = new Map<string, string | null>();
  readonly #byBaseStem = new Map<string, string | null>();

  constructor(tree: SourceTree) {
    this.#tree = tree;
    this.paths = tree.paths.filter(isPicturePath);
    this.#all = new Set(this.paths);
    for (const path of this.paths) {
      const add = (map: Map<string, string | null>, key: string) =>
        map.set(key, map.has(key) ? null : path);
      add(this.#byBaseName, baseNameOf(path));
      add(this.#byStem, withoutExtension(path));
      add(this.#byBaseStem, withoutExtension(baseNameOf(path)));
    }
  }

  /**
   * The path of the picture called `name` by a label file in one of `folders`: relative to the first folder that
   * has it, then to the root, then by its base name where only one picture has that, which an id without extension
   * is too. Undefined where none fits; never a path outside the tree.
   */
  find(name: string, ...folders: string[]): string | undefined {
    for (const folder of [...folders, '']) {
      const path = safePathOrUndefined(name, folder);
      if (path !== undefined && this.#all.has(path)) return path;
    }
    const baseName = baseNameOf(name.replaceAll('\\', '/'));
    const found = this.#byBaseName.get(baseName);
    if (found !== undefined || isPicturePath(name)) return found ?? undefined;
    return this.#byBaseStem.get(baseName) ?? undefined;
  }

  /** The one picture with this path before its extension: `images/a` → `images/a.jpg`. */
  withStem(stem: string): string | undefined {
    return this.#byStem.get(stem) ?? undefined;
  }

  /**
   * The declared size where it is one, else the picture's own. Opening the picture is the slow way.
   *
   * @throws CocoError `bad-format-input` where neither is to be had.
   */
  async size(
    where: string,
    declared: Partial<Record<'width' | 'height', unknown>>,
    path: string | undefined,
  ): Promise<PictureSize> {
    const { width, height } = declared;
    if (isPixelCount(width) && isPixelCount(height)) return { width, height };
    if (path === undefined) {
      throw badInput(where, phrase`the picture's size, or the picture itself`, phrase`neither`);
    }
    return await sizeOfPicture(this.#tree, path);
  }
}

/** @throws CocoError `bad-format-input` for what is no picture or has no pixels. */
export async function sizeOfPicture(tree: SourceTree, path: string): Promise<PictureSize> {
  let size: PictureSize;
  try {
    // Just these two fields: readers spread the answer into an image record.
    const { width, height } = await tree.imageSize(path);
    size = { width, height };
  } catch (error) {
    throw badInput(path, phrase`a picture`, error instanceof Error ? error.message : String(error));
  }
  if (!isPixelCount(size.width) || !isPixelCount(size.height)) {
    throw badInput(path, phrase`a picture with pixels`, `${size.width} × ${size.height}`);
  }
  return size;
}

/** A whole number of pixels that a picture can have: at least 1, at most 1,000,000. */
export function isPixelCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1_000_000;
}

function safePathOrUndefined(name: string, folder: string): string | undefined {
  try {
    return safePath(name, folder);
  } catch (error) {
    if (error instanceof CocoError) return undefined;
    throw error;
  }
}
