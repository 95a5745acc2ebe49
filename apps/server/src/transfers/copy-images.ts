// Images go from one dataset to another with their annotations. Batch by batch, each of which is complete: what a
// crash leaves can be done again, and what has arrived is then found there.

import { extname } from 'node:path';
import { type CocoDataset, phrase } from '@migaki/coco';
import {
  addPictures,
  annotationsOfImages,
  applyBulkEdit,
  applyEdits,
  batchesOf,
  type ChangeContext,
  carryReview,
  type Edit,
  endMistakes,
  getDataset,
  getImages,
  type Image,
  type ImportOptions,
  imagePage,
  imagesNamed,
  importCoco,
  type LiveAnnotation,
  listCategories,
  type Revised,
  type Store,
  StoreError,
  type Target,
} from '@migaki/store';

const BATCH_SIZE = 500;

export interface Route {
  from: number;
  /** What of `from`: a query or the ids of images. */
  target: Target;
  to: number;
}

export interface CopyResult extends Revised {
  imageCount: number;
  objectCount: number;
  arrival: Arrival;
}

/** What was new over there, and the revisions that it came under. */
export interface Arrival {
  datasetId: number;
  revisions: number[];
  imageCount: number;
}

/**
 * @param isMove puts the images of `from` into the trash once all have arrived
 * @returns the revision of `from`, what there was to copy, and what of it was new
 * @throws StoreError `dataset-not-found`, `bad-query`, `bad-edit` for what cannot be copied
 */
export async function copyImages(
  store: Store,
  { from, target, to }: Route,
  context: ChangeContext,
  { isMove }: { isMove: boolean },
): Promise<CopyResult> {
  if (from === to || 'annotationIds' in target) {
    throw new StoreError('bad-edit', {
      expected: from === to ? phrase`another dataset` : phrase`a query or the ids of images`,
      found: from === to ? phrase`the same one` : phrase`the ids of annotations`,
    });
  }
  await getDataset(store, to);
  const categories = new Map(
    (await listCategories(store, from)).map(({ categoryId, coco }) => [categoryId, coco]),
  );
  const copied: number[] = [];
  const arrival: Arrival = { datasetId: to, revisions: [], imageCount: 0 };
  const note = ({ revision, isUnchanged }: Revised, imageCount = 0) => {
    if (!isUnchanged) arrival.revisions.push(revision);
    arrival.imageCount += imageCount;
  };
  let objectCount = 0;
  for await (const images of batchesOfTarget(store, from, target)) {
    const ids = images.map(({ imageId }) => imageId);
    await endMistakes(store, from, ids, context.author);
    const annotations = await annotationsOfImages(store, from, ids, {
      states: ['accepted', 'proposed', 'rejected'],
    });
    const nameOf = await namesIn(store, to, images);
    const author = { author: context.author };
    const dataset = (of: LiveAnnotation[]): CocoDataset => ({
      images: images.map((image) => ({
        ...image.coco,
        id: image.imageId,
        file_name: nameOf.get(image.imageId)!,
      })),
      annotations: of.map(({ coco }) => coco),
      categories: [...new Set(of.map(({ coco }) => coco.category_id))].flatMap(
        (id) => categories.get(id) ?? [],
      ),
    });
    const groups = Map.groupBy(annotations, ({ origin, state }) => `${state} ${origin}`);
    const add = async (part: LiveAnnotation[], of: Partial<ImportOptions> = {}) => {
      const added = await importCoco(store, to, batchesOf(dataset(part)), { ...author, ...of });
      note(added, added.imagesAdded);
    };
    if (groups.size === 0) await add([]);
    for (const group of groups.values()) {
      const [{ origin, state }] = group;
      await add(group, { origin, state });
    }
    note(await addPictures(store, to, pictures(images, nameOf), author));
    const idOf = await idsIn(store, to, nameOf);
    const edits = labels(images, idOf);
    if (edits.length > 0) note(await applyEdits(store, to, edits, author));
    const pairs = [...idOf].map(([source, target]) => ({ source, target }));
    note(await carryReview(store, { from, to, images: pairs }, author));
    for (const { imageId } of images) copied.push(imageId);
    objectCount += annotations.length;
  }
  const counts = { imageCount: copied.length, objectCount, arrival };
  if (!isMove || copied.length === 0) {
    return { ...counts, revision: (await getDataset(store, from)).revision, isUnchanged: true };
  }
  const removed = await applyBulkEdit(
    store,
    from,
    { imageIds: copied },
    { do: 'delete-images' },
    context,
  );
  return { ...counts, revision: removed.revision, isUnchanged: removed.isUnchanged };
}

