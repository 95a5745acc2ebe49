// Reads Pascal VOC annotations in the layouts that people have: `Annotations/`, `JPEGImages/` and
// `ImageSets/Main/` (once or once per year), one flat folder, XML files beside their pictures, or in
// folders named after splits.

import { phrase } from '../../phrase.ts';
import type { CocoImage } from '../../types.ts';
import { DatasetBuilder, type NewImage } from '../dataset-builder.ts';
import type { ReadPart, ReadResult, SourceTree } from '../format.ts';
import { type NamedPicture, namedPicture } from '../named-picture.ts';
import { numberFromText } from '../numbers.ts';
import { PictureIndex, sizeOfPicture } from '../picture-index.ts';
import {
  baseNameOf,
  compareCodePoints,
  extensionOf,
  folderOf,
  joinPath,
  safePath,
  withoutExtension,
} from '../safe-path.ts';
import { badInput, readText, shown } from '../text-file.ts';
import { childNamed, childrenNamed, childText } from '../xml/element.ts';
import { parseXml, type XmlElement } from '../xml/parse.ts';
import { readImageSets } from './image-sets.ts';
import { readLabelMap } from './label-map.ts';
import { annotationFromObject } from './object.ts';

/** One picture as its files tell of it, before any is opened. */
interface Item {
  /** Path without extension from `Annotations/` or `JPEGImages/`: what the lists call the picture. */
  stem: string;
  xmlPath?: string;
  /** Several where `a.jpg` lies beside `a.png`. */
  picturePaths: string[];
  /** What the folder says, where there is no room for lists. */
  split?: string;
}

// Both take the first such folder in the path; pictures may lie in folders of the same name below it.
const IN_ANNOTATIONS = /^(?:(.*?)\/)??annotations\/(.+)$/i;
const LISTS = 'ImageSets/';
const IN_PICTURES = /^(?:(.*?)\/)??(?:jpegimages|images)\/(.+)$/i;

/** Folders of splits, as Roboflow lays them out. */
const SPLIT_FOLDERS = new Set(['train', 'valid', 'val', 'test']);

/** Elements of an annotation file that are read, or that tell only where it once lay. */
const KNOWN_ELEMENTS = new Set('folder filename path size segmented object'.split(' '));

export async function* readVoc(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const xmlPaths = tree.paths.filter((path) => extensionOf(path) === 'xml');
  // A set of no pictures still has its lists.
  if (!tree.paths.some((path) => extensionOf(path) === 'xml' || path.startsWith(LISTS))) {
    throw badInput(
      phrase`the folder`,
      phrase`Pascal VOC annotations, one XML file for each picture`,
      phrase`none`,
    );
  }
  const builder = new DatasetBuilder();
  const pictures = new PictureIndex(tree);
  for (const [root, items] of itemsByRoot(xmlPaths, pictures)) {
    yield* readRoot(tree, root, items, pictures, builder);
  }
  return builder.finish();
}

