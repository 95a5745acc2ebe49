// A synthetic COCO dataset with every hard case of the metrics in it, made picture by picture. Ground truth: polygons
// of one and several parts, compressed and uncompressed RLE, masks with holes, crowds, keypoints of every visibility,
// people without any, empty pictures, categories that never occur, objects under a pixel and at the picture's edge.
// Results: jittered, gross, missed, doubled, of the wrong category, invented, with tied scores, more than counted.

import {
  type Bbox,
  type CocoAnnotation,
  type CocoCategory,
  type CocoDataset,
  type CocoImage,
  type CocoResult,
  compressedFromRle,
  type Polygon,
  type Rle,
  rleArea,
  rleBbox,
  rleFromPolygon,
  rleFromSegmentation,
  type Segmentation,
  subtractRle,
  uncompressedFromRle,
} from '../../packages/coco/src/index.ts';
import {
  boxOfPolygons,
  moveOutline,
  polygonArea,
  randomOutline,
  roundCoordinate,
  type Size,
} from './outline.ts';
import { type Random, randomOf } from './random.ts';

export interface SyntheticOptions {
  images: number;
  seed: number;
  /** Default 80; the first is the person, whose keypoints are annotated. */
  categories?: number;
  /** Mean; COCO's own is 7.3, the default. */
  annotationsPerImage?: number;
  /** Mean number of results where nothing is. Default 20. */
  falsePositivesPerImage?: number;
  /** Rounds boxes to multiples of this many pixels, so that many overlaps tie exactly. Default: no rounding. */
  gridPixels?: number;
}

/** What a model says of one object: the same guess as a box, as a mask and, for people, as a pose. */
export interface SyntheticResult {
  box: CocoResult;
  /** Rasterised when asked for. */
  mask(): CocoResult;
  pose: CocoResult | null;
}

/** Raised when the data of a seed changes, so that cached files are made anew. */
export const SYNTHETIC_VERSION = 1;

const KEYPOINTS = 17;
/** How many categories at the end of the list have no object. */
const UNUSED_CATEGORIES = 3;
const MAX_ANNOTATIONS = 900;

export function syntheticCategories({ categories = 80 }: SyntheticOptions): CocoCategory[] {
  return Array.from({ length: categories }, (_, index) => {
    const category = {
      id: categoryId(index),
      name: index === 0 ? 'person' : `category ${index}`,
      supercategory: index === 0 ? 'person' : `group ${index % 9}`,
    };
    if (index > 0) return category;
    const keypoints = Array.from({ length: KEYPOINTS }, (_, point) => `keypoint ${point + 1}`);
    const skeleton = keypoints.slice(1).map((_, point): [number, number] => [point + 1, point + 2]);
    return { ...category, keypoints, skeleton };
  });
}

export function syntheticImage({ seed }: SyntheticOptions, index: number): CocoImage {
  const random = randomOf(seed, index, 0);
  const id = 3 * index + 1;
  return {
    id,
    file_name: `${String(id).padStart(12, '0')}.jpg`,
    width: random.integer(200, 640),
    height: random.integer(200, 640),
  };
}

/** The ground truth of all pictures, in memory. */
export function syntheticDataset(options: SyntheticOptions): CocoDataset {
  const images = Array.from({ length: options.images }, (_, index) =>
    syntheticImage(options, index),
  );
  const annotations = images.flatMap((image) => syntheticAnnotations(options, image));
  return { images, annotations, categories: syntheticCategories(options) };
}

/** The ground truth of one picture. */
export function syntheticAnnotations(
  options: SyntheticOptions,
  image: CocoImage,
): CocoAnnotation[] {
  const random = randomOf(options.seed, image.id, 1);
  const { categories = 80, annotationsPerImage = 7.3 } = options;
  if (random.chance(0.06)) return [];
  // A few pictures are crowded; the other means make up for them and for the empty ones.
  const mean = annotationsPerImage * (random.chance(0.04) ? 4 : 0.94);
  const count = Math.min(MAX_ANNOTATIONS, random.poisson(mean));
  const usedCategories = Math.max(1, categories - UNUSED_CATEGORIES);
  return Array.from({ length: count }, (_, index) => {
    // Squaring makes a few categories common and most of them rare.
    const category = random.chance(0.3) ? 0 : Math.floor(random.uniform() ** 2 * usedCategories);
    const box = randomBox(random, image, 0.9, options.gridPixels);
    const iscrowd = random.chance(0.02) ? 1 : 0;
    const annotation: CocoAnnotation = {
      id: image.id * 1000 + index,
      image_id: image.id,
      category_id: categoryId(category),
      iscrowd,
      ...(iscrowd === 1 ? crowdRegion(random, box, image) : objectRegion(random, box, image)),
    };
    return category === 0 ? { ...annotation, ...pose(random, box, iscrowd === 1) } : annotation;
  });
}

