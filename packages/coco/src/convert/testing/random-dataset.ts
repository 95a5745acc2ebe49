// Random COCO datasets for the converters' property tests, by what they may hold.

import fc from 'fast-check';
import { rleFromBitmap } from '../../mask/rle.ts';
import { compressedFromRle } from '../../mask/rle-text.ts';
import type { CocoAnnotation, CocoDataset, CocoImage, Polygon } from '../../types.ts';
import { CategoryTable } from '../category-table.ts';
import { polygonsArea, polygonsBbox } from '../outline-measures.ts';
import { compareCodePoints } from '../safe-path.ts';

/** What the datasets may hold. */
export interface DatasetTraits {
  /** Annotations with a box alone. */
  boxes: boolean;
  /** Annotations with one polygon. */
  polygons: boolean;
  /** Annotations with several polygons. */
  parts: boolean;
  /** Annotations with a pixel mask, holes included. */
  masks: boolean;
  keypoints: boolean;
  /** Visibility 1 beside 0 and 2. */
  hiddenKeypoints: boolean;
  crowds: boolean;
  scores: boolean;
  attributes: boolean;
  pictureLabels: boolean;
  captions: boolean;
  splits: boolean;
  /** More decimals than `pixelDecimals`. */
  fineNumbers: boolean;
  /** Shapes that reach over the picture's edge. */
  outside: boolean;
  emptyPictures: boolean;
  /** Names of categories and pictures with spaces, quotes, commas, Japanese, slashes. */
  oddNames: boolean;
  /** `a.jpg` beside `a.png`. */
  sameStems: boolean;
  unusedCategories: boolean;
  categoryDetails: boolean;
  imageDetails: boolean;
  info: boolean;
  /** `bbox` and `area` that do not follow from the outline. */
  looseMeasures: boolean;
  /** Ids in no order. */
  oddIds: boolean;
}

const noTraits: DatasetTraits = {
  boxes: false,
  polygons: false,
  parts: false,
  masks: false,
  keypoints: false,
  hiddenKeypoints: false,
  crowds: false,
  scores: false,
  attributes: false,
  pictureLabels: false,
  captions: false,
  splits: false,
  fineNumbers: false,
  outside: false,
  emptyPictures: false,
  oddNames: false,
  sameStems: false,
  unusedCategories: false,
  categoryDetails: false,
  imageDetails: false,
  info: false,
  looseMeasures: false,
  oddIds: false,
};

/**
 * Datasets of every sort. Each has its own selection of traits: were all always on, every loss would always be
 * reported and excuse everything.
 */
export function anyDataset(): fc.Arbitrary<CocoDataset> {
  const traits = Object.fromEntries(
    Object.keys(noTraits).map((trait) => [trait, fc.boolean()]),
  ) as Record<keyof DatasetTraits, fc.Arbitrary<boolean>>;
  return fc.record(traits).chain(datasets);
}

/** Nothing but what is listed here is on. */
export function plainDataset(traits: Partial<DatasetTraits>): fc.Arbitrary<CocoDataset> {
  return datasets({ ...noTraits, ...traits });
}

/** The random choices for one annotation, before the picture that it lies in is known. */
interface Draft {
  kind: 'box' | 'polygon' | 'parts' | 'mask' | 'pictureLabel';
  /** Positions and lengths as shares of the picture. */
  shares: number[];
  category: number;
  isCrowd: boolean;
  visibilities: number[] | undefined;
  score: number | undefined;
  attributes: Record<string, unknown> | undefined;
  looseMeasures: boolean;
}

