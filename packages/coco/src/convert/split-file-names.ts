// File names for pictures whose format keeps splits in folders: unique in the dataset, and free of the split's
// folder wherever that is possible.

import { joinPath } from './safe-path.ts';

export interface PictureOfSplit {
  /** In the tree. */
  path: string;
  split: string | undefined;
  /** The path below the split's folder. */
  fileName: string;
}

/** `a.jpg` of two splits become `train/a.jpg` and `val/a.jpg`; all others keep their name. */
export function uniqueFileNames<T extends PictureOfSplit>(pictures: readonly T[]): T[] {
  const names = counted(pictures.map(({ fileName }) => fileName));
  const withSplit = pictures.map((picture) =>
    names.get(picture.fileName) === 1
      ? picture
      : { ...picture, fileName: joinPath(picture.split ?? '', picture.fileName) },
  );
  const namesWithSplit = counted(withSplit.map(({ fileName }) => fileName));
  // Several folders of one split: only the whole path tells the pictures apart.
  return withSplit.map((picture) =>
    namesWithSplit.get(picture.fileName) === 1 ? picture : { ...picture, fileName: picture.path },
  );
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