/** What a middling model would say of the picture. */
export function syntheticResults(
  options: SyntheticOptions,
  image: CocoImage,
  annotations: readonly CocoAnnotation[],
): SyntheticResult[] {
  const random = randomOf(options.seed, image.id, 2);
  const { categories = 80, falsePositivesPerImage = 20, gridPixels } = options;
  const anyCategory = () => categoryId(random.integer(0, Math.max(0, categories - 2)));
  const results: SyntheticResult[] = [];
  for (const annotation of annotations) {
    const guesses = random.pick([0, 1, 1, 1, 1, 2]);
    for (let guess = 0; guess < guesses; guess++) {
      const category = random.chance(0.92) ? annotation.category_id : anyCategory();
      const found = guessOf(random, annotation, image, category, gridPixels);
      results.push(found);
      if (random.chance(0.04)) results.push(found);
    }
  }
  // Now and then one category alone gets more results than the metrics look at.
  const flooded = random.chance(0.02) ? anyCategory() : null;
  const inventions = flooded === null ? random.poisson(falsePositivesPerImage) : 130;
  for (let invention = 0; invention < inventions; invention++) {
    const bbox = randomBox(random, image, 0.6, gridPixels);
    const outline = randomOutline(random, bbox);
    const score = randomScore(random, 0.25);
    results.push(resultOf(image, flooded ?? anyCategory(), score, bbox, [outline], null));
  }
  return results;
}

/** Ids with gaps, as COCO's own have them. */
const categoryId = (index: number): number => index + 1 + Math.floor(index / 8);

/** Sides between 3 pixels and `largest` of the picture, small ones as likely as large ones. */
function randomBox(random: Random, picture: Size, largest: number, gridPixels = 0): Bbox {
  const side = (limit: number) => Math.exp(random.between(Math.log(3), Math.log(limit * largest)));
  const scale = side(Math.min(picture.width, picture.height));
  const width = Math.min(picture.width, scale * random.between(0.5, 1.4));
  const height = Math.min(picture.height, scale * random.between(0.5, 1.4));
  // A tenth of the boxes would lie beyond the edge and is pushed back onto it.
  const start = (limit: number, extent: number) =>
    Math.max(0, Math.min(limit - extent, random.between(-0.05 * limit, 1.05 * limit - extent)));
  const box: Bbox = [start(picture.width, width), start(picture.height, height), width, height];
  return box.map((value) =>
    gridPixels > 0 ? Math.round(value / gridPixels) * gridPixels : roundCoordinate(value),
  ) as Bbox;
}

/** Mostly polygons; sometimes RLE, which alone can have a hole. */
function objectRegion(random: Random, box: Bbox, picture: Size) {
  if (random.chance(0.06)) {
    const outer = rleOfOutline(randomOutline(random, box), picture);
    const hole = shrink(box, random.between(0.2, 0.5));
    const rle = random.chance(0.5)
      ? subtractRle(outer, rleOfOutline(randomOutline(random, hole), picture))
      : outer;
    if (rleArea(rle) > 0) return rleRegion(rle, random.chance(0.8) ? 'text' : 'numbers');
  }
  const polygons = random.chance(0.12)
    ? halves(box).map((half) => randomOutline(random, half))
    : [randomOutline(random, box)];
  return {
    segmentation: polygons,
    bbox: boxOfPolygons(polygons),
    area: polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0),
  };
}

