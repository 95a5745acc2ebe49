// What a run learns from, read from a COCO dataset: pictures with their objects, labels or values, classes counted from 0.

import {
  type CocoAnnotation,
  type CocoDataset,
  type CocoImage,
  isPictureLabel,
  polygonsFromRle,
  rleFromSegmentation,
  type Segmentation,
  splitOf,
} from '@migaki/coco';

/** One class that a model tells apart: a category of the dataset. */
export interface ClassName {
  readonly categoryId: number;
  readonly name: string;
  /** Names of its keypoints; none where it has none. */
  readonly keypoints: readonly string[];
  /** Edges between keypoints, counted from 1 as COCO does. */
  readonly skeleton: readonly (readonly [number, number])[];
  /** For each keypoint the one that it changes places with in a mirror. */
  readonly mirrored: readonly number[];
}

export interface LabelledObject {
  readonly annotationId: number;
  readonly classIndex: number;
  /** Left, top, right, bottom; pixels of the picture. */
  readonly box: readonly [number, number, number, number];
  /** Rings `[x0, y0, x1, y1, …]` whose crossings count as COCO counts them; none for an object without mask. */
  readonly rings: readonly Float32Array[];
  /** `[x, y, visibility, …]`; empty for an object without. */
  readonly keypoints: Float32Array;
  /** A region of many objects that nobody told apart: neither to be found nor a mistake to find. */
  readonly isCrowd: boolean;
}

export interface LabelledPicture {
  readonly imageId: number;
  readonly fileName: string;
  /** Where its file lies. */
  readonly path: string;
  /** Pixels, turned as its EXIF says. */
  readonly width: number;
  readonly height: number;
  readonly objects: readonly LabelledObject[];
  /** Classes of the whole picture. */
  readonly labels: readonly number[];
  /** The number that a regression learns; NaN where there is none. */
  readonly value: number;
  /** What the dataset calls the part that it belongs to, such as `train`, `val` or `test`; else empty. */
  readonly split: string;
}

export interface TrainingSet {
  readonly classes: readonly ClassName[];
  readonly pictures: readonly LabelledPicture[];
  /** How many pictures were left out because nobody has said yet what is in them, or not all of it. */
  readonly undecidedCount: number;
}

export interface TrainingSetOptions {
  /** Where the file of a picture lies; null for one that is missing. */
  readonly pathOf: (image: CocoImage) => string | null;
  /**
   * Whether nobody has said yet what is in a picture. One without annotations is left out then, and is otherwise learned as one
   * with nothing in it. Where left out, never.
   */
  readonly isUndecided?: (image: CocoImage) => boolean;
  /** Whether only a part of what is in a picture was said. It is left out. Where left out, never. */
  readonly isHalfDecided?: (image: CocoImage) => boolean;
  /** The classes in order, by category; where left out, all categories of the dataset. */
  readonly categoryIds?: readonly number[];
  /** The field of images that a regression learns, such as `score` or `metadata.score`. */
  readonly valueField?: string;
}

/**
 * Sorts a dataset's annotations by picture. Pictures that are missing are left out; objects that have neither a place nor
 * a class that counts are as well.
 *
 * @example
 * const set = trainingSetOf(dataset, { pathOf: (image) => join('images', image.file_name) });
 */
export function trainingSetOf(dataset: CocoDataset, options: TrainingSetOptions): TrainingSet {
  const categories = new Map(dataset.categories.map((category) => [category.id, category]));
  const ids = options.categoryIds ?? dataset.categories.map(({ id }) => id);
  const classes = ids.map((id): ClassName => {
    const category = categories.get(id);
    const keypoints = category?.keypoints ?? [];
    return {
      categoryId: id,
      name: category?.name ?? `category ${id}`,
      keypoints,
      skeleton: category?.skeleton ?? [],
      mirrored: mirrorOf(keypoints, category?.flip_idx),
    };
  });
  const classOf = new Map(ids.map((id, index) => [id, index]));
  const byImage = Map.groupBy(dataset.annotations, ({ image_id }) => image_id);
  let undecidedCount = 0;
  const pictures = dataset.images.flatMap((image): LabelledPicture[] => {
    const path = options.pathOf(image);
    if (path === null) return [];
    const annotations = byImage.get(image.id) ?? [];
    const value = regressedValue(image, options.valueField);
    const isEmpty = annotations.length === 0 && !Number.isFinite(value);
    if (options.isHalfDecided?.(image) || (isEmpty && options.isUndecided?.(image))) {
      undecidedCount++;
      return [];
    }
    return [
      {
        imageId: image.id,
        fileName: image.file_name,
        path,
        width: image.width,
        height: image.height,
        objects: annotations.flatMap((annotation) => objectOf(annotation, image, classOf)),
        labels: labelsOf(annotations, classOf),
        value,
        split: splitOf(image) ?? '',
      },
    ];
  });
  return { classes, pictures, undecidedCount };
}

