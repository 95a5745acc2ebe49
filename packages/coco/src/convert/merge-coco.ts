// Several COCO files as one dataset: the splits of one dataset, and the kinds of annotation (instances,
// keypoints, captions) that COCO keeps in files of their own.

import { jsonText } from '../file/write-coco.ts';
import { phrase } from '../phrase.ts';
import type {
  CaptionAnnotation,
  CocoAnnotation,
  CocoCategory,
  CocoDataset,
  CocoImage,
} from '../types.ts';
import { captionsOf } from './conventions.ts';
import type { LossList } from './loss.ts';
import { joinPath } from './safe-path.ts';

/** What one file says. */
export interface CocoPart {
  path: string;
  /** Files of the same split describe the same pictures. */
  split: string | undefined;
  dataset: CocoDataset;
}

/**
 * Pictures are the same when split and file name are, categories when the name is, annotations when picture, category
 * and id are. Ids are kept where they are free; else the next free one is taken and reported.
 */
export function mergedParts(parts: readonly CocoPart[], losses: LossList): CocoDataset {
  const merge: Merge = {
    losses,
    dataset: { images: [], annotations: [], categories: [] },
    captions: [],
    freeImageId: idAllocator(parts.flatMap((part) => part.dataset.images)),
    freeAnnotationId: idAllocator(parts.flatMap((part) => part.dataset.annotations)),
    freeCategoryId: idAllocator(parts.flatMap((part) => part.dataset.categories)),
    imageByKey: new Map(),
    takenNames: new Set(),
    categoryByName: new Map(),
    annotationByKey: new Map(),
  };
  for (const part of parts) {
    const imageIds = addImages(merge, part);
    const categoryIds = addCategories(merge, part);
    addAnnotations(merge, part, imageIds, categoryIds);
    addCaptions(merge, part, imageIds);
    addSections(merge, part);
  }
  if (merge.captions.length > 0) merge.dataset.captions = merge.captions;
  return merge.dataset;
}

interface Merge {
  losses: LossList;
  dataset: CocoDataset;
  captions: CaptionAnnotation[];
  freeImageId: (wanted: number) => number;
  freeAnnotationId: (wanted: number) => number;
  freeCategoryId: (wanted: number) => number;
  /** By split and name. */
  imageByKey: Map<string, CocoImage>;
  takenNames: Set<string>;
  categoryByName: Map<string, CocoCategory>;
  /** By picture, category and own id. */
  annotationByKey: Map<string, CocoAnnotation>;
}

/** The file's ids → the dataset's. */
type NewIds = Map<number, number>;

function addImages(merge: Merge, { path, split, dataset }: CocoPart): NewIds {
  const newIds: NewIds = new Map();
  const seen = new Set<CocoImage>();
  dataset.images.forEach((image, index) => {
    const where = `${path} images[${index}]`;
    const key = JSON.stringify([split, image.file_name]);
    let known = merge.imageByKey.get(key);
    if (known === undefined) {
      known = { ...image, id: merge.freeImageId(image.id) };
      if (split !== undefined) known.split ??= split;
      if (merge.takenNames.has(image.file_name)) {
        known.file_name = joinPath(split ?? path, image.file_name);
        merge.losses.add('file-names', where);
      }
      merge.takenNames.add(known.file_name);
      merge.imageByKey.set(key, known);
      merge.dataset.images.push(known);
    } else {
      if (seen.has(known)) merge.losses.add('image-details', phrase`${where}: listed twice`);
      Object.assign(known, { ...image, id: known.id, file_name: known.file_name });
    }
    if (known.id !== image.id) merge.losses.add('image-details', `${where}.id`);
    seen.add(known);
    newIds.set(image.id, known.id);
  });
  return newIds;
}

function addCategories(merge: Merge, { path, dataset }: CocoPart): NewIds {
  const newIds: NewIds = new Map();
  dataset.categories.forEach((category, index) => {
    let known = merge.categoryByName.get(category.name);
    if (known === undefined) {
      known = { ...category, id: merge.freeCategoryId(category.id) };
      merge.categoryByName.set(category.name, known);
      merge.dataset.categories.push(known);
    } else {
      // A keypoints file says more of the category than an instances file.
      Object.assign(known, { ...category, id: known.id });
    }
    if (known.id !== category.id) {
      merge.losses.add('category-details', `${path} categories[${index}].id`);
    }
    newIds.set(category.id, known.id);
  });
  return newIds;
}

function addAnnotations(
  merge: Merge,
  { path, dataset }: CocoPart,
  imageIds: NewIds,
  categoryIds: NewIds,
): void {
  dataset.annotations.forEach((annotation, index) => {
    const where = `${path} annotations[${index}]`;
    const image_id = imageIds.get(annotation.image_id);
    const category_id = categoryIds.get(annotation.category_id);
    if (image_id === undefined || category_id === undefined) {
      const what = image_id === undefined ? 'picture' : 'category';
      merge.losses.add('unusable-records', phrase`${where}: its ${what} is missing`);
      return;
    }
    const key = `${image_id} ${category_id} ${annotation.id}`;
    const known = merge.annotationByKey.get(key);
    if (known !== undefined) {
      Object.assign(known, { ...annotation, id: known.id, image_id, category_id });
      return;
    }
    const id = merge.freeAnnotationId(annotation.id);
    const added = { ...annotation, id, image_id, category_id };
    if (id !== annotation.id) merge.losses.add('annotation-ids', where);
    merge.annotationByKey.set(key, added);
    merge.dataset.annotations.push(added);
  });
}

function addCaptions(merge: Merge, { path, dataset }: CocoPart, imageIds: NewIds): void {
  for (const caption of captionsOf(dataset)) {
    const image_id = imageIds.get(caption.image_id);
    if (image_id === undefined) {
      merge.losses.add('unusable-records', phrase`${path}: caption ${caption.id} has no picture`);
    } else {
      merge.captions.push({ ...caption, id: merge.captions.length + 1, image_id });
    }
  }
}

/** `info`, `licenses` and the like: the first file's stand. */
function addSections(merge: Merge, { path, dataset }: CocoPart): void {
  for (const [section, value] of Object.entries(dataset)) {
    if (['images', 'annotations', 'categories', 'captions'].includes(section)) continue;
    if (!Object.hasOwn(merge.dataset, section)) merge.dataset[section] = value;
    else if (jsonText(merge.dataset[section]) !== jsonText(value)) {
      merge.losses.add('info', `${path} ${section}`);
    }
  }
}

/** Gives each record its own id, or one above all where that is taken. */
function idAllocator(records: readonly { id: number }[]): (wanted: number) => number {
  const taken = new Set<number>();
  let next = records.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  return (wanted) => {
    const id = taken.has(wanted) || !Number.isSafeInteger(wanted) ? next++ : wanted;
    taken.add(id);
    return id;
  };
}