/** Several blobs as one region, in the uncompressed form that COCO keeps for crowds. */
function crowdRegion(random: Random, box: Bbox, picture: Size) {
  const blobs = halves(box)
    .flatMap((half) => halves(half))
    .map((quarter) => randomOutline(random, quarter));
  const rle = rleFromSegmentation(blobs, picture.height, picture.width);
  // Blobs may be too small for a pixel.
  return rleArea(rle) > 0 ? rleRegion(rle, 'numbers') : objectRegion(random, box, picture);
}

function rleRegion(rle: Rle, form: 'text' | 'numbers') {
  const segmentation: Segmentation =
    form === 'text' ? compressedFromRle(rle) : uncompressedFromRle(rle);
  return { segmentation, bbox: rleBbox(rle), area: rleArea(rle) };
}

function pose(random: Random, [left, top, width, height]: Bbox, isCrowd: boolean) {
  const labelled = !isCrowd && random.chance(0.85);
  const keypoints: number[] = [];
  for (let point = 0; point < KEYPOINTS; point++) {
    const visibility = labelled ? random.pick([0, 0, 1, 2, 2, 2]) : 0;
    const x = Math.round(left + random.uniform() * width);
    const y = Math.round(top + random.uniform() * height);
    keypoints.push(...(visibility === 0 ? [0, 0, 0] : [x, y, visibility]));
  }
  const num_keypoints = keypoints.filter((value, index) => index % 3 === 2 && value > 0).length;
  return { keypoints, num_keypoints };
}

/** The annotation as the model sees it: a little off, one time in ten far off. */
function guessOf(
  random: Random,
  annotation: CocoAnnotation,
  image: CocoImage,
  category: number,
  gridPixels = 0,
): SyntheticResult {
  const from = annotation.bbox as Bbox;
  const spread = random.chance(0.1) ? 0.3 : 0.05;
  const offset = (extent: number) =>
    gridPixels > 0
      ? gridPixels * random.integer(-1, 1)
      : roundCoordinate(random.normal(0, spread * extent));
  const to: Bbox = [
    Math.max(0, from[0] + offset(from[2])),
    Math.max(0, from[1] + offset(from[3])),
    Math.max(1, from[2] + offset(from[2])),
    Math.max(1, from[3] + offset(from[3])),
  ];
  const bbox = to.map(roundCoordinate) as Bbox;
  const polygons = Array.isArray(annotation.segmentation)
    ? annotation.segmentation.map((polygon) => moveOutline(polygon, from, bbox, image))
    : [randomOutline(random, bbox)];
  const poseSpread = spread * Math.sqrt(from[2] * from[3]);
  const keypoints =
    annotation.keypoints?.map((value, index) =>
      index % 3 === 2 ? 1 : roundCoordinate(value + random.normal(0, poseSpread)),
    ) ?? null;
  return resultOf(image, category, randomScore(random, 0.7), bbox, polygons, keypoints);
}

function resultOf(
  image: CocoImage,
  category_id: number,
  score: number,
  bbox: Bbox,
  polygons: Polygon[],
  keypoints: number[] | null,
): SyntheticResult {
  const said = { image_id: image.id, category_id, score };
  return {
    box: { ...said, bbox },
    mask: () => ({
      ...said,
      segmentation: compressedFromRle(rleFromSegmentation(polygons, image.height, image.width)),
    }),
    pose: keypoints === null ? null : { ...said, category_id: categoryId(0), keypoints },
  };
}

/** Around the mean; half of them with one or two decimals, so that many scores tie. */
function randomScore(random: Random, mean: number): number {
  const score = Math.min(1, Math.max(0, random.normal(mean, 0.18)));
  return Number(score.toFixed(random.pick([1, 2, 6, 6])));
}

function rleOfOutline(polygon: Polygon, { height, width }: Size): Rle {
  return rleFromPolygon(polygon, height, width);
}

/** The box cut across its longer side, with a gap between the parts. */
function halves([left, top, width, height]: Bbox): Bbox[] {
  return width > height
    ? [
        [left, top, width * 0.45, height],
        [left + width * 0.55, top, width * 0.45, height],
      ]
    : [
        [left, top, width, height * 0.45],
        [left, top + height * 0.55, width, height * 0.45],
      ];
}

/** The box about the same middle, smaller. */
function shrink([left, top, width, height]: Bbox, factor: number): Bbox {
  const margin = (1 - factor) / 2;
  return [left + width * margin, top + height * margin, width * factor, height * factor];
}