function objectOf(
  annotation: CocoAnnotation,
  image: CocoImage,
  classOf: ReadonlyMap<number, number>,
): LabelledObject[] {
  const classIndex = classOf.get(annotation.category_id);
  if (classIndex === undefined || isPictureLabel(annotation)) return [];
  const rings = annotation.segmentation ? ringsOf(annotation.segmentation, image) : [];
  const keypoints = Float32Array.from(annotation.keypoints ?? []);
  const box = boxOf(annotation, rings, keypoints);
  if (box === null) return [];
  return [
    {
      annotationId: annotation.id,
      classIndex,
      box,
      rings,
      keypoints,
      isCrowd: annotation.iscrowd === 1,
    },
  ];
}

function ringsOf(segmentation: Segmentation, { width, height }: CocoImage): Float32Array[] {
  if (Array.isArray(segmentation)) return segmentation.map((ring) => Float32Array.from(ring));
  const rle = rleFromSegmentation(segmentation, height, width);
  return polygonsFromRle(rle, { holes: 'bridge' }).map((ring) => Float32Array.from(ring));
}

type Corners = [number, number, number, number];

/** The box that is given, else the one around the mask, else the one around the keypoints; null for one without area. */
function boxOf(
  { bbox }: CocoAnnotation,
  rings: readonly Float32Array[],
  keypoints: Float32Array,
): Corners | null {
  const box: Corners = bbox
    ? [bbox[0], bbox[1], bbox[0] + bbox[2], bbox[1] + bbox[3]]
    : rings.length > 0
      ? boundsOf(rings)
      : boundsOf([labelledPoints(keypoints)]);
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

const labelledPoints = (keypoints: Float32Array): number[] =>
  Array.from({ length: keypoints.length / 3 }, (_, k) => k)
    .filter((k) => keypoints[3 * k + 2] > 0)
    .flatMap((k) => [keypoints[3 * k], keypoints[3 * k + 1]]);

/** Left, top, right and bottom of points `[x0, y0, …]`; an empty box where there are none. */
export function boundsOf(lists: readonly ArrayLike<number>[]): Corners {
  const bounds: Corners = [Infinity, Infinity, -Infinity, -Infinity];
  for (const list of lists) {
    for (let i = 0; i + 1 < list.length; i += 2) {
      bounds[0] = Math.min(bounds[0], list[i]);
      bounds[1] = Math.min(bounds[1], list[i + 1]);
      bounds[2] = Math.max(bounds[2], list[i]);
      bounds[3] = Math.max(bounds[3], list[i + 1]);
    }
  }
  return bounds;
}

function labelsOf(
  annotations: readonly CocoAnnotation[],
  classOf: ReadonlyMap<number, number>,
): number[] {
  const labels = annotations
    .filter(isPictureLabel)
    .flatMap(({ category_id }) => classOf.get(category_id) ?? []);
  return [...new Set(labels)].sort((a, b) => a - b);
}

function regressedValue(image: CocoImage, field: string | undefined): number {
  if (field === undefined) return Number.NaN;
  const value = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], image);
  return typeof value === 'number' ? value : Number.NaN;
}

/** What the category says (`flip_idx`), else pairs whose names differ in left and right alone. */
function mirrorOf(names: readonly string[], flipped: unknown): number[] {
  if (Array.isArray(flipped) && flipped.length === names.length) return flipped.map(Number);
  const other = (name: string) =>
    name.replace(/left|right|\bl\b|\br\b/gi, (side) => sides[side.toLowerCase()] ?? side);
  const indexOf = new Map(names.map((name, index) => [name.toLowerCase(), index]));
  return names.map((name, index) => indexOf.get(other(name.toLowerCase())) ?? index);
}

const sides: Record<string, string> = { left: 'right', right: 'left', l: 'r', r: 'l' };
