// Images and their annotations as the grid and the object view list them.

import { z } from 'zod';
import { route } from '../route.ts';
import {
  annotationState,
  datasetParams,
  id,
  imageParams,
  imageStatus,
  queryText,
  review,
  sha256,
  timestamp,
} from './common.ts';

const bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const rle = z.object({
  size: z.tuple([z.number().int(), z.number().int()]),
  counts: z.union([z.string(), z.array(z.number())]),
});
/** As COCO writes it; space: pixels of the picture. */
export const geometry = z.object({
  bbox: bbox.nullable(),
  segmentation: z.union([z.array(z.array(z.number())), rle]).nullable(),
  /** `[x, y, visibility, …]` */
  keypoints: z.array(z.number()).nullable(),
  iscrowd: z.union([z.literal(0), z.literal(1)]),
});

export const annotation = geometry.extend({
  id,
  imageId: id,
  /** Null for a caption. */
  categoryId: id.nullable(),
  area: z.number().nullable(),
  caption: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  score: z.number().nullable(),
  /** `human`, `import` or `model name@version`. */
  origin: z.string(),
  state: annotationState,
  author: z.string(),
  /** Revision since which the object is as it is. */
  born: z.number().int(),
  /** Who has looked at it as it is; null: nobody yet. */
  reviewed: review.nullable(),
});
export type Annotation = z.infer<typeof annotation>;

/** Enough to draw an object over a thumbnail. */
export const overlay = geometry.extend({
  id,
  categoryId: id.nullable(),
  score: z.number().nullable(),
  origin: z.string(),
  state: annotationState,
  /** Of what has no place in the picture. */
  caption: z.string().nullable(),
  /** Whether somebody has looked at it as it is. */
  isReviewed: z.boolean(),
  born: z.number().int(),
});
export type Overlay = z.infer<typeof overlay>;

export const imageSummary = z.object({
  id,
  fileName: z.string(),
  /** Null while the picture itself is missing. */
  sha256: sha256.nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  status: imageStatus,
  tags: z.array(z.string()),
  objectCount: z.number().int(),
  /** Of the objects, what models propose and nobody has decided on. */
  proposalCount: z.number().int(),
  /** Whether somebody has looked at the picture, and at everything on it as it is. */
  isReviewed: z.boolean(),
  /** Threads of comments that are not settled. */
  openCommentCount: z.number().int(),
});
export type ImageSummary = z.infer<typeof imageSummary>;

const strength = z.number().min(0).max(1);
/** What there is to doubt about the proposals on a picture, and how much. */
export const doubt = z.discriminatedUnion('reason', [
  /** A score is low. */
  z.object({ reason: z.literal('unsure'), strength, score: z.number() }),
  /** One object has two categories between which a model hardly decides. */
  z.object({ reason: z.literal('rival'), strength, categoryIds: z.array(id) }),
  /** One object is found twice. */
  z.object({ reason: z.literal('duplicate'), strength, categoryId: id.nullable() }),
  /** Models, or a model and what people have labelled, are not of one opinion. */
  z.object({ reason: z.literal('disagreement'), strength, others: z.array(z.string()) }),
  /** Of a category there are far more or fewer objects than usual. */
  z.object({
    reason: z.literal('count'),
    strength,
    categoryId: id,
    count: z.number().int(),
    usual: z.number().int(),
  }),
]);
export type Doubt = z.infer<typeof doubt>;

export const gridTile = imageSummary.extend({
  /** The largest objects first; at most 300, see `objectCount`. */
  overlays: z.array(overlay),
  /** The strongest first; none where nothing is proposed. */
  doubts: z.array(doubt),
});
export type GridTile = z.infer<typeof gridTile>;

export const image = imageSummary.extend({
  byteSize: z.number().int().nullable(),
  mediaType: z.string().nullable(),
  capturedAt: timestamp.nullable(),
  addedAt: timestamp,
  metadata: z.record(z.string(), z.unknown()),
  source: z.record(z.string(), z.unknown()).nullable(),
  /** In the trash, from where it can be restored. */
  isDeleted: z.boolean(),
  annotations: z.array(annotation),
  /** Who said that the whole picture is reviewed; see `isReviewed` for whether that still counts. */
  reviewed: review.nullable(),
  revision: z.number().int(),
});
export type Image = z.infer<typeof image>;

export const imageChanges = z.object({
  /** As of this revision. */
  revision: z.number().int(),
  status: imageStatus,
  tags: z.array(z.string()),
  /** In the trash, from where it can be restored. */
  isDeleted: z.boolean(),
  reviewed: review.nullable(),
  isReviewed: z.boolean(),
  /** Annotations that are new, otherwise or looked at since, rejected ones too. */
  annotations: z.array(annotation),
  removed: z.array(z.object({ annotationId: id, revision: z.number().int(), author: z.string() })),
});
export type ImageChanges = z.infer<typeof imageChanges>;

