// What is in a COCO file, counted. Reads any kind of file and believes no field: what has no usable
// box or area is counted as such and left out of the histograms.

import type { CocoFile, CocoKind } from '@migaki/coco';

export interface Statistics {
  kind: CocoKind;
  pictures: number;
  annotations: number;
  crowds: number;
  picturesWithoutAnnotations: number;
  /** Annotations without a bbox of four numbers. */
  annotationsWithoutBox: number;
  /** Most frequent first. */
  pictureSizes: { width: number; height: number; pictures: number }[];
  /** In the order of their counts, the largest first. `id` is null for captions, which have none. */
  categories: CategoryCount[];
  /** COCO's three sizes, by area in square pixels: below 32², up to 96², above. */
  areas: { small: number; medium: number; large: number };
  /** Square root of width × height, in pixels. */
  boxSides: Bin[];
  objectsPerPicture: Bin[];
  keypoints: KeypointCount[];
}

export interface CategoryCount {
  id: number;
  name: string;
  annotations: number;
  /** Pictures with at least one of them. */
  pictures: number;
}

/** How many values lie in `from ≤ value < to`; `to` is null for the last, which has no end. */
export interface Bin {
  from: number;
  to: number | null;
  count: number;
}

export interface KeypointCount {
  category: string;
  keypoint: string;
  notLabelled: number;
  hidden: number;
  visible: number;
}

const smallAreaLimit = 32 ** 2;
const mediumAreaLimit = 96 ** 2;
/** 32 and 96 are among them, so that the bins agree with COCO's three sizes. */
const boxSideEdges = [0, 8, 16, 32, 64, 96, 128, 256, 512];
const objectEdges = [0, 1, 2, 3, 4, 5, 10, 20, 50, 100];

/** One thing in a picture, whatever kind of file it comes from. */
interface CountedObject {
  image_id?: unknown;
  category_id?: unknown;
  bbox?: unknown;
  area?: unknown;
  iscrowd?: unknown;
  keypoints?: unknown;
}

/** Counts everything in one pass over the annotations. */
export function countStatistics(file: CocoFile): Statistics {
  const objects = objectsOf(file);
  const images = file.kind === 'results' ? [] : records(file.dataset.images);
  const categories =
    file.kind === 'results' || file.kind === 'captions' ? [] : records(file.dataset.categories);
  const counts = new Map<unknown, { annotations: number; pictures: Set<unknown> }>();
  const objectsOfPicture = new Map<unknown, number>(images.map(({ id }) => [id, 0]));
  const areas = { small: 0, medium: 0, large: 0 };
  const boxSides = new Histogram(boxSideEdges);
  let annotationsWithoutBox = 0;
  let crowds = 0;

  for (const object of objects) {
    const { image_id, category_id } = object;
    objectsOfPicture.set(image_id, (objectsOfPicture.get(image_id) ?? 0) + 1);
    let count = counts.get(category_id);
    if (count === undefined) {
      count = { annotations: 0, pictures: new Set() };
      counts.set(category_id, count);
    }
    count.annotations += 1;
    count.pictures.add(image_id);
    if (object.iscrowd === 1) crowds += 1;
    const boxArea = areaOfBox(object.bbox);
    if (boxArea === null) annotationsWithoutBox += 1;
    else boxSides.add(Math.sqrt(boxArea));
    const area = isNumber(object.area) ? object.area : boxArea;
    if (area !== null) areas[sizeOf(area)] += 1;
  }

  const objectsPerPicture = new Histogram(objectEdges);
  for (const count of objectsOfPicture.values()) objectsPerPicture.add(count);
  const nameOf = new Map<unknown, string>(categories.map(({ id, name }) => [id, String(name)]));
  const ids = new Set<unknown>([...nameOf.keys(), ...counts.keys()]);
  if (file.kind === 'captions') ids.clear();
  return {
    kind: file.kind,
    pictures: objectsOfPicture.size,
    annotations: objects.length,
    crowds,
    picturesWithoutAnnotations: [...objectsOfPicture.values()].filter((n) => n === 0).length,
    annotationsWithoutBox,
    pictureSizes: countPictureSizes(images),
    categories: [...ids]
      .map((id) => ({
        id: id as number,
        name: nameOf.get(id) ?? `category ${id}`,
        annotations: counts.get(id)?.annotations ?? 0,
        pictures: counts.get(id)?.pictures.size ?? 0,
      }))
      .sort((a, b) => b.annotations - a.annotations),
    areas,
    boxSides: boxSides.bins,
    objectsPerPicture: objectsPerPicture.bins,
    keypoints: file.kind === 'keypoints' ? countKeypoints(categories, objects) : [],
  };
}

function objectsOf(file: CocoFile): CountedObject[] {
  if (file.kind === 'results') return records(file.results);
  if (file.kind !== 'panoptic') return records<CountedObject>(file.dataset.annotations);
  return records(file.dataset.annotations).flatMap(({ image_id, segments_info }) =>
    records(segments_info).map((segment) => ({ ...segment, image_id })),
  );
}

/** A broken file may have anything where its records should be. */
function records<T>(list: readonly T[]): T[] {
  if (!Array.isArray(list)) return [];
  return list.filter((record) => typeof record === 'object' && record !== null);
}

function countPictureSizes(images: readonly { width: unknown; height: unknown }[]) {
  const sizes = new Map<string, { width: number; height: number; pictures: number }>();
  for (const { width, height } of images) {
    if (!isNumber(width) || !isNumber(height)) continue;
    const key = `${width} ${height}`;
    const size = sizes.get(key);
    if (size === undefined) sizes.set(key, { width, height, pictures: 1 });
    else size.pictures += 1;
  }
  return [...sizes.values()].sort((a, b) => b.pictures - a.pictures);
}

function countKeypoints(
  categories: readonly { id: number; name: string; keypoints?: unknown }[],
  objects: readonly CountedObject[],
): KeypointCount[] {
  const rowsOf = new Map<unknown, KeypointCount[]>();
  for (const { id, name, keypoints } of categories) {
    if (!Array.isArray(keypoints)) continue;
    const rows = keypoints.map((keypoint) => ({
      category: String(name),
      keypoint: String(keypoint),
      notLabelled: 0,
      hidden: 0,
      visible: 0,
    }));
    rowsOf.set(id, rows);
  }
  for (const { category_id, keypoints } of objects) {
    if (!Array.isArray(keypoints)) continue;
    for (const [i, row] of (rowsOf.get(category_id) ?? []).entries()) {
      const visibility = keypoints[3 * i + 2];
      if (visibility === 0) row.notLabelled += 1;
      else if (visibility === 1) row.hidden += 1;
      else if (visibility === 2) row.visible += 1;
    }
  }
  return [...rowsOf.values()].flat();
}

class Histogram {
  readonly bins: Bin[];

  constructor(edges: readonly number[]) {
    this.bins = edges.map((from, i) => ({ from, to: edges[i + 1] ?? null, count: 0 }));
  }

  add(value: number): void {
    const bin = this.bins.findLast(({ from }) => value >= from);
    if (bin !== undefined) bin.count += 1;
  }
}

function sizeOf(area: number): keyof Statistics['areas'] {
  if (area < smallAreaLimit) return 'small';
  return area <= mediumAreaLimit ? 'medium' : 'large';
}

function areaOfBox(bbox: unknown): number | null {
  if (!Array.isArray(bbox) || bbox.length !== 4 || !bbox.every(isNumber)) return null;
  return Math.max(bbox[2] * bbox[3], 0);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
