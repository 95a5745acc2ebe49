// Under which name an image is in the dataset: the label file's own, unless the same picture is there already under its
// path, or several pictures would share the name. Pictures that no label names are called as those beside them: without the
// folder, where labels leave it out.

import type { ImageName } from '@migaki/store';
import { indexNames, nearest } from './match-names.ts';

export interface Naming {
  /** The name in the dataset of an image that a label file calls `fileName`. */
  ofLabel(fileName: string, labelPath: string): string;
  /** The name in the dataset of a picture that lies at `path`. */
  ofPicture(path: string): string;
}

/**
 * @param dataset the dataset's images
 * @param picturePaths the pictures that come
 * @param located where readers of label files found pictures, by the name in the labels
 */
export function createNaming(
  dataset: readonly Pick<ImageName, 'fileName' | 'isMissing'>[],
  picturePaths: readonly string[],
  located: ReadonlyMap<string, string> = new Map(),
): Naming {
  const inDataset = indexNames(dataset.map(({ fileName }) => fileName));
  const missing = indexNames(
    dataset.flatMap(({ fileName, isMissing }) => (isMissing ? fileName : [])),
  );
  const coming = indexNames(picturePaths);
  const nameOfPicture = new Map<string, string>();
  /** What labels leave out of the paths of pictures; null for a picture that they call otherwise. */
  const leftOut = new Set<string | null>();
  const inLabels = new Set<string>();

  return {
    ofLabel(fileName, labelPath) {
      const candidates = coming.candidates(fileName);
      const path =
        located.get(fileName) ?? (coming.has(fileName) ? fileName : nearest(candidates, labelPath));
      // Labels may speak of one picture under two names: by its own, and in the list of all that lie there.
      const known = path === null ? undefined : nameOfPicture.get(path);
      if (known !== undefined) return known;
      const name = chosen(fileName, path, candidates.length > 1);
      inLabels.add(name);
      if (path !== null) {
        nameOfPicture.set(path, name);
        leftOut.add(path.endsWith(name) ? path.slice(0, path.length - name.length) : null);
      }
      return name;
    },
    ofPicture(path) {
      const named = nameOfPicture.get(path);
      if (named !== undefined) return named;
      if (inDataset.has(path)) return path;
      const waiting = missing.candidates(path);
      return waiting.length === 1 ? waiting[0] : withoutFolder(path);
    },
  };

  /** As labels would call it. Where they do not agree on a folder, or the rest is another picture, it keeps its path. */
  function withoutFolder(path: string): string {
    const [folder, ...others] = leftOut;
    if (!folder?.endsWith('/') || others.length > 0 || !path.startsWith(folder)) return path;
    const name = path.slice(folder.length);
    return coming.has(name) || inLabels.has(name) ? path : name;
  }

  function chosen(fileName: string, path: string | null, isAmbiguous: boolean): string {
    if (path !== null && isAmbiguous) return path;
    if (inDataset.has(fileName)) return fileName;
    if (path !== null && inDataset.has(path)) return path;
    const there = inDataset.candidates(fileName);
    return there.length === 1 ? there[0] : fileName;
  }
}