export const sortOrders = [
  'name',
  '-name',
  'added',
  '-added',
  'objects',
  '-objects',
  'score',
  '-score',
  '-doubt',
  'area',
  '-area',
  'captured',
  '-captured',
  'similar',
  'duplicates',
  '-outlier',
  'outlier',
  'next',
] as const;
/** How wrong a model was on each image in an evaluation: `-wrong(12)` has the most wrong first. */
const wrongOrder = z.templateLiteral([z.enum(['', '-']), 'wrong(', z.int().positive(), ')']);
export const sortOrder = z.union([z.enum(sortOrders), wrongOrder]).default('name');

/** Of objects: by when they came, by score, by area, by what a model sees in them. */
export const objectOrders = [
  'added',
  '-added',
  'score',
  '-score',
  'area',
  '-area',
  'similar',
  '-outlier',
  'outlier',
] as const;

/** A query and an order: what the address of the dataset view holds. */
const view = z.object({ q: queryText.default(''), sort: sortOrder });
/** `1,2,3`; at most 500. */
const ids = z
  .string()
  .regex(/^\d{1,16}(,\d{1,16}){0,499}$/, 'up to 500 ids with commas between them')
  .transform((text) => text.split(',').map(Number));
/** Positions count from 0 within the view, so that a scroll bar can jump. */
const window = view.extend({
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const namedCount = z.object({ value: z.string(), count: z.number().int() });
const facetOfObjects = z.object({
  value: z.string(),
  imageCount: z.number().int(),
  objectCount: z.number().int(),
});
/** From `from` on, up to `to` and without it. */
const bin = z.object({ from: z.number(), to: z.number(), count: z.number().int() });

/** Numbers named `count` are of images, or of objects where these were asked for; those of scores always of objects. */
export const facets = z.object({
  imageCount: z.number().int(),
  objectCount: z.number().int(),
  /** Images with each category, by category id, and how many objects these have. */
  categories: z.array(
    z.object({ categoryId: id, imageCount: z.number().int(), objectCount: z.number().int() }),
  ),
  statuses: z.array(namedCount),
  origins: z.array(namedCount),
  tags: z.array(namedCount),
  /** Images with objects of each state, and how many objects; those in use. */
  states: z.array(facetOfObjects),
  /** The same of shapes: `box`, `rotated`, `polygon`, `mask`, `keypoints`, `crowd`, `label`, `caption`. */
  shapes: z.array(facetOfObjects),
  /** `yes` and `no`. */
  reviewed: z.array(namedCount),
  /** Objects that nobody has looked at as they are, proposals among them. */
  unreviewedObjectCount: z.number().int(),
  /** `open` and `resolved`: with such threads. */
  comments: z.array(namedCount),
  scores: z.array(bin),
  objectsPerImage: z.array(bin),
  widths: z.array(bin),
});
export type Facets = z.infer<typeof facets>;

/** `metadata.score`: where an image as COCO files have it holds a number, and how many do. */
export const numberField = z.object({ name: z.string(), imageCount: z.number().int() });
export type NumberField = z.infer<typeof numberField>;

export const statistics = z.object({
  imageCount: z.number().int(),
  objectCount: z.number().int(),
  categories: z.array(
    z.object({ categoryId: id, imageCount: z.number().int(), objectCount: z.number().int() }),
  ),
  /** Square root of width × height of the boxes, pixels. */
  boxSides: z.array(bin),
  /** Width over height of the boxes. */
  boxAspects: z.array(bin),
  objectsPerImage: z.array(bin),
  /** Objects whose centre lies in each cell of a 16 × 16 raster over the picture, row by row. */
  centres: z.array(z.number().int()).length(256),
  /** Images that have both of two categories, among the most used; pairs that never meet are left out. */
  pairs: z.array(z.object({ a: id, b: id, imageCount: z.number().int() })),
  statuses: z.array(namedCount),
  tags: z.array(namedCount),
  /** Objects of each state, and with each shape; an object may have several. */
  states: z.array(namedCount),
  shapes: z.array(namedCount),
  /** `yes` and `no`: images. */
  reviewed: z.array(namedCount),
});
export type Statistics = z.infer<typeof statistics>;

/** A picture too large to be sent at once. Level 0 is the picture itself, each further one half as large, rounded up. */
export const pyramid = z.object({
  /** Pixels, after the EXIF orientation. */
  width: z.number().int(),
  height: z.number().int(),
  /** Pixels; tiles of the last column and row may be smaller. */
  tileSide: z.number().int(),
  /** The last level is one tile. */
  levelCount: z.number().int(),
  /** `making` takes some seconds for a large picture; then tiles are there at once. */
  state: z.enum(['ready', 'making']),
});
export type Pyramid = z.infer<typeof pyramid>;
const place = z.coerce.number().int().min(0).max(10_000);

export const imageRoutes = {
  listImages: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images',
    summary: 'A window of the images that match a query, with what to draw over them',
    permission: 'read',
    params: datasetParams,
    query: window.extend({
      /** `only` lists the images that were deleted and can be restored. */
      trash: z.enum(['no', 'only']).default('no'),
      /** `no` leaves the overlays empty, which makes the answer many times smaller and faster. */
      overlays: z.enum(['yes', 'no']).default('yes'),
    }),
    response: z.object({
      revision: z.number().int(),
      total: z.number().int(),
      items: z.array(gridTile),
    }),
  }),
  getGridTiles: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/grid-tiles',
    summary: 'Some images by their ids, also those in the trash, with what to draw over them',
    permission: 'read',
    params: datasetParams,
    query: z.object({ ids }),
    response: z.object({ items: z.array(gridTile) }),
  }),
  getMatching: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/matching',
    summary: 'Which of some images or objects match a query',
    permission: 'read',
    params: datasetParams,
    query: z.object({ q: queryText.default(''), of: z.enum(['images', 'objects']), ids }),
    response: z.object({ ids: z.array(id) }),
  }),
  listObjects: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/objects',
    summary: 'A window of the objects that match a query, each with its image',
    permission: 'read',
    params: datasetParams,
    query: window.extend({ sort: z.enum(objectOrders).default('added') }),
    response: z.object({
      revision: z.number().int(),
      total: z.number().int(),
      items: z.array(z.object({ annotation, image: imageSummary })),
    }),
  }),
  getImage: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId',
    summary: 'One image with all its annotations',
    permission: 'read',
    params: imageParams,
    query: z.object({
      /** `yes` lists what was rejected, too: it is kept, and can be accepted after all. */
      rejected: z.enum(['yes', 'no']).default('no'),
    }),
    response: image,
  }),
  getImageChanges: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId/changes',
    summary:
      'What became of one image and its annotations since a revision: little, however many there are',
    permission: 'read',
    params: imageParams,
    query: z.object({ since: id }),
    response: imageChanges,
  }),
  getNeighbours: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/images/:imageId/neighbours',
    summary: 'The images before and after one, within a query and its order',
    permission: 'read',
    params: imageParams,
    query: view,
    response: z.object({
      previous: id.nullable(),
      next: id.nullable(),
      /** Counted from 0; null where the image does not match the query. */
      position: z.number().int().nullable(),
      total: z.number().int(),
    }),
  }),
  getFacets: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/facets',
    summary: 'How many of the matching images, or objects, have each value of each filter',
    permission: 'read',
    params: datasetParams,
    query: z.object({
      q: queryText.default(''),
      /** `objects` counts the objects that match; the images are those that they are on. */
      of: z.enum(['images', 'objects']).default('images'),
    }),
    response: facets,
  }),
  listNumberFields: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/number-fields',
    summary: 'Which fields of the matching images hold numbers, the most used first',
    permission: 'read',
    params: datasetParams,
    query: z.object({ q: queryText.default('') }),
    response: z.object({ fields: z.array(numberField) }),
  }),
  getStatistics: route({
    method: 'GET',
    path: '/api/datasets/:datasetId/statistics',
    summary: 'Class balance, box sizes and shapes, objects per image, where objects lie',
    permission: 'read',
    params: datasetParams,
    query: z.object({ q: queryText.default('') }),
    response: statistics,
  }),
  getPicture: route({
    method: 'GET',
    path: '/api/pictures/:sha256',
    summary: 'A picture by its content: as it came, or at a size',
    permission: 'read',
    params: z.object({ sha256 }),
    query: z.object({
      /** Longer side in pixels. Nothing for the original. */
      size: z.enum(['128', '256', '512', '1024', '2048']).optional(),
    }),
    response: { stream: 'image/*' },
  }),
  getPyramid: route({
    method: 'GET',
    path: '/api/pictures/:sha256/pyramid',
    summary: 'How a picture is cut into tiles; asking makes them, where they are not there yet',
    permission: 'read',
    params: z.object({ sha256 }),
    response: pyramid,
  }),
  getTile: route({
    method: 'GET',
    path: '/api/pictures/:sha256/tiles/:level/:column/:row',
    summary: 'One tile of a picture; waits for it where the tiles are being made',
    permission: 'read',
    params: z.object({ sha256, level: place, column: place, row: place }),
    response: { stream: 'image/*' },
  }),
};
