// Writes the Ultralytics layout: data.yaml, images/ and labels/ with a file for each picture. Without pictures, lists say
// which ones are meant, since the folder where they are may hold others too.

import { CocoError } from '../../coco-error.ts';
import { phrase } from '../../phrase.ts';
import type { Bbox, CocoCategory, CocoDataset, CocoImage, Polygon } from '../../types.ts';
import { clipPolygon } from '../../validate/clip-polygon.ts';
import { isPictureLabel, splitOf, standardSplit } from '../conventions.ts';
import { folderPerClass } from '../folder-per-class.ts';
import type { OutputFile, WriteOptions, WriteResult, WriteTask } from '../format.ts';
import { LossList } from '../loss.ts';
import { polygonArea, polygonsBbox } from '../outline-measures.ts';
import { compareCodePoints, joinPath } from '../safe-path.ts';
import { boxOf, polygonsOf, reportMeasures, reportPrecision } from '../shape-losses.ts';
import { reportUncarried } from '../uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  withPictureNames,
  writablePictures,
} from '../writable-dataset.ts';
import { type DataYaml, dataYamlText, type SplitName, splitNames } from './data-yaml.ts';
import { joinPolygons } from './join-polygons.ts';
import { boxLine, polygonLine, poseLine } from './label-line.ts';

/**
 * Crowds are left out, as Ultralytics' own converter does: one label over many objects would teach a model to find
 * such regions. Shapes are clipped at the picture's edge, since Ultralytics refuses a picture with labels beyond it.
 */
export function writeYolo(dataset: CocoDataset, options: WriteOptions = {}): WriteResult {
  const losses = new LossList();
  const all = withPictureNames(writablePictures(dataset, losses), losses);
  const task = options.task ?? mostFrequentTask(all);
  if (task === 'classify') return folderPerClass.write(dataset, options);

  const pictures = all.map((picture) => {
    return { ...picture, annotations: keptAnnotations(picture, losses) };
  });
  const placed = placedPictures(pictures, losses);
  const withImages = options.withImages !== false;
  const lists = withImages ? [] : listsOf(placed);
  const data = dataYamlOf(dataset, placed, task, lists);
  if (options.task === 'pose' && data.keypointShape === undefined) {
    throw new CocoError('bad-format-input', {
      where: phrase`the dataset`,
      expected: phrase`keypoints to write for the task pose`,
      found: phrase`none`,
      advice: phrase`Choose detect or segment.`,
    });
  }
  reportUncarried(
    dataset,
    placed.map(({ picture }) => picture),
    {
      imageFields: ['split'],
      categoryFields: [
        ...(data.keypointNames === undefined ? [] : ['keypoints']),
        ...(data.flipIndex === undefined ? [] : ['flip_idx']),
      ],
      categoryNames: data.names,
      emptyPictures: true,
    },
    losses,
  );
  reportRepeatedNames(dataset.categories, losses);
  const files = outputFiles(dataset, placed, data, task, losses, lists);
  return { files, losses: losses.entries };
}

/** What most annotations can be written as without loss. */
function mostFrequentTask(pictures: readonly WritablePicture[]): WriteTask {
  const counts: Record<WriteTask, number> = { detect: 0, segment: 0, pose: 0, classify: 0 };
  for (const { annotations } of pictures) {
    for (const { annotation } of annotations) {
      if (annotation.keypoints?.some((value, i) => i % 3 === 2 && value > 0)) counts.pose++;
      else if (annotation.segmentation !== undefined) counts.segment++;
      else counts[isPictureLabel(annotation) ? 'classify' : 'detect']++;
    }
  }
  return (Object.keys(counts) as WriteTask[]).reduce((most, task) =>
    counts[task] > counts[most] ? task : most,
  );
}

function keptAnnotations(picture: WritablePicture, losses: LossList): WritableAnnotation[] {
  const { image } = picture;
  return picture.annotations.filter(({ annotation, where }) => {
    const bbox = boxOf(annotation, image);
    if (isPictureLabel(annotation)) losses.add('picture-labels', where);
    else if (annotation.iscrowd === 1) losses.add('crowds', where);
    else if (bbox === undefined) losses.add('keypoints', where);
    else if (clippedBox(bbox, image) === undefined) losses.add('outside-picture', where);
    else return true;
    return false;
  });
}

interface PlacedPicture {
  picture: WritablePicture;
  split: SplitName | undefined;
  /** Below `images` and `labels`. */
  folder: string;
}

