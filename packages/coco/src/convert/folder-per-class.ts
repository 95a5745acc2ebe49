// Classification as folders: `train/cat/a.jpg` is a cat, as torchvision's ImageFolder, Keras and Ultralytics'
// classify task read it. Without splits the classes are the top folders. Pictures outside any class folder
// are pictures without a label.

import { phrase } from '../phrase.ts';
import { isPictureLabel, splitOf, standardSplit } from './conventions.ts';
import { DatasetBuilder } from './dataset-builder.ts';
import type { AnnotationFormat, ReadPart, ReadResult, SourceTree } from './format.ts';
import { wholeOf } from './in-parts.ts';
import { LossList } from './loss.ts';
import { labelTexts, PictureIndex, sizeOfPicture } from './picture-index.ts';
import { compareCodePoints, joinPath } from './safe-path.ts';
import { type PictureOfSplit, uniqueFileNames } from './split-file-names.ts';
import { reportUncarried } from './uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  withPictureNames,
  writablePictures,
} from './writable-dataset.ts';

/** Top folders that are splits and no classes, when all of them are. */
const splitFolder = /^(?:train|training|val|valid|validation|test|testing)$/i;

async function* readParts(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const builder = new DatasetBuilder();
  const places = placesOf(new PictureIndex(tree).paths);
  const classNames = places.map(({ className }) => className).filter((name) => name !== undefined);
  // Sorted as torchvision and Ultralytics do, so that class indices mean the same there.
  for (const name of classNames.sort(compareCodePoints)) builder.categories.named(name);
  for (const place of places) {
    await builder.attemptAsync(() => readPicture(tree, builder, place));
    yield* builder.parts();
  }
  return builder.finish();
}

export const folderPerClass: AnnotationFormat = {
  name: 'folder-per-class',
  title: phrase`folder per class (ImageFolder)`,

  /** Nothing but pictures in folders. Any file that may hold labels speaks against it. */
  async recognises(tree) {
    const mayHoldLabels = /\.(?:json|xml|csv|tsv|ya?ml)$/i;
    if (tree.paths.some((path) => mayHoldLabels.test(path))) return false;
    if (labelTexts(tree).length > 0) return false;
    const places = placesOf(new PictureIndex(tree).paths);
    return places.length > 0 && places.every(({ className }) => className !== undefined);
  },

  read: wholeOf(readParts),
  readParts,

  /** The folder is the label, so the pictures are always part of the files. */
  write(dataset) {
    const losses = new LossList();
    const pictures = withPictureNames(writablePictures(dataset, losses, 'name'), losses);
    const folders = classFolders(pictures, losses);
    const placed = placedPictures(pictures, folders, losses);
    placed.sort((a, b) => compareCodePoints(a.path, b.path));
    reportUncarried(
      dataset,
      placed.map(({ picture }) => picture),
      {
        imageFields: ['split'],
        categoryNames: [...new Set(placed.flatMap(({ folder }) => folder ?? []))].sort(
          compareCodePoints,
        ),
        emptyPictures: true,
      },
      losses,
    );
    const files = placed.map(({ path, picture }) => ({
      path,
      imageFileName: picture.image.file_name,
    }));
    return { files, losses: losses.entries };
  },
};

/** Where a picture lies and what that says of it. */
interface PicturePlace extends PictureOfSplit {
  className: string | undefined;
}

function placesOf(paths: readonly string[]): PicturePlace[] {
  const inner = paths.map((path) => ({ path, segments: path.split('/') }));
  // An archive often has one folder around everything.
  const [wrapper] = inner[0]?.segments ?? [];
  const isWrapped = inner.every(({ segments }) => segments[0] === wrapper && segments.length > 2);
  if (isWrapped && !splitFolder.test(wrapper)) for (const { segments } of inner) segments.shift();

  const hasSplits = inner.every(
    ({ segments }) => segments.length > 1 && splitFolder.test(segments[0]),
  );
  const places = inner.map(({ path, segments }) => {
    const split = hasSplits ? segments.shift() : undefined;
    const className = segments.length > 1 ? segments[0] : undefined;
    return { path, split, className, fileName: segments.join('/') };
  });
  // `cat/1.jpg` may be in every split.
  return uniqueFileNames(places);
}

