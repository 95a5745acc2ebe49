// Some images go from one dataset to another with their annotations and all that is known of them, in steps each of which is made
// once however often it is sent.

import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { CocoDataset } from '@migaki/coco';
import {
  addPictures,
  annotationsOfImages,
  applyEdits,
  batchesOf,
  type Category,
  carryReview,
  type Edit,
  endMistakes,
  getImages,
  type Image,
  imagesNamed,
  importCoco,
  type LiveAnnotation,
  type Store,
  type Transfer,
} from '@migaki/store';

export interface Batch {
  from: number;
  to: number;
  /** Kept with what is done over there. */
  transfer: Transfer;
  /** Of `from`; those that lie in the trash are passed over. */
  imageIds: readonly number[];
  /** Those of `from`, by their ids. */
  categories: ReadonlyMap<number, Category['coco']>;
  author: string;
  jobId: string;
  /** Names the batch for good: what was sent under it before is answered alike. */
  key: string;
}

/** What there was to copy, and how many of the images were new over there. */
export interface Copied {
  imageIds: number[];
  objectCount: number;
  addedCount: number;
}

export async function copyBatch(store: Store, batch: Batch): Promise<Copied> {
  const { from, to, transfer, categories, author, jobId } = batch;
  const found = await getImages(store, from, batch.imageIds);
  const images = found.filter(({ isDeleted }) => !isDeleted);
  const ids = images.map(({ imageId }) => imageId);
  if (ids.length === 0) return { imageIds: [], objectCount: 0, addedCount: 0 };
  const step = (name: string) => ({
    author,
    jobId,
    transfer,
    key: uuidOf(batch.key, name),
  });
  await endMistakes(store, from, ids, author);
  const annotations = await annotationsOfImages(store, from, ids, {
    states: ['accepted', 'proposed', 'rejected'],
  });
  const groups = Map.groupBy(annotations, ({ origin, state }) => `${state} ${origin}`);
  const parts = groups.size === 0 ? [['', []] as const] : [...groups];
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
  let addedCount = 0;
  for (const [name, part] of parts) {
    const { origin, state } = part[0] ?? {};
    const options = { ...step(name), origin, state };
    addedCount += (await importCoco(store, to, batchesOf(dataset(part)), options)).imagesAdded;
  }
  await addPictures(store, to, pictures(images, nameOf), step('pictures'));
  const idOf = await idsIn(store, to, nameOf);
  const edits = labels(images, idOf);
  if (edits.length > 0) await applyEdits(store, to, edits, step('labels'));
  const pairs = [...idOf].map(([source, target]) => ({ source, target }));
  await carryReview(store, { from, to, images: pairs }, step('review'));
  return { imageIds: ids, objectCount: annotations.length, addedCount };
}

/** A UUID that is the same whenever the same is sent again. */
export const uuidOf = (...parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

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
