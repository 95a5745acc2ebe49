// Reads CVAT for images 1.1 (https://docs.cvat.ai/docs/other/xml_format) picture by picture, so that a file of
// hundreds of megabytes is never in memory as a tree. It knows what tasks, jobs and projects export, old
// versions included.

import { phrase } from '../../phrase.ts';
import { DatasetBuilder, type NewImage } from '../dataset-builder.ts';
import type { ReadPart, ReadResult, SourceTree } from '../format.ts';
import { namedPicture } from '../named-picture.ts';
import { numberFromText } from '../numbers.ts';
import { PictureIndex } from '../picture-index.ts';
import { extensionOf, folderOf, joinPath, safePath } from '../safe-path.ts';
import { badInput, readInPieces, shown } from '../text-file.ts';
import { unpadded } from '../xml/element.ts';
import { type XmlElement, xmlChildren } from '../xml/parse.ts';
import { rootNameOfXml } from '../xml/root-name.ts';
import { joinShapes } from './join-shapes.ts';
import { CvatLabels, fillInCategory, labelsFromMeta } from './labels.ts';
import { readShape } from './read-shape.ts';
import { NO_SUBSET } from './subset.ts';

/** What `<meta>` says of a task beyond its labels and the numbers that follow from its pictures. */
const TASK_DETAILS = new Set(['bugtracker', 'created', 'updated', 'owner', 'assignee']);

export async function* readCvat(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const builder = new DatasetBuilder();
  const reading: Reading = {
    builder,
    pictures: new PictureIndex(tree),
    labels: new CvatLabels(),
    hasOpenPoses: false,
  };
  const names: string[] = [];
  const xmlPaths = tree.paths.filter((path) => extensionOf(path) === 'xml');
  let isFound = false;
  for (const path of xmlPaths) {
    // A lone file is what was meant, so it shall say itself what is wrong with it.
    if (xmlPaths.length > 1 && (await rootNameOf(tree, path)) !== 'annotations') continue;
    isFound = true;
    names.push(yield* readFile(tree, path, reading));
  }
  if (!isFound)
    throw badInput(phrase`the folder`, phrase`annotations.xml of CVAT for images`, phrase`none`);
  const result = builder.finish();
  for (const label of reading.labels.all()) {
    if (builder.categories.has(label.name)) {
      fillInCategory(builder.categories.named(label.name), label);
    }
  }
  const { annotations, categories } = result.dataset;
  const keypointsOf = new Map(categories.map(({ id, keypoints }) => [id, keypoints ?? []]));
  for (const { keypoints, category_id } of annotations) {
    // Of a label whose keypoints are not declared, later shapes may have more than earlier ones.
    while (keypoints !== undefined && keypoints.length < 3 * keypointsOf.get(category_id)!.length) {
      keypoints.push(0);
    }
  }
  const name = names.find((text) => text !== '');
  if (name !== undefined) result.dataset.info = { description: name };
  return result;
}

interface Reading {
  builder: DatasetBuilder;
  pictures: PictureIndex;
  labels: CvatLabels;
  /** Whether there are keypoints of a label that does not declare them: they are complete once all are known. */
  hasOpenPoses: boolean;
}

async function rootNameOf(tree: SourceTree, path: string): Promise<string | undefined> {
  for await (const bytes of readInPieces(tree, path)) return rootNameOfXml(bytes);
  return undefined;
}

/** Reads one file and gives back the name of its task. */
async function* readFile(
  tree: SourceTree,
  path: string,
  reading: Reading,
): AsyncGenerator<ReadPart, string> {
  const { builder, labels } = reading;
  let name = '';
  let isRoot = true;
  // Outside of what may fail: an error of this is of the whole file, not of one picture.
  for await (const element of xmlChildren(readInPieces(tree, path), path)) {
    const where = `${path}:${element.line}`;
    if (isRoot) {
      if (element.name !== 'annotations')
        throw badInput(where, phrase`<annotations>`, `<${element.name}>`);
      isRoot = false;
      continue;
    }
    if (element.name === 'track') {
      throw badInput(
        where,
        phrase`CVAT for images`,
        phrase`a <track> of CVAT for video`,
        phrase`Export the task once more, as "CVAT for images 1.1".`,
      );
    }
    if (element.name === 'meta') {
      name = readMeta(element, path, labels, builder);
    } else if (element.name === 'image') {
      await builder.attemptAsync(() => readImage(element, path, reading));
      if (!reading.hasOpenPoses) yield* builder.parts();
    } else if (element.name !== 'version') {
      builder.losses.add('shapes', phrase`${where} <${element.name}>, left out`);
    }
  }
  return name;
}

function readMeta(
  meta: XmlElement,
  path: string,
  labels: CvatLabels,
  builder: DatasetBuilder,
): string {
  for (const label of labelsFromMeta(meta, path, builder.losses)) {
    labels.declare(label, path);
    builder.categories.named(label.name);
  }
  let name = '';
  for (const holder of meta.children.filter(({ name }) => /^(task|project|job)$/.test(name))) {
    for (const child of holder.children) {
      if (child.name === 'name') name ||= unpadded(child.text);
      if (TASK_DETAILS.has(child.name) && saysSomething(child)) {
        builder.losses.add('info', `${path}:${child.line} <${child.name}>`);
      }
    }
  }
  return name;
}

async function readImage(element: XmlElement, path: string, reading: Reading): Promise<void> {
  const { builder, pictures, labels } = reading;
  const where = `${path}:${element.line}`;
  const attribute = (name: string) => element.attributes.get(name);
  const name = attribute('name') ?? '';
  if (name === '') throw badInput(where, phrase`the attribute name in <image>`, phrase`none`);
  const subset = attribute('subset') ?? NO_SUBSET;
  const images = joinPath(folderOf(path), 'images');
  const folders = [joinPath(images, subset), images, folderOf(path)];
  const { file_name, picturePath } = namedPicture(pictures, name, folders);
  const size = await pictures.size(
    where,
    {
      width: numberFromText(attribute('width') ?? ''),
      height: numberFromText(attribute('height') ?? ''),
    },
    picturePath,
  );
  const newImage: NewImage = {
    file_name: uniqueName(file_name, attribute('task_id'), where, builder),
    ...size,
    ...(subset !== NO_SUBSET && subset !== '' && { split: subset }),
  };
  const image = builder.addImage(newImage, picturePath);
  const shapes = element.children
    .map((child) => builder.attempt(() => readShape(child, image, labels, path, builder.losses)))
    .filter((shape) => shape !== undefined);
  for (const { label, annotation } of joinShapes(shapes, image, builder.losses)) {
    const category_id = builder.categories.named(label).id;
    reading.hasOpenPoses ||=
      annotation.keypoints !== undefined && labels.named(label, where).isOpen;
    builder.attempt(() => builder.addAnnotation(image, { category_id, ...annotation }));
  }
}

/** The tasks of a project may each have a picture of the same name; then the task tells them apart. */
function uniqueName(
  fileName: string,
  taskId: string | undefined,
  where: string,
  builder: DatasetBuilder,
): string {
  const isTaken = builder.imageNamed(safePath(fileName)) !== undefined;
  if (!isTaken || taskId === undefined) return fileName;
  const unique = `task_${taskId}/${fileName}`;
  builder.losses.add('file-names', phrase`${where} ${shown(fileName)}, now ${unique}`);
  return unique;
}

function saysSomething(element: XmlElement): boolean {
  return element.text.trim() !== '' || element.children.some(saysSomething);
}