/** The pictures of each folder that holds `Annotations/`; of the whole tree where none does. */
function itemsByRoot(xmlPaths: readonly string[], pictures: PictureIndex): Map<string, Item[]> {
  const isStructured = xmlPaths.length === 0 || xmlPaths.some((path) => IN_ANNOTATIONS.test(path));
  const flatRoot = isStructured ? '' : commonFolder(xmlPaths);
  const roots = new Map<string, Map<string, Item>>();
  if (xmlPaths.length === 0) roots.set('', new Map());
  const itemOf = (root: string, path: string): Item => {
    if (!roots.has(root)) roots.set(root, new Map());
    const items = roots.get(root)!;
    const stem = withoutExtension(path);
    const [folder, ...below] = stem.split('/');
    const isSplit = !isStructured && below.length > 0 && SPLIT_FOLDERS.has(folder);
    if (!items.has(stem))
      items.set(stem, { stem, picturePaths: [], ...(isSplit && { split: folder }) });
    return items.get(stem)!;
  };
  /** Root and path from there, of what belongs to the set. */
  const place = (path: string, inFolder: RegExp): [string, string] | undefined => {
    const [, root = '', name] = inFolder.exec(path) ?? [];
    if (isStructured) return name === undefined ? undefined : [root, name];
    if (flatRoot === '') return ['', path];
    const isBelow = path.startsWith(`${flatRoot}/`);
    return isBelow ? [flatRoot, path.slice(flatRoot.length + 1)] : undefined;
  };
  for (const path of xmlPaths) {
    // Beside `Annotations/`, other XML files are not ours: settings of a tool, a copy of the original.
    const found = place(path, IN_ANNOTATIONS);
    if (found !== undefined) itemOf(...found).xmlPath = path;
  }
  // Pictures that nobody has annotated belong to the set too.
  for (const path of pictures.paths) {
    const found = place(path, IN_PICTURES);
    if (found !== undefined && roots.has(found[0])) itemOf(...found).picturePaths.push(path);
  }
  const byName = (a: Item, b: Item) => compareCodePoints(`${a.stem}.xml`, `${b.stem}.xml`);
  return new Map([...roots].map(([root, items]) => [root, [...items.values()].sort(byName)]));
}

/** The folder that holds all of the files, but for folders of splits. */
function commonFolder(paths: readonly string[]): string {
  let common = folderOf(paths[0]).split('/');
  for (const path of paths) {
    const folders = folderOf(path).split('/');
    common = common.filter((_, depth) =>
      common.slice(0, depth + 1).every((f, i) => f === folders[i]),
    );
  }
  const split = common.findIndex((folder) => SPLIT_FOLDERS.has(folder));
  return (split === -1 ? common : common.slice(0, split)).join('/');
}

async function* readRoot(
  tree: SourceTree,
  root: string,
  items: readonly Item[],
  pictures: PictureIndex,
  builder: DatasetBuilder,
): AsyncGenerator<ReadPart, void> {
  const labelMap = joinPath(root, 'labelmap.txt');
  if (tree.paths.includes(labelMap)) {
    await builder.attemptAsync(async () => {
      readLabelMap(await readText(tree, labelMap), builder.categories);
    });
  }
  // One mask file tells the class of each pixel, one the object; the second is what COCO could say.
  for (const path of pictures.paths) {
    if (!path.startsWith(joinPath(root, 'SegmentationObject/'))) continue;
    builder.losses.add('masks', phrase`${path}, left out`);
  }
  const stems = new Set(items.map(({ stem }) => stem));
  const { splits, classes } = await readImageSets(tree, root, stems, builder);
  for (const item of items) {
    const split = splits.get(item.stem) ?? item.split;
    const taken = await readItem(tree, root, item, split, pictures, builder);
    if (taken === undefined) continue;
    for (const name of (classes.get(item.stem) ?? []).sort(compareCodePoints)) {
      if (taken.names.includes(name)) continue;
      const { id } = builder.categories.named(name);
      builder.addAnnotation(taken.image, { category_id: id });
    }
    yield* builder.parts();
  }
}

interface ReadPicture {
  image: CocoImage;
  /** Names of the categories of its objects. */
  names: string[];
}

/** The picture that the lists mean by the item's name, where it could be read. */
async function readItem(
  tree: SourceTree,
  root: string,
  item: Item,
  split: string | undefined,
  pictures: PictureIndex,
  builder: DatasetBuilder,
): Promise<ReadPicture | undefined> {
  let first: ReadPicture | undefined;
  if (item.xmlPath !== undefined) {
    first = await builder.attemptAsync(() =>
      readAnnotationFile(tree, root, item, split, pictures, builder),
    );
    if (first === undefined) return undefined;
  }
  for (const path of item.picturePaths) {
    const file_name = joinPath(folderOf(item.stem), baseNameOf(path));
    if (builder.imageNamed(file_name) !== undefined) continue;
    const image = await builder.attemptAsync(async () => {
      const size = await sizeOfPicture(tree, path);
      return builder.addImage({ file_name, ...size, ...(split && { split }) }, path);
    });
    if (image !== undefined) first ??= { image, names: [] };
  }
  return first;
}

