// What an object has to show for itself, as SQL over a row of `annotation`. An object may have several of them: a mask
// and a pose, a polygon that is a crowd.

import { type RawBuilder, sql } from 'kysely';

/** In the order of `image_tally.shape_counts`, to whose end new ones go. */
export const shapeNames = [
  'box',
  'rotated',
  'polygon',
  'mask',
  'keypoints',
  'crowd',
  'label',
  'caption',
] as const;
export type ShapeName = (typeof shapeNames)[number];

/**
 * SQL: whether a row of `alias` has the shape. `box`: nothing but a box. `rotated`: a turned box, which is a polygon in the
 * file and none here. `label`: a category of the whole picture.
 */
export function hasShape(alias: string, name: ShapeName): RawBuilder<boolean> {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  // The first characters say what it is: all of a mask need not be read for it.
  const outline = sql`coalesce(substring(${of('segmentation')}::text for 2), '')`;
  const isPolygon = sql`${outline} = '[['`;
  const isMask = sql<boolean>`${outline} like '{%'`;
  const isRotated = sql<boolean>`coalesce(${of('attributes')} ? 'rotation', false)`;
  const hasPoints = sql<boolean>`coalesce(${of('keypoints')} <> '{}', false)`;
  const hasBox = sql`${of('bbox_width')} is not null`;
  const hasMore = sql`(${isPolygon} or ${isMask} or ${hasPoints})`;
  const conditions: Record<ShapeName, RawBuilder<boolean>> = {
    box: sql`(${hasBox} and not ${hasMore})`,
    rotated: isRotated,
    polygon: sql`(${isPolygon} and not ${isRotated})`,
    mask: isMask,
    keypoints: hasPoints,
    crowd: sql`coalesce(${of('iscrowd')} = 1, false)`,
    label: sql`(${of('category_id')} is not null and not ${hasBox} and not ${hasMore})`,
    caption: sql`${of('caption')} is not null`,
  };
  return conditions[name];
}