function datasets(traits: DatasetTraits): fc.Arbitrary<CocoDataset> {
  const kindByTrait: Record<string, Draft['kind']> = {
    boxes: 'box',
    polygons: 'polygon',
    parts: 'parts',
    masks: 'mask',
    pictureLabels: 'pictureLabel',
  };
  const kinds = Object.entries(kindByTrait)
    .filter(([trait]) => traits[trait as keyof DatasetTraits])
    .map(([, kind]) => kind);
  if (kinds.length === 0) kinds.push('box');

  const draft: fc.Arbitrary<Draft> = fc.record({
    kind: fc.constantFrom(...kinds),
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 }),
    category: fc.nat({ max: 2 }),
    isCrowd: traits.crowds ? fc.boolean() : fc.constant(false),
    visibilities: traits.keypoints
      ? fc.option(
          fc.array(fc.constantFrom(...(traits.hiddenKeypoints ? [0, 1, 2] : [0, 2])), {
            minLength: 3,
            maxLength: 3,
          }),
          { nil: undefined },
        )
      : fc.constant(undefined),
    score: traits.scores
      ? fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined })
      : fc.constant(undefined),
    attributes: traits.attributes
      ? fc.option(
          fc.dictionary(
            fc.constantFrom('occluded', 'truncated', '向き', 'note', 'description', 'group_id'),
            fc.oneof(
              fc.boolean(),
              fc.integer(),
              fc.string(),
              fc.constantFrom('', ' ', '1', 'true'),
            ),
          ),
          { nil: undefined },
        )
      : fc.constant(undefined),
    looseMeasures: traits.looseMeasures ? fc.boolean() : fc.constant(false),
  });
  const picture = fc.record({
    name: fc.constantFrom(...(traits.oddNames ? [...plainNames, ...oddNames] : plainNames)),
    extension: fc.constantFrom('.jpg', '.png', '.JPG'),
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 60 }),
    split: traits.splits
      ? fc.constantFrom(undefined, 'train', 'val', 'test', 'train2017')
      : fc.constant(undefined),
    captions: traits.captions ? fc.array(fc.string(), { maxLength: 2 }) : fc.constant([]),
    details: traits.imageDetails ? fc.boolean() : fc.constant(false),
    drafts: fc.array(draft, { minLength: traits.emptyPictures ? 0 : 1, maxLength: 4 }),
  });
  return fc
    .record({
      pictures: fc.uniqueArray(picture, {
        maxLength: 4,
        selector: traits.sameStems
          ? (entry) => entry.name + entry.extension
          : (entry) => entry.name.replaceAll('\\', '/').toLowerCase(),
      }),
      names: fc.uniqueArray(
        fc.constantFrom(
          ...(traits.oddNames ? [...plainCategories, ...oddCategories] : plainCategories),
        ),
        { minLength: 3, maxLength: 3 },
      ),
      details: traits.categoryDetails ? fc.boolean() : fc.constant(false),
      info: traits.info ? fc.boolean() : fc.constant(false),
      idOffset: traits.oddIds ? fc.nat({ max: 5 }) : fc.constant(0),
    })
    .map(({ pictures, names, details, info, idOffset }) => {
      const dataset: CocoDataset = { images: [], annotations: [], categories: [] };
      if (info)
        Object.assign(dataset, { info: { year: 2026 }, licenses: [{ id: 1, name: 'MIT' }] });
      dataset.categories = names.map((name, index) => ({
        // Backwards, so that an offset changes the order too.
        id: idOffset === 0 ? index + 1 : 10 * idOffset - index,
        name,
        ...(traits.keypoints && index < 2 && { keypoints: ['nose', '左目', 'right eye'] }),
        ...(details && { supercategory: 'thing', color: '#ff0000' }),
        ...(details &&
          traits.keypoints &&
          index < 2 && { skeleton: [[1, 2]] as [number, number][] }),
      }));
      const captions: unknown[] = [];
      for (const { name, extension, drafts, width, height, split, ...rest } of pictures) {
        const image: CocoImage = {
          id: dataset.images.length + 1 + idOffset,
          file_name: name + extension,
          width,
          height,
          ...(split !== undefined && { split }),
          ...(rest.details && { license: 1, date_captured: '2026-01-02', camera: { iso: 100 } }),
        };
        dataset.images.push(image);
        for (const caption of rest.captions) {
          captions.push({ id: captions.length + 1, image_id: image.id, caption });
        }
        for (const draft of drafts) {
          const id = dataset.annotations.length + 1 + idOffset;
          const category = dataset.categories[draft.category];
          const annotation: CocoAnnotation = { id, image_id: image.id, category_id: category.id };
          addShape(annotation, draft, image, traits);
          if (draft.visibilities !== undefined && category.keypoints !== undefined) {
            addKeypoints(annotation, draft, image, traits);
          }
          if (draft.score !== undefined) annotation.score = draft.score;
          if (draft.attributes !== undefined && Object.keys(draft.attributes).length > 0) {
            annotation.attributes = draft.attributes;
          }
          dataset.annotations.push(annotation);
        }
      }
      if (captions.length > 0) dataset.captions = captions;
      if (!traits.unusedCategories) {
        const used = new Set(dataset.annotations.map((annotation) => annotation.category_id));
        dataset.categories = dataset.categories.filter(({ id }) => used.has(id));
      }
      return dataset;
    });
}

const plainNames = ['a', 'b', 'c', 'd1', 'e_2'];
const oddNames = [
  '写真 一',
  'x/y/z',
  'it\'s, "quoted"',
  'x\\w',
  'dots.in.name',
  '100% & <b>',
  '𝒳',
  'train/t',
];
const plainCategories = ['cat', 'dog', 'RBC', 'white cell'];
const oddCategories = [
  '赤血球',
  'a, b: c',
  '"q"',
  "it's",
  '- x',
  '#1',
  'a/b',
  '..',
  'yes',
  '7',
  '',
  ' x ',
  'line\nbreak',
  '&<>',
];

