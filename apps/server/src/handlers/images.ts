// Windows of images and objects, one image, its neighbours, facets and statistics.

import type { GridTile } from '@migaki/api';
import {
  annotationStates,
  annotationsGoneWith,
  annotationsOfImages,
  commentsOf,
  countImages,
  countObjects,
  type DoubtedObject,
  datasetRevision,
  type FacetCounts,
  type Facets,
  type FacetsOf,
  facets,
  getImage,
  getImages,
  type Image,
  imageChanges,
  imageNeighbours,
  imagePage,
  type LiveAnnotation,
  matchingIds,
  numberFields,
  objectPage,
  pictureDoubts,
  type Store,
  statistics,
  usualCountsOf,
} from '@migaki/store';
import type { Handlers } from '../http/handlers.ts';
import type { PictureService } from '../pictures/picture-service.ts';
import type { TileService } from '../pictures/tile-service.ts';
import {
  annotation,
  commentThread,
  imageSummary,
  overlay,
  review,
  time,
  timeOrNull,
} from './answers.ts';

/** More than this no thumbnail shows; the tile's count tells that there are more. */
const maxOverlays = 300;

type ImageHandlers = Pick<
  Handlers,
  | 'listImages'
  | 'getGridTiles'
  | 'getMatching'
  | 'listObjects'
  | 'getImage'
  | 'getImageChanges'
  | 'getNeighbours'
  | 'getFacets'
  | 'listNumberFields'
  | 'getStatistics'
  | 'getPicture'
  | 'listComments'
  | 'getPyramid'
  | 'getTile'
>;

export function imageHandlers(
  store: Store,
  pictures: PictureService,
  tiles: TileService,
): ImageHandlers {
  return {
    listImages: async ({ params: { datasetId }, query }) => {
      const { q, sort, from, limit, trash, overlays } = query;
      const view = { query: q, sort, deleted: trash === 'only' };
      const [revision, { images }, total] = await Promise.all([
        datasetRevision(store, datasetId),
        imagePage(store, datasetId, { ...view, position: from, limit }),
        countImages(store, datasetId, view),
      ]);
      // What went with an image is counted nowhere: it has to be looked at.
      const items =
        overlays === 'yes' || trash === 'only'
          ? await gridTiles(store, datasetId, images)
          : images.map((image) => ({ ...imageSummary(image), overlays: [], doubts: [] }));
      const bare = (item: GridTile) => ({ ...item, overlays: [], doubts: [] });
      return { revision, total, items: overlays === 'yes' ? items : items.map(bare) };
    },

    getGridTiles: async ({ params: { datasetId }, query: { ids } }) => ({
      items: await gridTiles(store, datasetId, await getImages(store, datasetId, ids)),
    }),

    getMatching: async ({ params: { datasetId }, query: { q, of, ids } }) => ({
      ids: await matchingIds(store, datasetId, { query: q, of, ids }),
    }),

    listObjects: async ({ params: { datasetId }, query: { q, sort, from, limit } }) => {
      const view = { query: q, sort };
      const [revision, { objects }, total] = await Promise.all([
        datasetRevision(store, datasetId),
        objectPage(store, datasetId, { ...view, position: from, limit }),
        countObjects(store, datasetId, view),
      ]);
      const items = objects.map((object) => ({
        annotation: annotation(object),
        image: imageSummary(object.image),
      }));
      return { revision, total, items };
    },

    getImage: async ({ params: { datasetId, imageId }, query: { rejected } }) => {
      // First, so that a change in between is told again rather than missed.
      const revision = await datasetRevision(store, datasetId);
      const states = rejected === 'yes' ? annotationStates : undefined;
      const image = await getImage(store, datasetId, imageId);
      // In the trash it is seen as it was.
      const annotationsOf = image.isDeleted ? annotationsGoneWith : annotationsOfImages;
      const annotations = await annotationsOf(store, datasetId, [imageId], { states });
      return {
        ...imageSummary(image),
        byteSize: image.byteSize,
        mediaType: image.mediaType,
        capturedAt: timeOrNull(image.capturedAt),
        addedAt: time(image.addedAt),
        metadata: image.metadata,
        source: image.source,
        isDeleted: image.isDeleted,
        annotations: annotations.map(annotation),
        reviewed: review(image.reviewed),
        revision,
      };
    },

    getImageChanges: async ({ params: { datasetId, imageId }, query: { since } }) => {
      const revision = await datasetRevision(store, datasetId);
      const [image, { annotations, removed }] = await Promise.all([
        getImage(store, datasetId, imageId),
        imageChanges(store, datasetId, imageId, { since }),
      ]);
      const { status, tags, isReviewed } = imageSummary(image);
      return {
        revision,
        status,
        tags,
        isDeleted: image.isDeleted,
        reviewed: review(image.reviewed),
        isReviewed,
        annotations: annotations.map(annotation),
        removed,
      };
    },

    getNeighbours: async ({ params: { datasetId, imageId }, query: { q, sort } }) => {
      const neighbours = await imageNeighbours(store, datasetId, imageId, { query: q, sort });
      const { previousId: previous, nextId: next, position, total } = neighbours;
      return { previous, next, position, total };
    },

    getFacets: async ({ params: { datasetId }, query: { q, of } }) => {
      const found = await facets(store, datasetId, { query: q, of });
      const count = countOf(of);
      return {
        imageCount: found.imageCount,
        objectCount: found.objectCount,
        categories: found.categories.map(({ categoryId, imageCount, objectCount }) => ({
          categoryId,
          imageCount,
          objectCount,
        })),
        statuses: statusCounts(found, of),
        origins: found.origins.map((each) => ({ value: each.origin, count: count(each) })),
        tags: tagCounts(found, of),
        states: stateCounts(found),
        shapes: shapeCounts(found),
        reviewed: reviewedCounts(found, of),
        unreviewedObjectCount: found.reviewed.unreviewedObjectCount,
        comments: Object.entries(found.comments).map(([value, counts]) => ({
          value,
          count: count(counts),
        })),
        scores: found.scores.map(({ from, to, objectCount }) => ({ from, to, count: objectCount })),
        objectsPerImage: wholeBins(found, of),
        widths: found.widths.map(({ from, to, ...counts }) => ({ from, to, count: count(counts) })),
      };
    },

    listNumberFields: async ({ params: { datasetId }, query: { q } }) => ({
      fields: await numberFields(store, datasetId, { query: q }),
    }),

    getStatistics: async ({ params: { datasetId }, query: { q } }) => {
      const [counted, found] = await Promise.all([
        statistics(store, datasetId, { query: q }),
        facets(store, datasetId, { query: q }),
      ]);
      return {
        imageCount: found.imageCount,
        objectCount: counted.objectCount,
        categories: counted.categories.flatMap(({ categoryId, imageCount, objectCount }) =>
          categoryId === null ? [] : [{ categoryId, imageCount, objectCount }],
        ),
        boxSides: counted.boxSides,
        boxAspects: counted.boxAspects,
        objectsPerImage: wholeBins(found, 'images'),
        centres: counted.centres,
        pairs: counted.pairs,
        statuses: statusCounts(found, 'images'),
        tags: tagCounts(found, 'images'),
        states: counted.states.map(({ state: value, count }) => ({ value, count })),
        shapes: counted.shapes.map(({ shape: value, count }) => ({ value, count })),
        reviewed: reviewedCounts(found, 'images'),
      };
    },

    listComments: async ({ params: { datasetId, imageId } }) => {
      await getImage(store, datasetId, imageId);
      return { threads: (await commentsOf(store, datasetId, imageId)).map(commentThread) };
    },

    getPicture: async ({ params, query }, { reply }) => {
      const { stream, mediaType, byteSize } = await pictures.open(
        params.sha256,
        query.size && Number(query.size),
      );
      reply.headers(picturesHeaders(mediaType, byteSize));
      return stream;
    },

    getPyramid: ({ params: { sha256 } }) => tiles.pyramid(sha256),

    getTile: async ({ params: { sha256, ...place } }, { reply }) => {
      const { bytes, mediaType } = await tiles.tile(sha256, place);
      reply.headers(picturesHeaders(mediaType, bytes.length));
      return bytes;
    },
  };
}

