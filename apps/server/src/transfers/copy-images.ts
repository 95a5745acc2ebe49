// Images go from one dataset to another with their annotations. Batch by batch, each of which is complete: what a
// crash leaves can be done again, and what has arrived is then found there.

import { createHash } from 'node:crypto';
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
  countAddedToKnown,
  createDataset,
  discardDatasetOfRevisions,
  type Edit,
  endMistakes,
  findDatasetOfKey,
  getDataset,
  getImages,
  type Image,
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
  /** One that is there, or one that is made. */
  into: { datasetId: number } | { newDataset: string };
}

export interface CopyResult extends Revised {
  imageCount: number;
  objectCount: number;
  /** Absent where there was nothing to copy, and so no dataset to make. */
  arrival?: Arrival;
}

/** What was new over there, and the revisions that it came under. */
export interface Arrival {
  datasetId: number;
  revisions: number[];
  imageCount: number;
  /** What images that were there lacked. */
  lacked: { objectCount: number; imageCount: number };
}

/**
 * Sent again under its key it goes on where it was, and answers alike. A dataset that is made for it goes again where not all
 * can come.
 *
 * @param isMove puts the images of `from` into the trash once all have arrived
 * @returns the revision of `from`, what there was to copy, and what of it was new
 * @throws StoreError `dataset-not-found`, `bad-query`, `bad-edit` for what cannot be copied; `bad-name`, `name-taken`
 */
export async function copyImages(
  store: Store,
  { from, target, into }: Route,
  context: ChangeContext,
  { isMove }: { isMove: boolean },
): Promise<CopyResult> {
  const isSame = 'datasetId' in into && into.datasetId === from;
  if (isSame || 'annotationIds' in target) {
    throw new StoreError('bad-edit', {
      expected: isSame ? phrase`another dataset` : phrase`a query or the ids of images`,
      found: isSame ? phrase`the same one` : phrase`the ids of annotations`,
    });
  }
  if ('datasetId' in into) await getDataset(store, into.datasetId);
  const categories = new Map(
    (await listCategories(store, from)).map(({ categoryId, coco }) => [categoryId, coco]),
  );
  const { author } = context;
  const copied: number[] = [];
  let arrival: Arrival | undefined;
  let objectCount = 0;
  const copyBatch = async (images: Image[]) => {
    const ids = images.map(({ imageId }) => imageId);
    const step = (name: string) => ({ author, key: keyOfStep(context.key, name, ids) });
    await endMistakes(store, from, ids, author);
    const annotations = await annotationsOfImages(store, from, ids, {
      states: ['accepted', 'proposed', 'rejected'],
    });
    const groups = Map.groupBy(annotations, ({ origin, state }) => `${state} ${origin}`);
    const parts = groups.size === 0 ? [['', []] as const] : [...groups];
    arrival ??= {
      datasetId:
        'datasetId' in into
          ? into.datasetId
          : await datasetFor(store, into.newDataset, step(parts[0][0]).key),
      revisions: [],
      imageCount: 0,
      lacked: { objectCount: 0, imageCount: 0 },
    };
    const { datasetId: to, revisions } = arrival;
    const note = ({ revision, isUnchanged }: Revised) => {
      if (!isUnchanged) revisions.push(revision);
    };
    const nameOf = await namesIn(store, to, images);
    const dataset = (of: readonly LiveAnnotation[]): CocoDataset => ({
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
    for (const [name, part] of parts) {
      const { origin, state } = part[0] ?? {};
      const options = { ...step(name), origin, state };
      const added = await importCoco(store, to, batchesOf(dataset(part)), options);
      note(added);
      arrival.imageCount += added.imagesAdded;
    }
    note(await addPictures(store, to, pictures(images, nameOf), step('pictures')));
    const idOf = await idsIn(store, to, nameOf);
    const edits = labels(images, idOf);
    if (edits.length > 0) note(await applyEdits(store, to, edits, step('labels')));
    const pairs = [...idOf].map(([source, target]) => ({ source, target }));
    note(await carryReview(store, { from, to, images: pairs }, step('review')));
    for (const { imageId } of images) copied.push(imageId);
    objectCount += annotations.length;
  };
  try {
    for await (const images of batchesOfTarget(store, from, target)) await copyBatch(images);
  } catch (error) {
    if (arrival !== undefined && 'newDataset' in into) {
      const { datasetId: id, revisions } = arrival;
      await discardDatasetOfRevisions(store, { id, name: into.newDataset }, revisions);
    }
    throw error;
  }
  if (arrival !== undefined && arrival.imageCount < copied.length) {
    const { datasetId, revisions } = arrival;
    const added = await countAddedToKnown(store, datasetId, revisions);
    arrival.lacked = { objectCount: added.annotationCount, imageCount: added.imageCount };
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

/** A UUID that is the same whenever the same is sent again; what was copied has changed where another one comes of it. */
function keyOfStep(
  key: string | undefined,
  name: string,
  imageIds: readonly number[],
): string | undefined {
  if (key === undefined) return undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify([key, name, imageIds]))
    .digest('hex');
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** @param key of the first that is brought into it: where it was sent before, the dataset is there */
async function datasetFor(store: Store, name: string, key: string | undefined): Promise<number> {
  const begun = key === undefined ? null : await findDatasetOfKey(store, name, key);
  return begun ?? (await createDataset(store, { name })).id;
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