async function readPicture(
  tree: SourceTree,
  builder: DatasetBuilder,
  { path, split, className, fileName }: PicturePlace,
): Promise<void> {
  const size = await sizeOfPicture(tree, path);
  const image = builder.addImage(
    { file_name: fileName, ...size, ...(split !== undefined && { split }) },
    path,
  );
  if (className !== undefined) {
    builder.addAnnotation(image, { category_id: builder.categories.named(className).id });
  }
}

/** Category name → folder. Names that no folder can have are changed, and differ still. */
function classFolders(pictures: readonly WritablePicture[], losses: LossList): Map<string, string> {
  const names = pictures.flatMap(({ annotations }) =>
    annotations.map(({ category }) => category.name),
  );
  const folders = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of [...new Set(names)].sort(compareCodePoints)) {
    const folder = freeName(folderNameOf(name), taken);
    if (folder !== name) losses.add('category-names', JSON.stringify(name));
    taken.add(folder);
    folders.set(name, folder);
  }
  return folders;
}

function folderNameOf(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no file system takes.
  const safe = name.replace(/[/\\\x00-\x1f\x7f]/g, '_');
  const isTaken = safe === '' || safe === '.' || safe === '..' || splitFolder.test(safe);
  return isTaken || /^[A-Za-z]:/.test(safe) ? `_${safe}` : safe;
}

interface PlacedPicture {
  /** With the one annotation that is kept, if it has any. */
  picture: WritablePicture;
  folder: string | undefined;
  path: string;
}

function placedPictures(
  pictures: readonly WritablePicture[],
  folders: ReadonlyMap<string, string>,
  losses: LossList,
): PlacedPicture[] {
  const hasSplits = pictures.some(({ image }) => splitOf(image) !== undefined);
  const taken = new Set<string>();
  return pictures.map((picture) => {
    const label = labelOf(picture, losses);
    const folder = label === undefined ? undefined : folders.get(label.category.name);
    // The reader takes what lies deeper for part of the name, so a name must not bring folders of its own.
    const own = folder === undefined ? '' : `${folder}/`;
    const name = picture.fileName.startsWith(own)
      ? picture.fileName.slice(own.length)
      : picture.fileName;
    const fileName = freeName(joinPath(folder ?? '', name.replaceAll('/', '_')), taken);
    taken.add(fileName);
    if (fileName !== picture.image.file_name) losses.add('file-names', picture.where);
    const split = hasSplits ? splitFolderOf(picture, losses) : '';
    const annotations = label === undefined ? [] : [label];
    return { picture: { ...picture, annotations }, folder, path: joinPath(split, fileName) };
  });
}

/** The label of the whole picture, else its first object: what remains of it is its category. */
function labelOf(picture: WritablePicture, losses: LossList): WritableAnnotation | undefined {
  const { annotations, where } = picture;
  const others = annotations.length - 1;
  if (others > 0)
    losses.add('several-labels', phrase`${where}: ${others} besides the one kept`, others);
  const label = annotations.find(({ annotation }) => isPictureLabel(annotation)) ?? annotations[0];
  if (label === undefined) return undefined;
  const { bbox, segmentation, keypoints, iscrowd } = label.annotation;
  if (bbox !== undefined) losses.add('boxes', label.where);
  if (segmentation !== undefined) losses.add('masks', label.where);
  if (keypoints !== undefined) losses.add('keypoints', label.where);
  if (iscrowd === 1) losses.add('crowds', label.where);
  return label;
}

function splitFolderOf({ image, where }: WritablePicture, losses: LossList): string {
  const split = splitOf(image);
  const folder = split !== undefined && splitFolder.test(split) ? split : standardSplit(split);
  if (folder !== split) losses.add('splits', where);
  return folder;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : wanted.replace(/(\.[^./]*)?$/, `_${n}$1`);
    if (!taken.has(name)) return name;
  }
}