function addShape(
  annotation: CocoAnnotation,
  draft: Draft,
  image: CocoImage,
  traits: DatasetTraits,
): void {
  const { shares, kind } = draft;
  if (kind === 'pictureLabel') return;
  const point = (index: number): Polygon => [
    pixel(shares[2 * index], image.width, traits),
    pixel(shares[2 * index + 1], image.height, traits),
  ];
  if (kind === 'box') {
    const [x0, y0] = point(0);
    const [x1, y1] = point(1);
    const decimals = traits.fineNumbers ? 15 : 6;
    annotation.bbox = [
      Math.min(x0, x1),
      Math.min(y0, y1),
      Number(Math.abs(x1 - x0).toFixed(decimals)),
      Number(Math.abs(y1 - y0).toFixed(decimals)),
    ];
    annotation.area = annotation.bbox[2] * annotation.bbox[3];
  } else if (kind === 'mask') {
    const { width, height } = image;
    const bitmap = new Uint8Array(width * height);
    for (let i = 0; i < bitmap.length; i++)
      bitmap[i] = (shares[i % 24] * 7919 * (i + 1)) % 3 > 1 ? 1 : 0;
    bitmap[0] = 1;
    const rle = rleFromBitmap(bitmap, height, width);
    annotation.segmentation = compressedFromRle(rle);
    const inside = [...bitmap.keys()].filter((i) => bitmap[i] === 1);
    const columns = inside.map((i) => i % width);
    const rows = inside.map((i) => Math.floor(i / width));
    annotation.bbox = [0, 0, 0, 0];
    annotation.bbox[0] = Math.min(...columns);
    annotation.bbox[1] = Math.min(...rows);
    annotation.bbox[2] = Math.max(...columns) - annotation.bbox[0] + 1;
    annotation.bbox[3] = Math.max(...rows) - annotation.bbox[1] + 1;
    annotation.area = inside.length;
  } else {
    const polygons = [[...point(0), ...point(1), ...point(2)]];
    if (kind === 'parts') polygons.push([...point(3), ...point(4), ...point(5), ...point(6)]);
    annotation.segmentation = polygons;
    annotation.bbox = polygonsBbox(polygons);
    annotation.area = polygonsArea(polygons);
  }
  annotation.iscrowd = draft.isCrowd ? 1 : 0;
  if (draft.looseMeasures) {
    annotation.bbox = [0, 0, image.width, image.height];
    annotation.area = 3;
  }
}

function addKeypoints(
  annotation: CocoAnnotation,
  draft: Draft,
  image: CocoImage,
  traits: DatasetTraits,
): void {
  if (draft.kind === 'pictureLabel') return;
  const shares = draft.shares.slice(14);
  annotation.keypoints = draft.visibilities!.flatMap((visibility, index) =>
    visibility === 0
      ? [0, 0, 0]
      : [
          pixel(shares[2 * index], image.width, traits),
          pixel(shares[2 * index + 1], image.height, traits),
          visibility,
        ],
  );
  annotation.num_keypoints = draft.visibilities!.filter((visibility) => visibility > 0).length;
}

/** From a share of the picture to a coordinate with the decimals and the reach that the traits allow. */
function pixel(share: number, length: number, traits: DatasetTraits): number {
  const reached = traits.outside && share > 0.9 ? share * 1.3 * length : share * length;
  return traits.fineNumbers ? reached : Number(reached.toFixed(share > 0.5 ? 6 : 2));
}

/**
 * The dataset as a reader would have numbered it: pictures by path, annotations picture by picture, categories in
 * the order of their first use, or as they are listed.
 */
export function inReadingOrder(
  dataset: CocoDataset,
  categoryOrder: 'listed' | 'first use',
  pathOf: (image: CocoImage) => string = (image) => image.file_name,
): CocoDataset {
  const images = [...dataset.images].sort((a, b) => compareCodePoints(pathOf(a), pathOf(b)));
  const annotations = images.flatMap((image) =>
    dataset.annotations.filter((annotation) => annotation.image_id === image.id),
  );
  const nameOf = new Map(dataset.categories.map((category) => [category.id, category.name]));
  const table = new CategoryTable();
  if (categoryOrder === 'listed') for (const { name } of dataset.categories) table.named(name);
  for (const annotation of annotations) table.named(nameOf.get(annotation.category_id)!);
  const captions = (dataset.captions ?? []) as { id: number; image_id: number }[];
  return {
    ...dataset,
    images: images.map((image, index) => ({ ...image, id: index + 1 })),
    annotations: annotations.map((annotation, index) => ({
      ...annotation,
      id: index + 1,
      image_id: 1 + images.findIndex((image) => image.id === annotation.image_id),
      category_id: table.named(nameOf.get(annotation.category_id)!).id,
    })),
    categories: dataset.categories
      .map((category) => ({ ...category, id: table.named(category.name).id }))
      .sort((a, b) => a.id - b.id),
    ...(captions.length > 0 && {
      captions: images
        .flatMap((image) => captions.filter((caption) => caption.image_id === image.id))
        .map((caption, index) => ({
          ...caption,
          id: index + 1,
          image_id: 1 + images.findIndex((image) => image.id === caption.image_id),
        })),
    }),
  };
}
