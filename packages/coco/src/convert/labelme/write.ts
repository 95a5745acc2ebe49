// Writes labelme's files: `a.json` beside `a.jpg`. How objects of several shapes are told is written in `read.ts`.

import { rleArea, rleBbox } from '../../mask/rle.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { CocoAnnotation, CocoDataset, CocoImage } from '../../types.ts';
import { base64FromBytes } from '../base64.ts';
import { isPictureLabel } from '../conventions.ts';
import { cornersFromBbox } from '../corner-box.ts';
import { boxOfRotatedCorners } from '../cvat/rotated-box.ts';
import type { OutputFile, WriteOptions, WriteResult } from '../format.ts';
import {
  isLonePoint,
  type KeypointNames,
  keypointNamesField,
  keypointNamesOf,
  type NamedPoint,
  namedPoints,
} from '../keypoint-names.ts';
import { LossList } from '../loss.ts';
import { cropOfRle } from '../mask-crop.ts';
import { sensibleNumber } from '../numbers.ts';
import { polygonsArea, polygonsBbox } from '../outline-measures.ts';
import { maskPng } from '../png/mask-png.ts';
import { baseNameOf, compareCodePoints } from '../safe-path.ts';
import { boxOf, reportMeasures, reportPrecision } from '../shape-losses.ts';
import { objectOf } from '../text-file.ts';
import { reportUncarried } from '../uncarried.ts';
import {
  type WritableAnnotation,
  type WritablePicture,
  writablePictures,
} from '../writable-dataset.ts';

/** The form of the files, not the version of a program. */
const formatVersion = '5.5.0';

/** A picture with its annotations in the order in which they are read back: labels, then objects. */
interface LabelmePicture extends WritablePicture {
  labels: WritableAnnotation[];
  objects: WritableAnnotation[];
}

export function writeLabelme(dataset: CocoDataset, options: WriteOptions = {}): WriteResult {
  const losses = new LossList();
  const pictures = writablePictures(dataset, losses)
    .map((picture) => labelmePicture(picture, losses))
    .sort((a, b) => compareCodePoints(jsonPath(a), jsonPath(b)));
  const keypointNames = keypointNamesOf(dataset.categories, pictures, losses);
  const carried = {
    annotationFields: ['score', 'attributes'],
    categoryFields: ['keypoints'],
    emptyPictures: true,
    captions: true,
  };
  reportUncarried(dataset, pictures, carried, losses);
  return {
    files: outputFiles(pictures, keypointNames, losses, options.withImages !== false),
    losses: losses.entries,
  };
}

function jsonPath({ stem }: WritablePicture): string {
  return `${stem}.json`;
}

function labelmePicture(picture: WritablePicture, losses: LossList): LabelmePicture {
  const { image, captions, where } = picture;
  const labelByName = new Map<string, WritableAnnotation>();
  const objects: WritableAnnotation[] = [];
  for (const entry of picture.annotations) {
    const { annotation, category } = entry;
    if (!isPictureLabel(annotation)) {
      if (boxOf(annotation, image) === undefined) losses.add('keypoints', entry.where);
      else objects.push(entry);
      continue;
    }
    // A flag is set or not, and says nothing more.
    if (labelByName.has(category.name)) losses.add('picture-labels', entry.where);
    else labelByName.set(category.name, entry);
    if (annotation.score !== undefined) losses.add('scores', entry.where);
    if (annotation.attributes !== undefined) losses.add('attributes', entry.where);
  }
  // JavaScript lists keys that look like numbers first, and so does who reads the file.
  const names = Object.keys(Object.fromEntries(labelByName));
  const labels = names.map((name) => labelByName.get(name)!);
  if (captions.length > 1 || captions[0] === '') losses.add('captions', where);
  return { ...picture, labels, objects, annotations: [...labels, ...objects] };
}

