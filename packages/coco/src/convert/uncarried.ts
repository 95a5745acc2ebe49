// Losses that need no look at shapes: fields, ids and sections which a format has no place for. Each writer
// states what its format carries; what the dataset has beyond that is reported.

import type { CocoDataset } from '../types.ts';
import { CategoryTable } from './category-table.ts';
import { captionsOf } from './conventions.ts';
import type { LossFeature, LossList } from './loss.ts';
import type { WritablePicture } from './writable-dataset.ts';

/** What a format has a place for, beyond pictures, category names and shapes. */
export interface Carried {
  /** Fields of pictures beyond `id`, `file_name`, `width` and `height`: `split` and such. */
  imageFields?: readonly string[];
  /** Fields of annotations beyond the shape: `score`, `attributes` and such. */
  annotationFields?: readonly string[];
  /** Fields of categories beyond `id` and `name`. */
  categoryFields?: readonly string[];
  /**
   * Names that the format's reader knows before it meets the first annotation, in its order. Without them the order is
   * that of first use.
   */
  categoryNames?: readonly string[];
  emptyPictures?: boolean;
  captions?: boolean;
}

/** Fields that belong to the shape: each writer reports itself what becomes of them. */
const shapeFields = new Set(
  'id image_id category_id bbox segmentation area iscrowd keypoints num_keypoints'.split(' '),
);

const featureOfAnnotationField: Record<string, LossFeature> = { score: 'scores' };
const featureOfCategoryField: Record<string, LossFeature> = {
  keypoints: 'skeleton',
  skeleton: 'skeleton',
};
const featureOfImageField: Record<string, LossFeature> = { split: 'splits' };

/**
 * Reports what of `dataset` has no place in the format.
 *
 * @param pictures All that will be written, in the order in which the format's reader will meet them; ids that
 *   differ from the reader's own count are reported.
 */
export function reportUncarried(
  dataset: CocoDataset,
  pictures: readonly WritablePicture[],
  carried: Carried,
  losses: LossList,
): void {
  for (const section of Object.keys(dataset)) {
    const isCarried = ['images', 'annotations', 'categories', 'captions'].includes(section);
    if (!isCarried && dataset[section] !== undefined) losses.add('info', section);
  }
  if (carried.captions !== true) {
    captionsOf(dataset).forEach((_, index) => {
      losses.add('captions', `captions[${index}]`);
    });
  }
  reportCategories(dataset, pictures, carried, losses);

  const imageFields = new Set([
    'id',
    'file_name',
    'width',
    'height',
    ...(carried.imageFields ?? []),
  ]);
  const annotationFields = new Set([...shapeFields, ...(carried.annotationFields ?? [])]);
  let imageId = 0;
  let annotationId = 0;
  for (const { image, annotations, captions, where } of pictures) {
    const isEmpty = annotations.length === 0 && !(carried.captions === true && captions.length > 0);
    if (isEmpty && carried.emptyPictures !== true) {
      losses.add('empty-pictures', where);
      continue;
    }
    imageId++;
    if (image.id !== imageId) losses.add('image-details', `${where}.id`);
    reportFields(image, imageFields, where, featureOfImageField, 'image-details', losses);
    for (const { annotation, where } of annotations) {
      annotationId++;
      if (annotation.id !== annotationId) losses.add('annotation-ids', where);
      reportFields(
        annotation,
        annotationFields,
        where,
        featureOfAnnotationField,
        'attributes',
        losses,
      );
    }
  }
}

function reportCategories(
  dataset: CocoDataset,
  pictures: readonly WritablePicture[],
  carried: Carried,
  losses: LossList,
): void {
  // What the reader will make of the names.
  const table = new CategoryTable();
  for (const name of carried.categoryNames ?? []) table.named(name);
  for (const { annotations } of pictures) {
    for (const { category } of annotations) table.named(category.name);
  }
  const fields = new Set(['id', 'name', ...(carried.categoryFields ?? [])]);
  dataset.categories.forEach((category, index) => {
    const where = `categories[${index}]`;
    if (!table.has(category.name)) losses.add('unused-categories', where);
    else if (table.named(category.name).id !== category.id) {
      losses.add('category-details', `${where}.id`);
    }
    reportFields(category, fields, where, featureOfCategoryField, 'category-details', losses);
  });
}

function reportFields(
  record: Record<string, unknown>,
  carried: ReadonlySet<string>,
  where: string,
  features: Record<string, LossFeature>,
  otherwise: LossFeature,
  losses: LossList,
): void {
  for (const field of Object.keys(record)) {
    if (record[field] === undefined || carried.has(field)) continue;
    losses.add(Object.hasOwn(features, field) ? features[field] : otherwise, `${where}.${field}`);
  }
}
