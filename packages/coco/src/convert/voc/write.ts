// Writes Pascal VOC as its development kit lays it out: `Annotations/`, `JPEGImages/`, `ImageSets/Main/`,
// and `labelmap.txt` as CVAT and Datumaro do. Polygons go into `<polygon>`, as Roboflow writes them;
// readers that know boxes alone pass over it.

import { phrase } from '../../phrase.ts';
import type { CocoDataset, CocoImage, Segmentation } from '../../types.ts';
import { isPictureLabel, splitOf } from '../conventions.ts';
import { bboxFromCorners, cornersFromBbox } from '../corner-box.ts';
import type { OutputFile, WriteOptions, WriteResult } from '../format.ts';
import { LossList } from '../loss.ts';
import { decimalText, sensibleNumber } from '../numbers.ts';
import { polygonsArea } from '../outline-measures.ts';
import { compareCodePoints } from '../safe-path.ts';
import { boxOf, polygonsOf, reportMeasures, reportPrecision } from '../shape-losses.ts';
import { reportUncarried } from '../uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  writablePictures,
} from '../writable-dataset.ts';
import { isCarriedText } from '../xml/element.ts';
import { writeXml, XML_DECLARATION, type XmlNode } from '../xml/write.ts';
import {
  imageSetFiles,
  isListableSplit,
  isListableStem,
  type ListedPicture,
  listableClasses,
} from './image-sets.ts';
import { isWritableColour, labelMapText } from './label-map.ts';
import { objectFromAnnotation } from './object.ts';

/** A picture with its annotations in the order in which they will be read: objects, then labels. */
interface VocPicture extends WritablePicture {
  objects: WritableAnnotation[];
  split: string | undefined;
}

export function writeVoc(dataset: CocoDataset, options: WriteOptions = {}): WriteResult {
  const losses = new LossList();
  const pictures = vocPictures(dataset, losses);
  const labelMap = labelMapText(dataset.categories);
  reportUncarried(
    dataset,
    pictures,
    {
      imageFields: ['split', 'depth'],
      annotationFields: ['attributes', 'parts'],
      categoryFields: labelMap === undefined ? [] : ['color'],
      ...(labelMap !== undefined && { categoryNames: dataset.categories.map(({ name }) => name) }),
      emptyPictures: true,
    },
    losses,
  );
  dataset.categories.forEach(({ name, color }, index) => {
    if (!isCarriedText(name)) losses.add('category-names', `categories[${index}]`);
    if (labelMap !== undefined && color !== undefined && !isWritableColour(color)) {
      losses.add('category-details', `categories[${index}].color`);
    }
  });
  return { files: vocFiles(pictures, labelMap, options, losses), losses: losses.entries };
}

function vocPictures(dataset: CocoDataset, losses: LossList): VocPicture[] {
  const pictures = writablePictures(dataset, losses);
  const classes = listableClasses(
    dataset.categories.map(({ name }) => name),
    pictures.map(({ image }) => splitOf(image)),
  );
  const splits = new Set(pictures.map(({ image }) => splitOf(image)));
  return (
    pictures
      .map((picture) => {
        const { image, stem, where } = picture;
        const ownSplit = splitOf(image);
        const isCarried =
          ownSplit !== undefined && isListableStem(stem) && isListableSplit(ownSplit, splits);
        if (image.split !== undefined && !isCarried) losses.add('splits', `${where}.split`);
        const objects = picture.annotations.filter(({ annotation, where }) => {
          if (isPictureLabel(annotation)) return false;
          const isDrawable = boxOf(annotation, image) !== undefined;
          if (!isDrawable)
            losses.add('unusable-records', phrase`${where}: nothing to draw a box around`);
          return isDrawable;
        });
        const labels = listableLabels(picture, objects, classes, losses);
        return {
          ...picture,
          annotations: [...objects, ...labels],
          objects,
          split: isCarried ? ownSplit : undefined,
        };
      })
      // The order in which the files will be met again.
      .sort((a, b) => compareCodePoints(`${a.stem}.xml`, `${b.stem}.xml`))
  );
}