const picturesHeaders = (mediaType: string, byteSize: number) => ({
  'content-type': mediaType,
  'content-length': byteSize,
  // Content under its own hash never changes.
  'cache-control': 'private, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
});

async function gridTiles(
  store: Store,
  datasetId: number,
  images: readonly Image[],
): Promise<GridTile[]> {
  const [gone = [], there = []] = [true, false].map((isDeleted) =>
    images.filter((image) => image.isDeleted === isDeleted).map(({ imageId }) => imageId),
  );
  const [live, goneToo, usual] = await Promise.all([
    annotationsOfImages(store, datasetId, there),
    annotationsGoneWith(store, datasetId, gone),
    usualCountsOf(store, datasetId),
  ]);
  const byImage = Map.groupBy([...live, ...goneToo], ({ imageId }) => imageId);
  return images.map((image) => {
    const objects = byImage.get(image.imageId) ?? [];
    return {
      ...imageSummary(image),
      ...(image.isDeleted && {
        objectCount: objects.length,
        proposalCount: objects.filter(({ state }) => state === 'proposed').length,
      }),
      doubts: pictureDoubts(objects.map(doubted), usual),
      overlays: largestFirst(objects).slice(0, maxOverlays).map(overlay),
    };
  });
}

const doubted = ({ coco, origin, state }: LiveAnnotation): DoubtedObject => ({
  categoryId: coco.category_id ?? null,
  bbox: coco.bbox ?? null,
  score: coco.score ?? null,
  origin,
  state,
});

const countOf =
  (of: FacetsOf) =>
  ({ imageCount, objectCount }: FacetCounts): number =>
    of === 'images' ? imageCount : objectCount;
const statusCounts = ({ statuses }: Facets, of: FacetsOf) =>
  Object.entries(statuses).map(([value, counts]) => ({ value, count: countOf(of)(counts) }));
const stateCounts = ({ states }: Facets) =>
  states.map(({ state: value, ...counts }) => ({ value, ...counts }));
const shapeCounts = ({ shapes }: Facets) =>
  shapes.map(({ shape: value, ...counts }) => ({ value, ...counts }));
function reviewedCounts(found: Facets, of: FacetsOf) {
  const { imageCount, unreviewedObjectCount } = found.reviewed;
  const all = countOf(of)(found);
  const yes = of === 'images' ? imageCount : all - unreviewedObjectCount;
  return [
    { value: 'yes', count: yes },
    { value: 'no', count: all - yes },
  ];
}
const tagCounts = ({ tags }: Facets, of: FacetsOf) =>
  tags.map(({ tag: value, ...counts }) => ({ value, count: countOf(of)(counts) }));
/** The store names the last number of a bin, the API the first after it. */
const wholeBins = ({ objectsPerImage }: Facets, of: FacetsOf) =>
  objectsPerImage.map(({ from, to, ...counts }) => ({
    from,
    to: to + 1,
    count: countOf(of)(counts),
  }));

const areaOf = ({ coco }: LiveAnnotation): number =>
  coco.area ?? (coco.bbox ? coco.bbox[2] * coco.bbox[3] : 0);
const largestFirst = (annotations: LiveAnnotation[]): LiveAnnotation[] =>
  annotations.sort((a, b) => areaOf(b) - areaOf(a));
