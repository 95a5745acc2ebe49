// The picture that an XML file names, and what the dataset is to call it.

import type { PictureIndex } from './picture-index.ts';
import { baseNameOf, folderOf, isPicturePath, joinPath } from './safe-path.ts';

export interface NamedPicture {
  file_name: string;
  /** Where it lies, undefined where it is not in the tree. */
  picturePath: string | undefined;
}

/** A name without extension, as of the frames of a video, gets that of the picture it means. */
export function namedPicture(
  pictures: PictureIndex,
  name: string,
  folders: readonly string[],
): NamedPicture {
  if (isPicturePath(name)) return { file_name: name, picturePath: pictures.find(name, ...folders) };
  const paths = folders.map((folder) => pictures.withStem(joinPath(folder, name)));
  const picturePath = paths.find((path) => path !== undefined) ?? pictures.find(name, ...folders);
  if (picturePath === undefined) return { file_name: name, picturePath };
  return { file_name: joinPath(folderOf(name), baseNameOf(picturePath)), picturePath };
}
