// The lists in `ImageSets/Main/`. `train.txt` holds one picture a line: a split. `cat_train.txt` holds
// a picture and 1 (a cat is on it), -1 (none) or 0 (only difficult ones): the classification task of
// VOC. Where a picture has objects of a class, its list says nothing new; where it has none, a 1
// is a label of the whole picture.

import { phrase } from '../../phrase.ts';
import type { DatasetBuilder } from '../dataset-builder.ts';
import type { OutputFile, SourceTree } from '../format.ts';
import { baseNameOf, compareCodePoints, joinPath, withoutExtension } from '../safe-path.ts';
import { readText } from '../text-file.ts';

/** Written for pictures without a split, as CVAT does; when read it is no split. */
const NO_SPLIT = 'default';

/** What the lists say of the pictures, which go by their name without extension. */
export interface ImageSets {
  splits: Map<string, string>;
  /** Names of the classes with a 1, in the order of their lists. */
  classes: Map<string, string[]>;
}

/** @param stems The pictures that there are; others are reported. */
export async function readImageSets(
  tree: SourceTree,
  root: string,
  stems: ReadonlySet<string>,
  builder: DatasetBuilder,
): Promise<ImageSets> {
  const { losses } = builder;
  const folder = joinPath(root, 'ImageSets/Main/');
  const lists = new Map<string, Entry[]>();
  for (const path of tree.paths) {
    if (!path.startsWith(folder) || !path.endsWith('.txt')) continue;
    await builder.attemptAsync(async () => {
      lists.set(path, entriesOf(await readText(tree, path), path, stems));
    });
  }
  const isClassList = (entries: Entry[]) =>
    entries.length > 0 && entries.every(({ flag }) => flag !== undefined);
  const plain = [...lists].filter(([, entries]) => !isClassList(entries));
  const names = plain.map(([path]) => listName(path));
  const allNames = new Set(names);
  const splits = new Map<string, string>();
  for (const [path, entries] of plain) {
    const split = listName(path);
    if (split === NO_SPLIT || isUnion(split, allNames)) continue;
    for (const { stem, where } of entries) {
      if (!stems.has(stem))
        losses.add('unusable-records', phrase`${where}: there is no picture ${stem}`);
      else if (splits.has(stem)) losses.add('splits', where);
      else splits.set(stem, split);
    }
  }
  const classes = new Map<string, string[]>();
  for (const [path, entries] of lists) {
    if (!isClassList(entries)) continue;
    const name = classOfList(listName(path), names);
    if (name === undefined) {
      losses.add('picture-labels', path);
      continue;
    }
    for (const { stem, flag } of entries) {
      if (flag !== '1' || !stems.has(stem)) continue;
      const known = classes.get(stem) ?? [];
      if (!known.includes(name)) classes.set(stem, [...known, name]);
    }
  }
  return { splits, classes };
}

interface Entry {
  stem: string;
  flag: string | undefined;
  where: string;
}

function entriesOf(text: string, path: string, stems: ReadonlySet<string>): Entry[] {
  const entries: Entry[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const where = `${path}:${index + 1}`;
    const flagged = /^(.*\S)\s+(-?1|0)\s*$/.exec(line);
    // Names may hold spaces, so a name that is known is never taken apart.
    const stem = unquoted(line);
    if (stems.has(stem) || flagged === null) entries.push({ stem, flag: undefined, where });
    else entries.push({ stem: unquoted(flagged[1]), flag: flagged[2], where });
  });
  return entries;
}

/** Datumaro puts names with spaces in quotes. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
}

function listName(path: string): string {
  return withoutExtension(baseNameOf(path));
}

/** `trainval` tells less than the two lists that it joins. */
function isUnion(split: string, splits: ReadonlySet<string | undefined>): boolean {
  return split === 'trainval' && (splits.has('train') || splits.has('val'));
}

/** `white_cat_train` → `white_cat`, when `train` is one of the splits; the longest split counts. */
function classOfList(name: string, splits: readonly string[]): string | undefined {
  const endings = splits.map((split) => `_${split}`).filter((ending) => name.endsWith(ending));
  if (endings.length === 0) return undefined;
  return name.slice(0, -Math.max(...endings.map((ending) => ending.length)));
}

/** A picture and what the lists shall say of it. */
export interface ListedPicture {
  stem: string;
  split: string | undefined;
  /** Names of the classes of its labels and objects. */
  classes: ReadonlySet<string>;
}

/** Whether the split comes back from its list, when these are all the splits. */
export function isListableSplit(split: string, splits: ReadonlySet<string | undefined>): boolean {
  return isListable(split) && split !== NO_SPLIT && !isUnion(split, splits);
}

/** Whether the picture's name comes back from a line of a list. */
export function isListableStem(stem: string): boolean {
  return !/[\r\n]/.test(stem) && unquoted(stem) === stem;
}

/** Whether the name can be part of a file name. */
function isListable(name: string): boolean {
  return /^[^/\\\p{Cc}]+$/u.test(name) && name === name.trim();
}

/** Names of `classes` whose lists give back the same class, when the pictures have these splits. */
export function listableClasses(
  classes: Iterable<string>,
  splits: Iterable<string | undefined>,
): Set<string> {
  const names = [...new Set([...splits].map((split) => split ?? NO_SPLIT))];
  const isClear = (name: string) =>
    isListable(name) &&
    names.every((split) => {
      const list = `${name}_${split}`;
      return classOfList(list, names) === name && !names.includes(list);
    });
  return new Set([...classes].filter(isClear));
}

/** One list per split (an empty one where there are no pictures), and one per class and split for the classes given. */
export function* imageSetFiles(
  pictures: readonly ListedPicture[],
  classes: Iterable<string>,
): Generator<OutputFile> {
  const bySplit = Map.groupBy(pictures, ({ split }) => split ?? NO_SPLIT);
  if (bySplit.size === 0) bySplit.set(NO_SPLIT, []);
  for (const [split, members] of [...bySplit].sort(([a], [b]) => compareCodePoints(a, b))) {
    const file = (name: string, lineOf: (picture: ListedPicture) => string): OutputFile => ({
      path: `ImageSets/Main/${name}.txt`,
      text: members.map((picture) => `${lineOf(picture)}\n`).join(''),
    });
    yield file(split, ({ stem }) => stem);
    for (const name of classes) {
      yield file(`${name}_${split}`, (picture) => {
        return `${picture.stem} ${picture.classes.has(name) ? ' 1' : '-1'}`;
      });
    }
  }
}