/** In the order in which the reader meets them. */
function placedPictures(pictures: readonly WritablePicture[], losses: LossList): PlacedPicture[] {
  const hasSplits = pictures.some(({ image }) => splitOf(image) !== undefined);
  const placed = pictures.map((picture): PlacedPicture => {
    if (!hasSplits) return { picture, split: undefined, folder: '' };
    const split = standardSplit(splitOf(picture.image));
    if (split !== picture.image.split) losses.add('splits', picture.where);
    return { picture, split, folder: split };
  });
  const orderOf = ({ split }: PlacedPicture) =>
    split === undefined ? 0 : splitNames.indexOf(split);
  return placed.sort(
    (a, b) => orderOf(a) - orderOf(b) || compareCodePoints(a.picture.fileName, b.picture.fileName),
  );
}

interface PictureList {
  path: string;
  split: SplitName | undefined;
  pictures: PlacedPicture[];
}

/** `train.txt` and the like; `images.txt` where there is no division. */
function listsOf(placed: readonly PlacedPicture[]): PictureList[] {
  const bySplit = Map.groupBy(placed, ({ split }) => split);
  return [...bySplit].map(([split, pictures]) => ({
    path: `${split ?? 'images'}.txt`,
    split,
    pictures,
  }));
}

const imagePath = ({ picture, folder }: PlacedPicture) =>
  joinPath(joinPath('images', folder), picture.fileName);

/** @param lists in place of the folders of the splits, if there are any */
function dataYamlOf(
  dataset: CocoDataset,
  placed: readonly PlacedPicture[],
  task: WriteTask,
  lists: readonly PictureList[],
): DataYaml {
  const splits = new Map<SplitName, string[]>();
  for (const { split, folder } of placed) {
    splits.set(split ?? 'train', [joinPath('images', folder)]);
  }
  for (const { split, path } of lists) splits.set(split ?? 'train', [path]);
  // Ultralytics wants both keys. Without a division both name one place, which `layout.ts` takes for just that.
  const train = splits.get('train');
  if (train !== undefined && !splits.has('val')) splits.set('val', train);

  const { categories } = dataset;
  const names = categories.map(({ name }) => name);
  const count = task === 'pose' ? keypointCount(categories, placed) : 0;
  if (count === 0) return { names, splits };
  const keypointNames = new Map<number, string[]>();
  categories.forEach(({ keypoints }, index) => {
    if (keypoints !== undefined && keypoints.length > 0) keypointNames.set(index, keypoints);
  });
  return {
    names,
    splits,
    keypointShape: { count, dimensions: 3 },
    keypointNames,
    flipIndex: commonFlipIndex(categories),
  };
}

/** Every line has as many keypoints as the longest. */
function keypointCount(categories: CocoCategory[], placed: readonly PlacedPicture[]): number {
  let count = 0;
  for (const { keypoints } of categories) count = Math.max(count, keypoints?.length ?? 0);
  for (const { picture } of placed) {
    for (const { annotation } of picture.annotations) {
      count = Math.max(count, (annotation.keypoints?.length ?? 0) / 3);
    }
  }
  return count;
}

/** What the reader puts on every category can be written when every category says the same. */
function commonFlipIndex(categories: CocoCategory[]): number[] | undefined {
  const [first] = categories.map(({ flip_idx }) => flip_idx);
  const isIndex =
    Array.isArray(first) && first.every((index) => Number.isInteger(index) && index >= 0);
  const text = JSON.stringify(first);
  const isCommon = categories.every(({ flip_idx }) => JSON.stringify(flip_idx) === text);
  return isIndex && isCommon ? first : undefined;
}

function reportRepeatedNames(categories: CocoCategory[], losses: LossList): void {
  const seen = new Set<string>();
  categories.forEach(({ name }, index) => {
    if (seen.has(name)) losses.add('category-names', `categories[${index}]`);
    seen.add(name);
  });
}

function* outputFiles(
  dataset: CocoDataset,
  placed: readonly PlacedPicture[],
  data: DataYaml,
  task: WriteTask,
  losses: LossList,
  lists: readonly PictureList[],
): Generator<OutputFile> {
  yield { path: 'data.yaml', text: dataYamlText(data) };
  for (const { path, pictures } of lists) {
    yield { path, text: pictures.map((placed) => `./${imagePath(placed)}\n`).join('') };
  }
  const classIndices = new Map(dataset.categories.map((category, index) => [category, index]));
  for (const placedPicture of placed) {
    const { picture, folder } = placedPicture;
    const lines = picture.annotations.map((entry) => {
      const classIndex = classIndices.get(entry.category)!;
      if (task === 'segment') return segmentLine(entry, classIndex, picture.image, losses);
      if (data.keypointShape === undefined)
        return detectLine(entry, classIndex, picture.image, losses);
      return keypointsLine(entry, classIndex, picture.image, data.keypointShape.count, losses);
    });
    const text = lines.filter((line) => line !== undefined).map((line) => `${line}\n`);
    yield {
      path: joinPath(joinPath('labels', folder), `${picture.stem}.txt`),
      text: text.join(''),
    };
    if (lists.length === 0) {
      yield { path: imagePath(placedPicture), imageFileName: picture.image.file_name };
    }
  }
}