function* outputFiles(
  pictures: readonly LabelmePicture[],
  keypointNames: KeypointNames,
  losses: LossList,
  withImages: boolean,
): Generator<OutputFile> {
  for (const picture of pictures) {
    const { image, fileName, labels, objects, captions } = picture;
    const groups = new GroupIds(objects);
    const shapes = objects.flatMap((entry) => {
      return shapesOf(entry, image, keypointNames.get(entry.category) ?? [], groups, losses);
    });
    const keypoint_names = keypointNamesField(picture, keypointNames);
    const file = {
      version: formatVersion,
      flags: Object.fromEntries(labels.map(({ category }) => [category.name, true])),
      shapes,
      ...(captions.length > 0 && { description: captions[0] }),
      ...(keypoint_names !== undefined && { keypoint_names }),
      imagePath: baseNameOf(fileName),
      imageData: null,
      imageHeight: image.height,
      imageWidth: image.width,
    };
    yield { path: jsonPath(picture), text: `${JSON.stringify(file, null, 2)}\n` };
    if (withImages) yield { path: fileName, imageFileName: image.file_name };
  }
}

type Point = [x: number, y: number];

interface ShapeJson {
  label: string;
  points: Point[];
  group_id: number | null;
  description: string;
  shape_type: string;
  flags: Record<string, boolean>;
  mask?: string;
  score?: number;
  attributes?: Record<string, unknown>;
}

/** One annotation's shapes: the parts of its mask or its box, then its keypoints. */
function shapesOf(
  { annotation, category, where }: WritableAnnotation,
  image: CocoImage,
  names: readonly string[],
  groups: GroupIds,
  losses: LossList,
): ShapeJson[] {
  if (annotation.iscrowd === 1) losses.add('crowds', where);
  const points = namedPoints(annotation, names, where, losses);
  const isPointAlone = isLonePoint(annotation, category, points);
  const bodies = isPointAlone
    ? points.map(bodyOfPoint)
    : bodyShapes(annotation, image, where, losses);
  const isGroup = bodies.length > 1 || (!isPointAlone && points.length > 0);
  const said = attributesOf(annotation, isPointAlone, groups.isNative(annotation), where, losses);
  const group_id = isGroup ? groups.fresh() : said.group_id;
  const { flags, description, attributes } = said;
  const { score } = annotation;
  const label = category.name;
  const parts = bodies.map((body, index) => ({
    label,
    points: body.points,
    group_id,
    description,
    shape_type: body.shape_type,
    flags: { ...body.flags, ...flags },
    ...(body.mask !== undefined && { mask: body.mask }),
    // Once is enough for an object.
    ...(index === 0 && score !== undefined && { score }),
    ...(index === 0 && attributes !== undefined && { attributes }),
  }));
  if (isPointAlone) return parts;
  return [
    ...parts,
    ...points.map((point) => {
      return { label: point.name, ...bodyOfPoint(point), group_id, description: '' };
    }),
  ];
}

/** What differs from shape to shape. */
interface Body {
  points: Point[];
  shape_type: string;
  flags: Record<string, boolean>;
  mask?: string;
}

function bodyShapes(
  annotation: CocoAnnotation,
  image: CocoImage,
  where: string,
  losses: LossList,
): Body[] {
  const { segmentation } = annotation;
  if (Array.isArray(segmentation) && segmentation.length > 0) {
    const measures = { bbox: polygonsBbox(segmentation), area: polygonsArea(segmentation) };
    reportMeasures(annotation, measures, where, losses);
    return segmentation.map((polygon) => {
      const points: Point[] = [];
      for (let i = 0; i < polygon.length; i += 2) points.push([polygon[i], polygon[i + 1]]);
      const shape_type = isRotatedBox(annotation) ? 'oriented_rectangle' : 'polygon';
      return { points, shape_type, flags: {} };
    });
  }
  if (segmentation !== undefined && !Array.isArray(segmentation)) {
    const rle = rleFromSegmentation(segmentation, image.height, image.width);
    const crop = cropOfRle(rle);
    if (crop !== undefined) {
      reportMeasures(annotation, { bbox: rleBbox(rle), area: rleArea(rle) }, where, losses);
      const { left, top, width, height } = crop;
      const corners: Point[] = [
        [left, top],
        [left + width - 1, top + height - 1],
      ];
      return [
        { points: corners, shape_type: 'mask', flags: {}, mask: base64FromBytes(maskPng(crop)) },
      ];
    }
    losses.add('masks', where);
  }
  const bbox = boxOf(annotation, image)!;
  reportPrecision(bbox, where, losses);
  reportMeasures(annotation, { bbox, area: bbox[2] * bbox[3] }, where, losses);
  const [x0, y0, x1, y1] = cornersFromBbox(bbox);
  const corners: Point[] = [
    [x0, y0],
    [x1, y1],
  ];
  return [{ points: corners, shape_type: 'rectangle', flags: {} }];
}

