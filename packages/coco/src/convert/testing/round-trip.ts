// Writes a dataset, reads it back, and holds every difference against the losses that were reported.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CocoError } from '../../coco-error.ts';
import { rleBbox } from '../../mask/rle.ts';
import { rleFromSegmentation } from '../../mask/segmentation.ts';
import type { CocoAnnotation, CocoDataset, CocoImage } from '../../types.ts';
import { captionsOf, isPictureLabel } from '../conventions.ts';
import type { AnnotationFormat, ReadResult, SourceTree, WriteOptions } from '../format.ts';
import type { Loss, LossFeature } from '../loss.ts';
import { treeOfFiles, wholeText } from '../memory-tree.ts';
import { pointsBbox } from '../outline-measures.ts';
import { compareCodePoints, safePath } from '../safe-path.ts';
import { damaged } from './damage.ts';

export interface RoundTrip {
  tree: SourceTree;
  writeLosses: Loss[];
  read: ReadResult;
}

/** Whatever the writer makes, its reader must take. */
export async function roundTrip(
  format: AnnotationFormat,
  dataset: CocoDataset,
  options?: WriteOptions,
): Promise<RoundTrip> {
  const { files, losses } = format.write(dataset, options);
  const sizes = new Map(dataset.images.map((image) => [image.file_name, image]));
  const tree = await treeOfFiles(files, (fileName) => {
    const image = sizes.get(fileName);
    if (image === undefined) throw new RangeError(`${fileName} is no picture of the dataset`);
    return image;
  });
  return { tree, writeLosses: losses, read: await format.read(tree) };
}

/** Each difference between two datasets that none of the losses accounts for. */
export function unexplainedDifferences(
  before: CocoDataset,
  after: CocoDataset,
  losses: readonly Loss[],
): string[] {
  const reported = new Set(losses.map((loss) => loss.feature));
  return differences(before, after)
    .filter(({ features }) => !features.some((feature) => reported.has(feature)))
    .map(({ what, features }) => `${what} (none of: ${features.join(', ')})`);
}

/** Something that changed, and the losses of which one must have been reported. */
interface Difference {
  what: string;
  features: readonly LossFeature[];
}

/** Any of these may change how many annotations a picture has. */
const countFeatures: readonly LossFeature[] = [
  'unusable-records',
  'mask-parts',
  'masks',
  'crowds',
  'keypoints',
  'boxes',
  'shapes',
  'picture-labels',
  'several-labels',
  'empty-pictures',
  'annotation-versions',
  'outside-picture',
];

const shapeFeatures: readonly LossFeature[] = [
  'holes',
  'mask-parts',
  'masks',
  'mask-pixels',
  'outside-picture',
  'precision',
  'shapes',
  'rotation',
];

function differences(before: CocoDataset, after: CocoDataset): Difference[] {
  const found: Difference[] = [];
  const differ = (what: string, ...features: LossFeature[]) => found.push({ what, features });

  for (const section of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (['images', 'annotations', 'categories', 'captions'].includes(section)) continue;
    if (!equal(before[section], after[section])) differ(section, 'info');
  }

  const categoriesAfter = new Map(after.categories.map((category) => [category.name, category]));
  for (const category of before.categories) {
    const what = `category ${JSON.stringify(category.name)}`;
    const other = categoriesAfter.get(category.name);
    if (other === undefined) {
      const features: LossFeature[] = ['unused-categories', 'category-names'];
      const isUsed = before.annotations.some(({ category_id }) => category_id === category.id);
      if (isUsed)
        found.push({ what: `${what} is gone`, features: [...features, ...countFeatures] });
      else differ(`${what} is gone`, ...features);
      continue;
    }
    for (const field of fieldsOf(category, other)) {
      if (equal(category[field], other[field])) continue;
      const isSkeleton = field === 'keypoints' || field === 'skeleton';
      differ(`${what}.${field}`, isSkeleton ? 'skeleton' : 'category-details');
    }
  }
  for (const { name } of after.categories) {
    if (!before.categories.some((category) => category.name === name)) {
      differ(`category ${JSON.stringify(name)} is new`, 'category-names');
    }
  }

  const imagesAfter = new Map(after.images.map((image) => [image.file_name, image]));
  for (const image of before.images) {
    const other = imagesAfter.get(image.file_name);
    if (other === undefined) {
      differ(`${image.file_name} is gone`, 'file-names', 'empty-pictures', 'unusable-records');
      continue;
    }
    for (const field of fieldsOf(image, other)) {
      if (equal(image[field], other[field])) continue;
      differ(`${image.file_name}: ${field}`, field === 'split' ? 'splits' : 'image-details');
    }
    if (!equal(captionTexts(before, image), captionTexts(after, other))) {
      differ(`${image.file_name}: captions`, 'captions');
    }
    const [annotations, others] = pairedAnnotations(before, image, after, other);
    if (annotations.length !== others.length) {
      found.push({
        what: `${image.file_name}: ${annotations.length} annotations became ${others.length}`,
        features: countFeatures,
      });
      continue;
    }
    annotations.forEach((annotation, index) => {
      compareAnnotations(before, annotation, after, others[index], image, differ);
    });
  }
  return found;
}

