// Which pictures of a dataset the results of a file are of: by the file's own list of names, else by id; names as label files
// give them, with their folders, those of another machine, or none, and without an extension where only one picture fits.

import { phrase } from '@migaki/coco';
import { type ImageName, StoreError } from '@migaki/store';
import { indexNames } from '../import/match-names.ts';
import type { ResultsFile } from './read-results.ts';

export interface PicturesOfResults {
  /** What the file calls each picture that it has results of: some under more than one name. */
  keys: Map<number, string[]>;
  /** Pictures that a file lists, with results or without; null where it lists none: then all were looked at. */
  listed: ReadonlySet<number> | null;
  /** What is no picture of the dataset. */
  unknown: { key: string; resultCount: number }[];
}

/**
 * @param counts how many results each picture has, by what `readResult` calls it
 * @throws StoreError `bad-preannotation` where no result is of a picture of the dataset
 */
export function picturesOfResults(
  counts: ReadonlyMap<string, number>,
  { pictureNames, listsPictures }: Pick<ResultsFile, 'pictureNames' | 'listsPictures'>,
  images: readonly Pick<ImageName, 'imageId' | 'fileName'>[],
): PicturesOfResults {
  const find = finderOf(images, pictureNames);
  const keys = new Map<number, string[]>();
  const unknown: PicturesOfResults['unknown'] = [];
  for (const [key, resultCount] of counts) {
    const imageId = find(JSON.parse(key));
    if (imageId === null) unknown.push({ key, resultCount });
    else keys.set(imageId, [...(keys.get(imageId) ?? []), key]);
  }
  if (keys.size === 0 && unknown.length > 0) {
    throw new StoreError('bad-preannotation', {
      where: 'image_id',
      expected: phrase`ids or file names of pictures of the dataset`,
      found: phrase`${unknown.length} others, such as ${unknown[0].key}`,
      advice: phrase`Where the ids are those of another label file, give that file as well (--labels).`,
    });
  }
  const ids = listsPictures ? [...pictureNames!.keys()].map(find) : null;
  return { keys, listed: ids && new Set(ids.filter((id) => id !== null)), unknown };
}

type Find = (picture: number | string) => number | null;

function finderOf(
  images: readonly Pick<ImageName, 'imageId' | 'fileName'>[],
  pictureNames: ReadonlyMap<number, string> | null,
): Find {
  const ids = new Set(images.map(({ imageId }) => imageId));
  const byName = new Map(images.map(({ imageId, fileName }) => [fileName, imageId]));
  const names = indexNames(byName.keys());
  const stems = indexNames(new Set([...byName.keys()].map(withoutExtension)));
  const byStem = Map.groupBy(byName, ([name]) => withoutExtension(name));
  const named = (name: string): number | null => {
    const exact = byName.get(name);
    if (exact !== undefined) return exact;
    const candidates = names.candidates(name);
    if (candidates.length > 0) return candidates.length === 1 ? byName.get(candidates[0])! : null;
    const alike = stems.candidates(name).flatMap((stem) => byStem.get(stem) ?? []);
    return alike.length === 1 ? alike[0][1] : null;
  };
  const withId = (id: number): number | null => {
    if (pictureNames === null) return ids.has(id) ? id : null;
    const name = pictureNames.get(id);
    return name === undefined ? null : named(name);
  };
  return (picture) => {
    if (typeof picture === 'number') return withId(picture);
    const found = named(picture);
    return found === null && /^\d+$/.test(picture) ? withId(Number(picture)) : found;
  };
}

const withoutExtension = (name: string): string => name.replace(/\.[^./\\]+$/, '');