function detectLine(
  { annotation, where }: WritableAnnotation,
  classIndex: number,
  image: CocoImage,
  losses: LossList,
): string {
  if (annotation.segmentation !== undefined) losses.add('masks', where);
  if (annotation.keypoints !== undefined) losses.add('keypoints', where);
  const bbox = writtenBox(boxOf(annotation, image)!, image, where, losses);
  reportMeasures(annotation, { bbox, area: bbox[2] * bbox[3] }, where, losses);
  return boxLine(classIndex, bbox, image);
}

/** One line is one polygon. A box becomes one too: Ultralytics drops the polygons of a dataset that mixes both. */
function segmentLine(
  { annotation, where }: WritableAnnotation,
  classIndex: number,
  image: CocoImage,
  losses: LossList,
): string | undefined {
  if (annotation.keypoints !== undefined) losses.add('keypoints', where);
  let polygons = polygonsOf(annotation, image, where, losses);
  if (polygons === undefined) {
    losses.add('shapes', where);
    const [x, y, width, height] = boxOf(annotation, image)!;
    polygons = [[x, y, x + width, y, x + width, y + height, x, y + height]];
  }
  if (polygons.length > 1) losses.add('mask-parts', where);
  const polygon = clipped(joinPolygons(polygons), image);
  if (polygon.isCut) losses.add('outside-picture', where);
  if (polygon.points.length < 6) {
    // The annotations behind it move up.
    losses.add('annotation-ids', where);
    return undefined;
  }
  reportPrecision(polygon.points, where, losses);
  const measures = { bbox: polygonsBbox([polygon.points]), area: polygonArea(polygon.points) };
  reportMeasures(annotation, measures, where, losses);
  return polygonLine(classIndex, polygon.points, image);
}

function keypointsLine(
  { annotation, category, where }: WritableAnnotation,
  classIndex: number,
  image: CocoImage,
  count: number,
  losses: LossList,
): string {
  if (annotation.segmentation !== undefined) losses.add('masks', where);
  const bbox = writtenBox(boxOf(annotation, image)!, image, where, losses);
  reportMeasures(annotation, { bbox, area: bbox[2] * bbox[3] }, where, losses);

  const ownCount = category.keypoints?.length ?? 0;
  const { keypoints } = annotation;
  // Without keypoints it comes back with unlabelled ones, where its category has keypoints.
  if (keypoints === undefined && ownCount > 0) losses.add('shapes', where);
  if (keypoints !== undefined && keypoints.length !== 3 * ownCount) losses.add('keypoints', where);
  const written: number[] = new Array(3 * count).fill(0);
  for (let i = 0; i < (keypoints ?? []).length; i += 3) {
    const [x, y, visibility] = keypoints!.slice(i, i + 3);
    written[i] = within(x, image.width);
    written[i + 1] = within(y, image.height);
    written[i + 2] = visibility > 0 ? Math.min(2, Math.ceil(visibility)) : 0;
    if (written[i] !== x || written[i + 1] !== y) losses.add('outside-picture', where);
    if (written[i + 2] !== visibility) losses.add('keypoint-visibility', where);
  }
  reportPrecision(written, where, losses);
  return poseLine(classIndex, bbox, written, image);
}

/** The box as it is written, its losses reported. */
function writtenBox(bbox: Bbox, image: CocoImage, where: string, losses: LossList): Bbox {
  const clippedBbox = clippedBox(bbox, image)!;
  if (clippedBbox !== bbox) losses.add('outside-picture', where);
  reportPrecision(clippedBbox, where, losses);
  return clippedBbox;
}

/** The part of a box inside the picture, the box itself where all of it is, or undefined. */
function clippedBox(bbox: Bbox, { width, height }: CocoImage): Bbox | undefined {
  const [x, y, w, h] = bbox;
  // What arithmetic leaves behind at the far edges is none of the annotator's doing.
  const slack = 1e-9;
  if (x >= 0 && y >= 0 && x + w <= width + slack && y + h <= height + slack) return bbox;
  if (x > width || y > height || x + w < 0 || y + h < 0) return undefined;
  const left = within(x, width);
  const top = within(y, height);
  return [left, top, within(x + w, width) - left, within(y + h, height) - top];
}

function clipped(polygon: Polygon, image: CocoImage): { points: Polygon; isCut: boolean } {
  const isCut = polygon.some((value, i) => {
    return value < 0 || value > (i % 2 === 0 ? image.width : image.height);
  });
  return isCut
    ? { points: clipPolygon(polygon, image.width, image.height), isCut }
    : { points: polygon, isCut };
}

function within(value: number, length: number): number {
  return Math.min(Math.max(value, 0), length);
}