function compareAnnotations(
  before: CocoDataset,
  a: CocoAnnotation,
  after: CocoDataset,
  b: CocoAnnotation,
  image: CocoImage,
  differ: (what: string, ...features: LossFeature[]) => void,
): void {
  const where = `${image.file_name}, annotation ${a.id}`;
  if (categoryName(before, a.category_id) !== categoryName(after, b.category_id)) {
    differ(`${where}: category`, 'category-names', 'several-labels');
  }
  if (a.id !== b.id) differ(`${where}: id`, 'annotation-ids');

  const masks = [a, b].map(({ segmentation }) => segmentation);
  if (!equal(...(masks.map((mask) => canonicalMask(mask, image)) as [unknown, unknown]))) {
    differ(`${where}: segmentation`, ...shapeFeatures);
  }
  if (!equal(a.bbox ?? impliedBox(a, image), b.bbox ?? impliedBox(b, image))) {
    differ(`${where}: bbox ${a.bbox} became ${b.bbox}`, 'boxes', 'precision', 'outside-picture');
  }
  if (a.area !== undefined && !equal(a.area, b.area)) {
    const gone: LossFeature[] = b.area === undefined ? ['boxes', 'masks'] : [];
    const features: LossFeature[] = ['areas', 'precision', 'outside-picture', ...gone];
    differ(`${where}: area ${a.area} became ${b.area}`, ...features);
  }
  if ((a.iscrowd ?? 0) !== (b.iscrowd ?? 0)) differ(`${where}: iscrowd`, 'crowds');
  if (!equal(a.keypoints, b.keypoints)) {
    differ(
      `${where}: keypoints ${a.keypoints} became ${b.keypoints}`,
      'keypoints',
      'keypoint-visibility',
      'precision',
      'outside-picture',
      'shapes',
    );
  }
  if (!equal(a.score, b.score)) differ(`${where}: score`, 'scores');
  for (const field of fieldsOf(a, b)) {
    if (annotationFields.has(field) || equal(a[field], b[field])) continue;
    differ(`${where}: ${field}`, 'attributes');
  }
}

const annotationFields = new Set(
  'id image_id category_id segmentation bbox area iscrowd keypoints num_keypoints score'.split(' '),
);

function fieldsOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/**
 * The annotations of one picture on both sides, to be compared one by one. Labels of the whole picture come first: formats
 * keep them apart from objects, and ids tell the order. Where they are the same ones, they are compared by what they say.
 */
function pairedAnnotations(
  before: CocoDataset,
  image: CocoImage,
  after: CocoDataset,
  other: CocoImage,
): [CocoAnnotation[], CocoAnnotation[]] {
  const sides = (
    [
      [before, image.id],
      [after, other.id],
    ] as const
  ).map(([dataset, id]) => {
    const own = dataset.annotations.filter((annotation) => annotation.image_id === id);
    const labels = own.filter(isPictureLabel);
    const objects = own.filter((annotation) => !isPictureLabel(annotation));
    const nameOf = ({ category_id }: CocoAnnotation) => categoryName(dataset, category_id) ?? '';
    const sortedBy = (keyOf: (label: CocoAnnotation) => string) => {
      const sorted = labels.toSorted((a, b) => compareCodePoints(keyOf(a), keyOf(b)));
      return { labels: sorted, keys: sorted.map(keyOf) };
    };
    const orders = [
      sortedBy((label) => JSON.stringify([nameOf(label), label.score])),
      sortedBy(nameOf),
      { labels, keys: [] },
    ];
    return { orders, objects };
  });
  const [a, b] = sides;
  const common = a.orders.findIndex(({ keys }, i) => equal(keys, b.orders[i].keys));
  return [
    [...a.orders[common].labels, ...a.objects],
    [...b.orders[common].labels, ...b.objects],
  ];
}