async function* batchesOfTarget(
  store: Store,
  datasetId: number,
  target: Exclude<Target, { annotationIds: readonly number[] }>,
): AsyncGenerator<Image[]> {
  if ('imageIds' in target) {
    for (let start = 0; start < target.imageIds.length; start += BATCH_SIZE) {
      const ids = target.imageIds.slice(start, start + BATCH_SIZE);
      const images = (await getImages(store, datasetId, ids)).filter(({ isDeleted }) => !isDeleted);
      if (images.length > 0) yield images;
    }
    return;
  }
  let after: string | undefined;
  do {
    const page = await imagePage(store, datasetId, {
      query: target.query,
      after,
      limit: BATCH_SIZE,
    });
    if (page.images.length > 0) yield page.images;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** The name that each image gets: its own, unless another picture has that over there. */
async function namesIn(
  store: Store,
  datasetId: number,
  images: readonly Image[],
): Promise<Map<number, string>> {
  const own = images.map(({ fileName }) => fileName);
  const there = new Map(
    (await imagesNamed(store, datasetId, own)).map(({ fileName, sha256 }) => [fileName, sha256]),
  );
  return new Map(
    images.map(({ imageId, fileName, sha256 }) => {
      const other = there.get(fileName) ?? null;
      const isTaken = other !== null && sha256 !== null && other !== sha256;
      return [imageId, isTaken ? withSuffix(fileName, sha256.slice(0, 8)) : fileName];
    }),
  );
}

/** The id over there of each image. */
async function idsIn(
  store: Store,
  datasetId: number,
  nameOf: ReadonlyMap<number, string>,
): Promise<Map<number, number>> {
  const there = new Map(
    (await imagesNamed(store, datasetId, [...nameOf.values()])).map(({ fileName, imageId }) => [
      fileName,
      imageId,
    ]),
  );
  return new Map(
    [...nameOf].flatMap(([imageId, fileName]) => {
      const target = there.get(fileName);
      return target === undefined ? [] : [[imageId, target] as const];
    }),
  );
}

function withSuffix(fileName: string, suffix: string): string {
  const extension = extname(fileName);
  return `${fileName.slice(0, fileName.length - extension.length)}-${suffix}${extension}`;
}

function pictures(images: readonly Image[], nameOf: ReadonlyMap<number, string>) {
  return images.flatMap((image) => {
    const { sha256, byteSize, mediaType, width, height, capturedAt, metadata, source } = image;
    if (sha256 === null) return [];
    const fileName = nameOf.get(image.imageId)!;
    return {
      fileName,
      sha256,
      byteSize: byteSize ?? 0,
      mediaType: mediaType ?? 'application/octet-stream',
      width: width ?? 0,
      height: height ?? 0,
      capturedAt,
      metadata,
      source: source ?? undefined,
    };
  });
}

/** Status and tags, which are no part of a COCO file. */
function labels(images: readonly Image[], idOf: ReadonlyMap<number, number>): Edit[] {
  return images.flatMap(({ imageId, status, tags }): Edit[] => {
    const target = idOf.get(imageId);
    if (target === undefined) return [];
    return [
      ...(status === 'new' ? [] : [{ do: 'set-status' as const, imageId: target, status }]),
      ...(tags.length === 0 ? [] : [{ do: 'tag' as const, imageId: target, add: tags }]),
    ];
  });
}
