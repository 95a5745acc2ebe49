// Reads labelme's files: one JSON beside each picture. What its shapes mean together:
//
// - Polygons, or masks, of one label and one `group_id` are the parts of one object, as labelme's own export to COCO
//   takes them.
// - Points in the group of another shape are its keypoints, by their labels. The flag `hidden` means that a point was
//   placed but cannot be seen.
// - A point alone is an object with one keypoint.
// - Flags of the whole file that are set are labels of the picture; a `description` of the whole file is a caption.

import { mergeRles } from '../../mask/combine.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import { phrase } from '../../phrase.ts';
import type { CocoImage } from '../../types.ts';
import { DatasetBuilder, type NewShape } from '../dataset-builder.ts';
import type { ReadPart, ReadResult, SourceTree } from '../format.ts';
import { KeypointCollector } from '../keypoint-names.ts';
import type { LossList } from '../loss.ts';
import { PictureIndex, sizeOfPicture } from '../picture-index.ts';
import { baseNameOf, extensionOf, folderOf, joinPath, withoutExtension } from '../safe-path.ts';
import { badInput, objectOf, readJson, shown } from '../text-file.ts';
import { type LabelmeShape, readShape } from './read-shape.ts';

/** A picture without a JSON file is a picture without annotations. */
export async function* readLabelme(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult> {
  const reading: Reading = {
    tree,
    builder: new DatasetBuilder(),
    pictures: new PictureIndex(tree),
    keypoints: new KeypointCollector(),
  };
  const { builder, pictures } = reading;
  const paths = tree.paths.filter((path) => extensionOf(path) === 'json');
  if (paths.length === 0)
    throw badInput(phrase`the files`, phrase`labelme files (.json)`, phrase`none`);
  const described = new Set<string>();
  for (const path of paths) {
    await builder.attemptAsync(async () => described.add(await readFile(reading, path)));
    // Keypoints are written once all their names are known.
    if (!reading.keypoints.hasPoses) yield* builder.parts();
  }
  for (const path of pictures.paths) {
    if (described.has(path)) continue;
    await builder.attemptAsync(async () => {
      builder.addImage({ file_name: path, ...(await sizeOfPicture(tree, path)) }, path);
    });
    if (!reading.keypoints.hasPoses) yield* builder.parts();
  }
  reading.keypoints.finish(builder);
  return builder.finish();
}

interface Reading {
  tree: SourceTree;
  builder: DatasetBuilder;
  pictures: PictureIndex;
  keypoints: KeypointCollector;
}

const knownFields: ReadonlySet<string> = new Set(
  'version flags shapes imagePath imageData imageHeight imageWidth description keypoint_names lineColor fillColor'.split(
    ' ',
  ),
);

/** @returns the path of the picture, or of the file itself where the picture is not in the tree. */
async function readFile(reading: Reading, path: string): Promise<string> {
  const { builder, pictures } = reading;
  const file = objectOf(await readJson(reading.tree, path));
  if (!Array.isArray(file?.shapes)) {
    throw badInput(path, phrase`a labelme file with the list shapes`, shown(file));
  }
  const folder = folderOf(path);
  const name =
    typeof file.imagePath === 'string' ? file.imagePath : `${withoutExtension(path)}.jpg`;
  const picturePath = pictures.find(name, folder) ?? pictures.withStem(withoutExtension(path));
  const declared = { width: file.imageWidth, height: file.imageHeight };
  const image = builder.addImage(
    {
      file_name: picturePath ?? joinPath(folder, baseNameOf(name.replaceAll('\\', '/'))),
      ...(await pictures.size(path, declared, picturePath)),
    },
    picturePath,
  );
  if (picturePath === undefined && typeof file.imageData === 'string') {
    builder.losses.add('image-details', phrase`${path}: the embedded picture`);
  }
  for (const [field, value] of Object.entries(file)) {
    if (!knownFields.has(field) && value) {
      builder.losses.add('image-details', `${path} ${field}`);
    }
  }
  // Our own writer lists them in a field that labelme keeps, so that points without a place are not forgotten.
  reading.keypoints.addNames(file.keypoint_names);
  const isSet = ([, value]: [string, unknown]) => value === true;
  for (const [label] of Object.entries(objectOf(file.flags) ?? {}).filter(isSet)) {
    builder.addAnnotation(image, { category_id: builder.categories.named(label).id });
  }
  const shapes: LabelmeShape[] = [];
  file.shapes.forEach((value, index) => {
    const where = `${path} shapes[${index}]`;
    const shape = builder.attempt(() => readShape(value, image, where, builder.losses));
    if (shape !== undefined) shapes.push(shape);
  });
  for (const object of objectsOf(shapes)) builder.attempt(() => addObject(reading, image, object));
  if (typeof file.description === 'string' && file.description !== '') {
    builder.addCaption(image, file.description);
  }
  return picturePath ?? path;
}

/** Shapes that are one object: its parts, and the points that are its keypoints. */
interface LabelmeObject {
  parts: LabelmeShape[];
  points: LabelmeShape[];
}

/** In the order of each object's first shape. */
function objectsOf(shapes: readonly LabelmeShape[]): Set<LabelmeObject> {
  const groups = new Map<number, LabelmeShape[]>();
  const objectOf = new Map<LabelmeShape, LabelmeObject>();
  for (const shape of shapes) {
    if (shape.groupId === undefined) objectOf.set(shape, objectOfOne(shape));
    else if (groups.has(shape.groupId)) groups.get(shape.groupId)!.push(shape);
    else groups.set(shape.groupId, [shape]);
  }
  for (const group of groups.values()) addObjectsOfGroup(group, objectOf);
  return new Set(shapes.map((shape) => objectOf.get(shape)!));
}

function objectOfOne(shape: LabelmeShape): LabelmeObject {
  return shape.body === undefined ? { parts: [], points: [shape] } : { parts: [shape], points: [] };
}

function addObjectsOfGroup(
  group: readonly LabelmeShape[],
  objectOf: Map<LabelmeShape, LabelmeObject>,
): void {
  const byKind = new Map<string, LabelmeObject>();
  const bodies = group.filter(({ body }) => body !== undefined);
  const objects = new Set<LabelmeObject>();
  for (const shape of bodies) {
    const { segmentation } = shape.body!;
    const kind = JSON.stringify([shape.label, Array.isArray(segmentation)]);
    // Boxes have no parts.
    const known = segmentation === undefined ? undefined : byKind.get(kind);
    const object = known ?? objectOfOne(shape);
    if (known !== undefined) known.parts.push(shape);
    else if (segmentation !== undefined) byKind.set(kind, object);
    objects.add(object);
    objectOf.set(shape, object);
  }
  const [only] = objects;
  for (const shape of group) {
    if (shape.body !== undefined) continue;
    if (objects.size === 1) only.points.push(shape);
    objectOf.set(shape, objects.size === 1 ? only : objectOfOne(shape));
  }
}

function addObject(reading: Reading, image: CocoImage, { parts, points }: LabelmeObject): void {
  const { builder } = reading;
  const members = parts.length > 0 ? parts : points;
  const [{ label, where, score, groupId }] = members;
  const attributes = joinedAttributes(members, builder.losses);
  // A group of one object has served its purpose.
  const isWholeGroup = parts.length > 1 || (parts.length > 0 && points.length > 0);
  if (groupId !== undefined && !isWholeGroup) attributes.group_id ??= groupId;
  const annotation = builder.addAnnotation(
    image,
    {
      category_id: builder.categories.named(label).id,
      ...joinedBody(parts, image),
      ...(score !== undefined && { score }),
      ...(Object.keys(attributes).length > 0 && { attributes }),
    },
    where,
  );
  if (points.length === 0) return;
  const keypoints = new Map<string, [x: number, y: number, visibility: number]>();
  for (const point of points) {
    const [[x, y]] = point.points;
    if (keypoints.has(point.label)) builder.losses.add('keypoints', point.where);
    else keypoints.set(point.label, [x, y, point.isHidden ? 1 : 2]);
    const isMember = parts.length === 0;
    if (!isMember && Object.keys(point.attributes).length > 0) {
      builder.losses.add('attributes', point.where);
    }
  }
  reading.keypoints.addPose(annotation, label, keypoints);
}

/** The parts of an object say the same of it; where they do not, the first one stands. */
function joinedAttributes(
  shapes: readonly LabelmeShape[],
  losses: LossList,
): Record<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const shape of shapes) {
    for (const [name, value] of Object.entries(shape.attributes)) {
      if (!attributes.has(name)) attributes.set(name, value);
      else if (JSON.stringify(attributes.get(name)) !== JSON.stringify(value)) {
        losses.add('attributes', `${shape.where}: ${name}`);
      }
    }
  }
  return Object.fromEntries(attributes);
}

function joinedBody(parts: readonly LabelmeShape[], { width, height }: CocoImage): NewShape {
  const bodies = parts.flatMap(({ body }) => body ?? []);
  if (bodies.length < 2) return bodies[0] ?? {};
  const polygons = bodies.flatMap(({ segmentation }) =>
    Array.isArray(segmentation) ? segmentation : [],
  );
  if (polygons.length > 0) return { segmentation: polygons };
  const rles = bodies.map(({ segmentation }) => rleFromSegmentation(segmentation!, height, width));
  return { segmentation: compressedFromRle(mergeRles(rles, 'union')) };
}