function categoryName({ categories }: CocoDataset, id: number): string | undefined {
  return categories.find((category) => category.id === id)?.name;
}

function captionTexts(dataset: CocoDataset, image: CocoImage): string[] {
  return captionsOf(dataset)
    .filter((caption) => caption.image_id === image.id)
    .map(({ caption }) => caption);
}

function impliedBox({ segmentation }: CocoAnnotation, image: CocoImage): number[] | undefined {
  if (segmentation === undefined) return undefined;
  if (Array.isArray(segmentation)) return pointsBbox(segmentation.flat());
  return rleBbox(rleFromSegmentation(segmentation, image.height, image.width));
}

/** Polygons as they are, run lengths in one notation. */
function canonicalMask(segmentation: CocoAnnotation['segmentation'], image: CocoImage): unknown {
  if (segmentation === undefined || Array.isArray(segmentation)) return segmentation;
  const { counts } = rleFromSegmentation(segmentation, image.height, image.width);
  return { size: segmentation.size, counts: Array.from(counts) };
}

/** Equal but for what arithmetic in doubles leaves behind. */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return fieldsOf(a, b).every((key) =>
    equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** `FUZZ_FACTOR=100 node --test …` looks a hundred times longer. */
const fuzzFactor = Number(process.env.FUZZ_FACTOR ?? 1);

/** The losses of writing and reading back, each once and sorted. */
export async function lossesOfRoundTrip(
  format: AnnotationFormat,
  dataset: CocoDataset,
  options?: WriteOptions,
): Promise<LossFeature[]> {
  const { writeLosses, read } = await roundTrip(format, dataset, options);
  return [...new Set([...writeLosses, ...read.losses].map(({ feature }) => feature))].sort();
}

/** Whatever a dataset holds: what the format does not give back, it has reported. */
export async function holdsLossesComplete(
  format: AnnotationFormat,
  datasets: fc.Arbitrary<CocoDataset>,
  options?: WriteOptions,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(datasets, async (dataset) => {
      const { read, writeLosses } = await roundTrip(format, dataset, options);
      const losses = [...writeLosses, ...read.losses];
      assert.deepEqual(unexplainedDifferences(dataset, read.dataset, losses), []);
    }),
    { numRuns: 300 * fuzzFactor },
  );
}

/** Datasets that the format can carry come back the same, and nothing is reported. */
export async function holdsLossless(
  format: AnnotationFormat,
  datasets: fc.Arbitrary<CocoDataset>,
  options?: WriteOptions,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(datasets, async (dataset) => {
      const { read, writeLosses } = await roundTrip(format, dataset, options);
      assert.deepEqual([...writeLosses, ...read.losses], []);
      assert.deepEqual(unexplainedDifferences(dataset, read.dataset, []), []);
      assert.equal(read.imagePaths.size, dataset.images.length);
    }),
    { numRuns: 300 * fuzzFactor },
  );
}

/** Damaged copies of the files either read or are refused with a CocoError, and the losses stay readable. */
export async function holdsUnderDamage(
  format: AnnotationFormat,
  files: ReadonlyMap<string, string>,
  imageSizes: ReadonlyMap<string, { width: number; height: number }>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(damaged(files, imageSizes), async (tree) => {
      await format.recognises(tree);
      try {
        const { dataset } = await format.read(tree);
        for (const image of dataset.images) assert.doesNotThrow(() => safePath(image.file_name));
        // What was read can be written again.
        for (const file of format.write(dataset).files) {
          if ('text' in file) await wholeText(file.text);
        }
      } catch (error) {
        if (!(error instanceof CocoError)) throw error;
      }
    }),
    { numRuns: 1000 * fuzzFactor },
  );
}
