// What is measured of a box, as SQL over the aliases `a`, a row of `annotation`, and `image`. Charts and filters share it,
// so that a filter finds what its bar counted. Null for boxes without extent; sizes are held within what floats can take.

import { type RawBuilder, sql } from 'kysely';

const width = sql`least(a.bbox_width, 1e9)`;
const height = sql`least(a.bbox_height, 1e9)`;
const ofExtent = (value: RawBuilder<unknown>): RawBuilder<number | null> =>
  sql`case when a.bbox_width > 0 and a.bbox_height > 0 then ${value} end`;

/** Square pixels: of the outline where the annotation says so, else of the box. */
export const objectArea = sql<number | null>`coalesce(nullif(a.area, 'NaN'), case
  when a.bbox_width > 1e-9 and a.bbox_height > 1e-9 then ${width} * ${height}
  when a.bbox_width is not null then 0 end)`;

/** Square root of width × height, pixels. */
export const boxSide = ofExtent(sql`sqrt(${width}) * sqrt(${height})`);

/** Width over height. */
export const boxAspect = ofExtent(sql`least(${width} / greatest(${height}, 1e-9), 1e9)`);

/** Parts of the picture's width and height, 0 to 1: the middle of a box that hangs over an edge is taken to it. */
export const boxCentre = {
  x: centre(sql`a.bbox_x + a.bbox_width / 2`, sql`image.width`),
  y: centre(sql`a.bbox_y + a.bbox_height / 2`, sql`image.height`),
};

function centre(at: RawBuilder<unknown>, side: RawBuilder<unknown>) {
  return ofExtent(sql`case when ${side} > 0 then least(greatest((${at}) / ${side}, 0), 1) end`);
}
