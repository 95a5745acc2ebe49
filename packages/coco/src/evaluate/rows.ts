// Which records of the two lists are evaluated, and in which order they are met: `getAnnIds` and
// `loadAnns` of pycocotools 2.0.11.

import type { CocoAnnotation, CocoResult } from '../types.ts';
import type { EvaluationParams } from './params.ts';
import { orderByKey } from './stable-order.ts';

/** One row per object. `image` and `category` are positions in the params' `imageIds` and `categoryIds`. */
export interface Rows {
  /** Position in the annotations or in the results. */
  readonly record: Int32Array;
  readonly image: Int32Array;
  readonly category: Int32Array;
}

/** Neighbouring rows. */
export interface RowRange {
  readonly first: number;
  readonly count: number;
}

export function* rowNumbers({ first, count }: RowRange): Generator<number> {
  for (let row = first; row < first + count; row++) yield row;
}

/**
 * The records of the pictures and categories that are evaluated, in the order of the file. A category
 * that is listed twice gives its objects two rows.
 * @param standIn which record is taken in the place of each, where it is not itself; see `standIns`
 */
export function rowsInScope(
  records: readonly (CocoAnnotation | CocoResult)[],
  params: EvaluationParams,
  standIn: Int32Array | null,
): Rows {
  const imagePosition = new Map(params.imageIds.map((id, position) => [id, position]));
  const categoryPositions = new Map<number, number[]>();
  for (const [position, id] of params.categoryIds.entries()) {
    const positions = categoryPositions.get(id);
    if (positions === undefined) categoryPositions.set(id, [position]);
    else positions.push(position);
  }

  const mostRows = Math.max(0, ...Array.from(categoryPositions.values(), (all) => all.length));
  const record = new Int32Array(records.length * mostRows);
  const image = new Int32Array(record.length);
  const category = new Int32Array(record.length);
  let count = 0;
  const take = (position: number) => {
    const { image_id, category_id } = records[position];
    const imageAt = imagePosition.get(image_id);
    const categoriesAt = categoryPositions.get(category_id);
    if (imageAt === undefined || categoriesAt === undefined) return;
    for (let i = 0; i < categoriesAt.length; i++) {
      record[count] = position;
      image[count] = imageAt;
      category[count] = categoriesAt[i];
      count++;
    }
  };

  if (standIn === null) {
    for (let position = 0; position < records.length; position++) take(position);
  } else {
    // Only the record that was met must be in scope to begin with; it is met picture by picture.
    const met = Int32Array.from(records.keys()).filter(
      (position) =>
        imagePosition.has(records[position].image_id) &&
        (!params.useCategories || categoryPositions.has(records[position].category_id)),
    );
    const images = Int32Array.from(records, ({ image_id }) => imagePosition.get(image_id) ?? 0);
    for (const position of orderByKey(met, images, params.imageIds.length)) {
      take(standIn[position]);
    }
  }
  return {
    record: record.subarray(0, count),
    image: image.subarray(0, count),
    category: category.subarray(0, count),
  };
}

/** How many records have a row. */
export function countRecords(rows: Rows, recordCount: number): number {
  const hasRow = new Uint8Array(recordCount);
  for (let row = 0; row < rows.record.length; row++) hasRow[rows.record[row]] = 1;
  let count = 0;
  for (let record = 0; record < recordCount; record++) count += hasRow[record];
  return count;
}

/**
 * For each annotation the one that pycocotools evaluates in its place: it looks annotations up by id,
 * and of those with the same id the last one answers, even for another picture. Null where ids are unique.
 */
export function standIns(annotations: readonly CocoAnnotation[]): Int32Array | null {
  const lastWithId = new Map<number, number>();
  for (let position = 0; position < annotations.length; position++) {
    lastWithId.set(annotations[position].id, position);
  }
  if (lastWithId.size === annotations.length) return null;
  return Int32Array.from(annotations, ({ id }) => lastWithId.get(id)!);
}

/** `rows` in the given order of its positions. */
export function permute(rows: Rows, order: Int32Array): Rows {
  const record = new Int32Array(order.length);
  const image = new Int32Array(order.length);
  const category = new Int32Array(order.length);
  for (let row = 0; row < order.length; row++) {
    record[row] = rows.record[order[row]];
    image[row] = rows.image[order[row]];
    category[row] = rows.category[order[row]];
  }
  return { record, image, category };
}
