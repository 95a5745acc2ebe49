// Small datasets of which exactly one thing is out of the ordinary.

import type { CocoAnnotation, CocoCategory, CocoDataset, CocoImage } from '../../types.ts';

/** A box of that picture, with its area. */
export const box = {
  bbox: [10, 10, 20, 20] as [number, number, number, number],
  area: 400,
  iscrowd: 0 as const,
};

/** One picture of 100 × 50 pixels with one annotation, by default a box, and whatever is given instead. */
export function oneAnnotation(
  annotation: Partial<CocoAnnotation> = {},
  {
    image = {},
    category = {},
  }: { image?: Partial<CocoImage>; category?: Partial<CocoCategory> } = {},
): CocoDataset {
  const box = {
    bbox: [10, 10, 20, 20] as [number, number, number, number],
    area: 400,
    iscrowd: 0 as const,
  };
  const hasShape = ['bbox', 'segmentation', 'keypoints'].some((field) => field in annotation);
  return {
    images: [{ id: 1, file_name: 'a.jpg', width: 100, height: 50, ...image }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, ...(hasShape ? {} : box), ...annotation }],
    categories: [{ id: 1, name: 'cat', ...category }],
  };
}

/** The same with an annotation before it, so that whatever is lost of it moves the ordinary one up. */
export function withAnother(annotation: Partial<CocoAnnotation>): CocoDataset {
  const dataset = oneAnnotation();
  const [ordinary] = dataset.annotations;
  const other = { ...ordinary, ...annotation };
  for (const field of Object.keys(other)) if (other[field] === undefined) delete other[field];
  dataset.annotations = [other, { ...ordinary, id: 2 }];
  return dataset;
}

/** Polygons of that picture, with box and area that follow from them. */
export const square = {
  segmentation: [[10, 10, 30, 10, 30, 30, 10, 30]],
  bbox: [10, 10, 20, 20] as [number, number, number, number],
  area: 400,
  iscrowd: 0 as const,
};

export const squareAndTriangle = {
  segmentation: [...square.segmentation, [50, 10, 60, 10, 60, 20]],
  bbox: [10, 10, 50, 20] as [number, number, number, number],
  area: 450,
  iscrowd: 0 as const,
};