/** The labels of the whole picture that a list can tell, each class once, in the order of the lists. */
function listableLabels(
  { annotations, stem }: WritablePicture,
  objects: readonly WritableAnnotation[],
  classes: ReadonlySet<string>,
  losses: LossList,
): WritableAnnotation[] {
  const taken = new Set(objects.map(({ category }) => category.name));
  const labels: WritableAnnotation[] = [];
  for (const label of annotations) {
    if (!isPictureLabel(label.annotation)) continue;
    const { name } = label.category;
    if (taken.has(name) || !classes.has(name) || !isListableStem(stem)) {
      losses.add('picture-labels', label.where);
      continue;
    }
    taken.add(name);
    labels.push(label);
    for (const field of ['attributes', 'parts', 'area']) {
      if (label.annotation[field] === undefined) continue;
      losses.add('attributes', `${label.where}.${field}`);
    }
  }
  return labels.sort((a, b) => compareCodePoints(a.category.name, b.category.name));
}

function* vocFiles(
  pictures: readonly VocPicture[],
  labelMap: string | undefined,
  options: WriteOptions,
  losses: LossList,
): Generator<OutputFile> {
  if (labelMap !== undefined) yield { path: 'labelmap.txt', text: labelMap };
  for (const picture of pictures) {
    const { stem, fileName, image } = picture;
    yield {
      path: `Annotations/${stem}.xml`,
      text: XML_DECLARATION + writeXml(annotationNode(picture, options, losses)),
    };
    if (options.withImages !== false) {
      yield { path: `JPEGImages/${fileName}`, imageFileName: image.file_name };
    }
  }
  const members = pictures
    .filter(({ stem }) => isListableStem(stem))
    .map(({ stem, split, annotations }): ListedPicture => {
      return { stem, split, classes: new Set(annotations.map(({ category }) => category.name)) };
    });
  const hasLabels = pictures.some(
    ({ annotations, objects }) => annotations.length > objects.length,
  );
  const classes = hasLabels ? members.flatMap(({ classes }) => [...classes]) : [];
  yield* imageSetFiles(
    members,
    listableClasses(
      classes,
      members.map(({ split }) => split),
    ),
  );
}

function annotationNode(picture: VocPicture, options: WriteOptions, losses: LossList): XmlNode {
  const { image, fileName, where, objects } = picture;
  if (!isCarriedText(fileName)) losses.add('file-names', where);
  const depth = sensibleNumber(image.depth) ?? 3;
  if (image.depth !== undefined && (depth === 3 || depth !== image.depth)) {
    losses.add('image-details', `${where}.depth`);
  }
  const { width, height } = image;
  return {
    name: 'annotation',
    children: [
      { name: 'folder', text: 'JPEGImages' },
      { name: 'filename', text: fileName },
      { name: 'source', children: [{ name: 'database', text: 'Unknown' }] },
      {
        name: 'size',
        children: [
          { name: 'width', text: width },
          { name: 'height', text: height },
          { name: 'depth', text: decimalText(depth) },
        ],
      },
      { name: 'segmented', text: 0 },
      ...objects.map((object) => objectNode(object, image, options, losses)),
    ],
  };
}

function objectNode(
  { annotation, category, where }: WritableAnnotation,
  image: CocoImage,
  { task }: WriteOptions,
  losses: LossList,
): XmlNode {
  const { bbox, iscrowd, keypoints } = annotation;
  const hasMask = !isEmptyList(annotation.segmentation);
  if (hasMask && task === 'detect') losses.add('masks', where);
  if (iscrowd === 1) losses.add('crowds', where);
  if (keypoints !== undefined) losses.add('keypoints', where);
  const polygons = task === 'detect' ? [] : (polygonsOf(annotation, image, where, losses) ?? []);
  if (bbox !== undefined) reportPrecision(bbox, where, losses);
  const written = bboxFromCorners(cornersFromBbox(boxOf(annotation, image)!));
  const derivedArea = polygons.length > 0 ? polygonsArea(polygons) : written[2] * written[3];
  const derived = { bbox: written, area: derivedArea };
  // The box is stated, so it is not worked out from the outline.
  reportMeasures({ ...annotation, bbox: bbox && written }, derived, where, losses);
  return objectFromAnnotation(annotation, category.name, written, polygons, where, losses);
}

function isEmptyList(segmentation: Segmentation | undefined): boolean {
  return segmentation === undefined || (Array.isArray(segmentation) && segmentation.length === 0);
}
