// Where every writer starts: the dataset picture by picture, with safe names and only such annotations as
// can be written at all. What cannot is counted as the loss `unusable-records`.

import { phrase } from '../phrase.ts';
import type { CocoAnnotation, CocoCategory, CocoDataset, CocoImage } from '../types.ts';
import { captionsOf } from './conventions.ts';
import type { LossList } from './loss.ts';
import { isPixelCount } from './picture-index.ts';
import { isPicturePath, safePictureName, withoutExtension } from './safe-path.ts';
import { shapeFault } from './shape-fault.ts';
import { shown } from './text-file.ts';

export interface WritableAnnotation {
  annotation: CocoAnnotation;
  category: CocoCategory;
  /** For losses: `annotations[12]`. */
  where: string;
}

export interface WritablePicture {
  image: CocoImage;
  /**
   * The name it is written under, safe and unique. Differs from `file_name` only where that was impossible, and the loss
   * `file-names` says so.
   */
  fileName: string;
  /** `fileName` without its extension: what label files are called. */
  stem: string;
  annotations: WritableAnnotation[];
  captions: string[];
  /** For losses: `images[3]`. */
  where: string;
}

/**
 * The pictures of a dataset in its own order, each with its annotations.
 *
 * @param unique What no two pictures may share: their stem, where each has a label file of its own, else their name.
 * @throws CocoError `unsafe-path` for a picture whose name leads out of the dataset's folder.
 */
export function writablePictures(
  dataset: CocoDataset,
  losses: LossList,
  unique: 'stem' | 'name' = 'stem',
): WritablePicture[] {
  const categories = new Map(dataset.categories.map((category) => [category.id, category]));
  const pictures: WritablePicture[] = [];
  const byId = new Map<number, WritablePicture>();
  const taken = new Set<string>();
  dataset.images.forEach((image, index) => {
    const where = `images[${index}]`;
    const name = safePictureName(image.file_name, where);
    if (!isPixelCount(image.width) || !isPixelCount(image.height) || byId.has(image.id)) {
      const fault = byId.has(image.id) ? `id ${image.id} is taken` : 'its size is none';
      losses.add('unusable-records', `${where}: ${fault}`);
      return;
    }
    const keyOf = (path: string) => (unique === 'stem' ? withoutExtension(path) : path);
    const fileName = freeName(name, (candidate) => taken.has(keyOf(candidate)));
    taken.add(keyOf(fileName));
    const stem = withoutExtension(fileName);
    if (fileName !== image.file_name) losses.add('file-names', where);
    const picture = { image, stem, fileName, annotations: [], captions: [], where };
    pictures.push(picture);
    byId.set(image.id, picture);
  });
  dataset.annotations.forEach((annotation, index) => {
    const where = `annotations[${index}]`;
    const picture = byId.get(annotation.image_id);
    const category = categories.get(annotation.category_id);
    const fault =
      picture === undefined
        ? `no picture has the id ${shown(annotation.image_id)}`
        : category === undefined
          ? `no category has the id ${shown(annotation.category_id)}`
          : shapeFault(annotation, picture.image);
    if (fault !== undefined) losses.add('unusable-records', `${where}: ${fault}`);
    else picture!.annotations.push({ annotation, category: category!, where });
  });
  captionsOf(dataset).forEach((caption, index) => {
    const picture = byId.get(caption.image_id);
    if (picture !== undefined) picture.captions.push(caption.caption);
    else losses.add('unusable-records', phrase`captions[${index}]: its picture is missing`);
  });
  return pictures;
}

/** Without the pictures whose name does not say that they are pictures: formats made of folders would not see them. */
export function withPictureNames(
  pictures: readonly WritablePicture[],
  losses: LossList,
): WritablePicture[] {
  return pictures.filter(({ fileName, where }) => {
    if (isPicturePath(fileName)) return true;
    losses.add('unusable-records', phrase`${where}: ${shown(fileName)} is no name of a picture`);
    return false;
  });
}

/** `a.png` beside `a.jpg` becomes `a_png.png`, since both would have the label file `a.txt`. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  const stem = withoutExtension(name);
  const extension = name.slice(stem.length);
  const withKind = stem + extension.toLowerCase().replace('.', '_');
  for (let n = 1; ; n++) {
    const candidate = `${n === 1 ? withKind : `${withKind}_${n}`}${extension}`;
    if (!isTaken(candidate)) return candidate;
  }
}