function isRotatedBox({ segmentation, attributes }: CocoAnnotation): boolean {
  const degrees = sensibleNumber(objectOf(attributes)?.rotation);
  if (degrees === undefined || !Array.isArray(segmentation) || segmentation.length !== 1)
    return false;
  return boxOfRotatedCorners(segmentation[0], degrees) !== undefined;
}

function bodyOfPoint({ x, y, isHidden }: NamedPoint): Body {
  return { points: [[x, y]], shape_type: 'point', flags: isHidden ? { hidden: true } : {} };
}

/** Attributes by the field that labelme has for them; the rest goes where X-AnyLabeling has its own. */
function attributesOf(
  annotation: CocoAnnotation,
  isPoint: boolean,
  hasNativeGroup: boolean,
  where: string,
  losses: LossList,
) {
  const given = objectOf(annotation.attributes);
  if (given !== annotation.attributes) losses.add('attributes', where);
  const flags: [string, boolean][] = [];
  const rest: [string, unknown][] = [];
  let description = '';
  let group_id: number | null = null;
  for (const [name, value] of Object.entries(given ?? {})) {
    if (typeof value === 'boolean' && !(isPoint && name === 'hidden')) flags.push([name, value]);
    else if (name === 'description' && typeof value === 'string' && value !== '')
      description = value;
    else if (name === 'group_id' && hasNativeGroup) group_id = value as number;
    else rest.push([name, value]);
  }
  return {
    flags: Object.fromEntries(flags),
    description,
    group_id,
    attributes: rest.length > 0 ? Object.fromEntries(rest) : undefined,
  };
}

/**
 * The `group_id`s of one file. An attribute of that name goes into labelme's own field, unless the reader would then take
 * the group for one object.
 */
class GroupIds {
  readonly #native = new Set<unknown>();
  #last = 0;

  constructor(objects: readonly WritableAnnotation[]) {
    const members = new Map<unknown, WritableAnnotation[]>();
    for (const entry of objects) {
      const id = objectOf(entry.annotation.attributes)?.group_id;
      if (!Number.isSafeInteger(id)) continue;
      if (members.has(id)) members.get(id)!.push(entry);
      else members.set(id, [entry]);
      this.#last = Math.max(this.#last, id as number);
    }
    for (const [id, entries] of members) if (areApart(entries)) this.#native.add(id);
  }

  isNative(annotation: CocoAnnotation): boolean {
    return this.#native.has(objectOf(annotation.attributes)?.group_id);
  }

  fresh(): number {
    this.#last++;
    return this.#last;
  }
}

/** Whether a group of these is still several objects when it is read: no parts, no points, no two masks of one name. */
function areApart(entries: readonly WritableAnnotation[]): boolean {
  const names = new Set<string>();
  return entries.every(({ annotation, category }) => {
    const { segmentation, keypoints } = annotation;
    if (keypoints !== undefined || (Array.isArray(segmentation) && segmentation.length > 1))
      return false;
    if (segmentation === undefined) return true;
    const isNew = !names.has(category.name);
    names.add(category.name);
    return isNew;
  });
}