async function readAnnotationFile(
  tree: SourceTree,
  root: string,
  item: Item,
  split: string | undefined,
  pictures: PictureIndex,
  builder: DatasetBuilder,
): Promise<ReadPicture> {
  const path = item.xmlPath!;
  const { losses } = builder;
  const annotation = parseXml(await tree.read(path), path);
  if (annotation.name !== 'annotation') {
    throw badInput(`${path}:${annotation.line}`, phrase`<annotation>`, `<${annotation.name}>`);
  }
  const declared = childText(annotation, 'filename')?.replaceAll('\\', '/') ?? '';
  const { file_name, picturePath } = nameOfPicture(declared, root, item, pictures);
  if (withoutExtension(baseNameOf(declared)) !== baseNameOf(item.stem)) {
    losses.add(
      'file-names',
      phrase`${path}: <filename> ${shown(declared)}, taken for ${file_name}`,
    );
  }
  const size = childNamed(annotation, 'size');
  const pixels = (name: string) => numberFromText((size && childText(size, name)) ?? '');
  const depth = pixels('depth');
  const newImage: NewImage = {
    file_name,
    ...(await pictures.size(
      path,
      { width: pixels('width'), height: pixels('height') },
      picturePath,
    )),
    ...(split && { split }),
    // Colour pictures are the rule, so only the others say so.
    ...(depth !== undefined && depth !== 3 && { depth }),
  };
  const image = builder.addImage(newImage, picturePath);
  if (annotation.attributes.get('verified') === 'yes') {
    losses.add('image-details', `${path}:${annotation.line} verified`);
  }
  for (const child of annotation.children) {
    if (!KNOWN_ELEMENTS.has(child.name) && saysSomething(child)) {
      losses.add('image-details', `${path}:${child.line} <${child.name}>`);
    }
  }
  const objects = childrenNamed(annotation, 'object');
  const names: string[] = [];
  for (const object of objects) {
    builder.attempt(() => {
      const { name, annotation } = annotationFromObject(object, path, losses);
      builder.addAnnotation(image, {
        category_id: builder.categories.named(name).id,
        ...annotation,
      });
      names.push(name);
    });
  }
  return { image, names };
}

/**
 * The VOC development kit pairs files by their name and never looks at `<filename>`, which people forget when
 * they rename files. So a picture that shares the XML file's name wins, then one called `<filename>`. When
 * neither is there, `<filename>` is all that is known.
 */
function nameOfPicture(
  declared: string,
  root: string,
  { stem, xmlPath, picturePaths }: Item,
  pictures: PictureIndex,
): NamedPicture {
  const folder = folderOf(stem);
  if (picturePaths.length > 0) {
    const same = picturePaths.find((path) => baseNameOf(path) === baseNameOf(declared));
    const picturePath = same ?? picturePaths[0];
    return { file_name: joinPath(folder, baseNameOf(picturePath)), picturePath };
  }
  if (declared === '') return { file_name: `${stem}.jpg`, picturePath: undefined };
  // A path on another computer; what counts is the name.
  const isAbsolute = declared.startsWith('/') || /^[A-Za-z]:/.test(declared);
  const name = isAbsolute ? baseNameOf(declared) : declared;
  const folders = [folderOf(xmlPath!), joinPath(root, 'JPEGImages'), joinPath(root, 'images')];
  const found = namedPicture(pictures, name, folders);
  // Names with folders are complete; others lie where the XML file does.
  const file_name = safePath(found.file_name, name.includes('/') ? '' : folder);
  return { file_name, picturePath: found.picturePath };
}

/** Whether an element holds more than tools write where they know nothing. */
function saysSomething(element: XmlElement): boolean {
  const text = element.text.trim();
  return (text !== '' && text !== 'Unknown') || element.children.some(saysSomething);
}
