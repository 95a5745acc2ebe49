// Where a YOLO dataset's pictures and labels lie: `images/…/a.jpg` has its labels in `labels/…/a.txt`. Paths in
// data.yaml may be of another machine; what is looked for is the longest end of them that is in the tree.

import { phrase } from '../../phrase.ts';
import type { SourceTree } from '../format.ts';
import { PictureIndex } from '../picture-index.ts';
import { baseNameOf, extensionOf, folderOf, joinPath, withoutExtension } from '../safe-path.ts';
import { type PictureOfSplit, uniqueFileNames } from '../split-file-names.ts';
import { badInput, readText, shown } from '../text-file.ts';
import { type DataYaml, splitNames } from './data-yaml.ts';

export interface YoloPicture extends PictureOfSplit {
  /** What a list of pictures calls it, as a path in the tree; it need not be there. */
  listed?: string;
}

/** The tree as far as looking up needs it. */
export class YoloLayout {
  readonly pictures: PictureIndex;
  readonly #tree: SourceTree;
  readonly #files: ReadonlySet<string>;
  readonly #pictures: ReadonlySet<string>;
  /** Folders with pictures somewhere below. */
  readonly #folders = new Set<string>();

  constructor(tree: SourceTree) {
    this.#tree = tree;
    this.pictures = new PictureIndex(tree);
    this.#files = new Set(tree.paths);
    this.#pictures = new Set(this.pictures.paths);
    for (const path of this.pictures.paths) {
      for (let folder = folderOf(path); !this.#folders.has(folder); folder = folderOf(folder)) {
        this.#folders.add(folder);
      }
    }
  }

  /**
   * The label file of a picture: in `labels` beside the last `images` of its path, else beside the picture. What a list
   * calls the picture goes first, for it may lie elsewhere than its labels.
   */
  labelPath({ path, listed }: YoloPicture): string | undefined {
    const candidates = [listed, path].flatMap((picture) => {
      if (picture === undefined) return [];
      const beside = `${withoutExtension(picture)}.txt`;
      return [`/${beside}`.replace(/^(.*)\/images\//, '$1/labels/').slice(1), beside];
    });
    return candidates.find((candidate) => this.#files.has(candidate));
  }

  /**
   * The pictures of all splits, each once, by split and path; all there are where data.yaml names no split.
   *
   * @param fault Called with a CocoError for each split or picture that is named but not there.
   */
  async picturesOfSplits(
    data: DataYaml,
    yamlFolder: string,
    fault: (error: Error) => void,
  ): Promise<YoloPicture[]> {
    if (data.splits.size === 0) {
      const all = this.pictures.paths.map((path) => ({ path, fileName: belowImages(path) }));
      return uniqueFileNames(all.map((picture) => ({ ...picture, split: undefined })));
    }
    const found = new Map<string, YoloPicture>();
    const places = new Map<string, string[]>();
    for (const [split, entries] of data.splits) {
      const ofSplit: string[] = [];
      for (const entry of entries) {
        const place = this.#locate(entry, data.path, yamlFolder);
        if (place === undefined) {
          fault(
            badInput(
              `data.yaml ${split}`,
              phrase`a folder or list of pictures in the dataset`,
              shown(entry),
            ),
          );
        } else {
          ofSplit.push(place);
        }
      }
      places.set(split, ofSplit);
    }
    const onlyName = nameOfOnlySplit(places);
    for (const split of splitNames) {
      for (const place of places.get(split) ?? []) {
        for (const picture of await this.#picturesAt(place, fault)) {
          // A picture of several splits is of the first: nothing is counted twice.
          if (found.has(picture.path)) continue;
          found.set(picture.path, { ...picture, split: onlyName === null ? split : onlyName });
        }
      }
    }
    return uniqueFileNames([...found.values()]);
  }

  /** The folder or list file that an entry means, as Ultralytics looks it up, else by the end of its path. */
  #locate(entry: string, root: string | undefined, yamlFolder: string): string | undefined {
    const wanted = segmentsOf(entry);
    const rootSegments = segmentsOf(root ?? '');
    const paths = [[...rootSegments, ...wanted]];
    for (let start = 0; start <= wanted.length; start++) paths.push(wanted.slice(start));
    const candidates = paths.flatMap((segments) => {
      const path = segments.join('/');
      // An entry that names nothing, such as `.`, is the folder of data.yaml.
      return path === '' && wanted.length > 0 ? [] : [joinPath(yamlFolder, path), path];
    });
    return candidates.find((path) => this.#folders.has(path) || this.#isList(path));
  }

  #isList(path: string): boolean {
    return extensionOf(path) === 'txt' && this.#files.has(path);
  }

  async #picturesAt(
    place: string,
    fault: (error: Error) => void,
  ): Promise<Omit<YoloPicture, 'split'>[]> {
    if (this.#isList(place)) return await this.#picturesInList(place, fault);
    const prefix = place === '' ? '' : `${place}/`;
    return this.pictures.paths
      .filter((path) => path.startsWith(prefix))
      .map((path) => ({ path, fileName: path.slice(prefix.length) }));
  }

  async #picturesInList(
    listPath: string,
    fault: (error: Error) => void,
  ): Promise<Omit<YoloPicture, 'split'>[]> {
    const found: Omit<YoloPicture, 'split'>[] = [];
    const lines = (await readText(this.#tree, listPath)).split(/\r\n|\r|\n/);
    lines.forEach((line, index) => {
      const name = line.trim();
      if (name === '') return;
      const folder = folderOf(listPath);
      const listed = joinPath(folder, segmentsOf(name).join('/'));
      const path = this.#find(listed) ?? this.pictures.find(name, folder);
      if (path === undefined) {
        fault(badInput(`${listPath}:${index + 1}`, phrase`a picture in the dataset`, shown(name)));
      } else {
        found.push({ path, fileName: belowImages(path), listed });
      }
    });
    return found;
  }

  /** The picture there, or where it is when the pictures are given apart: below `images`, without a folder of its split. */
  #find(listed: string): string | undefined {
    const below = joinPath('images', belowImages(listed));
    const withoutSplit = below.replace(splitFolder, 'images/');
    return [listed, below, withoutSplit].find((path) => this.#pictures.has(path));
  }
}

const splitFolder = new RegExp(`^images/(?:${splitNames.join('|')})/`);

/**
 * Ultralytics wants `train` and `val` both, so that datasets without a division name one place twice. That place is
 * a split when its name says so: undefined is none, null that there are several splits.
 */
function nameOfOnlySplit(places: ReadonlyMap<string, string[]>): string | undefined | null {
  const [first, ...others] = [...places.values()].map((list) => list.join('\n'));
  if (others.length === 0 || others.some((other) => other !== first)) return null;
  return splitNames.find((name) => name === withoutExtension(baseNameOf(first)));
}

/** `data/images/x/a.jpg` → `x/a.jpg`. */
function belowImages(path: string): string {
  return path.replace(/^(?:.*\/)?images\//, '');
}

/** What a path names, without what leads elsewhere: `../x/./y`, `C:\x\y` and `/x/y` are all x, y. */
function segmentsOf(path: string): string[] {
  return path
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
