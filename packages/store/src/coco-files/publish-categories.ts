// Finds or makes the dataset's category for each of a file's, and writes down which is which in `incoming_category`.

import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import { categoryFromCoco } from '../datasets/category-record.ts';
import type { Work } from '../datasets/revise.ts';
import type { StagedFile } from './staging.ts';

/**
 * A category is the same where the name is, and, among several of one name, where the id is too. A new one keeps the
 * file's id unless the dataset ever had another category under it.
 */
export async function publishCategories(
  { transaction, datasetId, revision }: Pick<Work<never>, 'transaction' | 'datasetId' | 'revision'>,
  file: StagedFile,
): Promise<{ added: number }> {
  const known = await transaction
    .selectFrom('category')
    .select(['category_id', 'name', 'position', 'retired'])
    .where('dataset_id', '=', datasetId)
    .execute();
  const live = known.filter(({ retired }) => retired === null);
  const takenIds = new Set(known.map(({ category_id }) => category_id));
  let nextId = Math.max(0, ...takenIds, ...file.categories.map(({ fileId }) => fileId ?? 0));
  let position = Math.max(-1, ...live.map((category) => category.position));

  const idOfFileId = new Map<number, number>();
  const claimed = new Set<number>();
  const rows = [];
  for (const [index, { fileId, fields }] of file.categories.entries()) {
    const content = categoryFromCoco(fields);
    if (content === null) {
      file.leftOut.add('category-without-name', `categories[${index}]`);
      continue;
    }
    const sameName = live.filter(
      ({ name, category_id }) => name === content.name && !claimed.has(category_id),
    );
    const same = sameName.find(({ category_id }) => category_id === fileId) ?? sameName[0];
    let categoryId = same?.category_id;
    if (categoryId === undefined) {
      categoryId = fileId !== null && !takenIds.has(fileId) ? fileId : ++nextId;
      takenIds.add(categoryId);
      rows.push({
        dataset_id: datasetId,
        category_id: categoryId,
        name: content.name,
        supercategory: content.supercategory,
        color: content.color,
        keypoints: content.keypoints,
        skeleton: content.skeleton === null ? null : encodeJson(content.skeleton),
        extra: encodeJson(content.extra),
        position: ++position,
        born: revision,
      });
    }
    claimed.add(categoryId);
    if (fileId !== null && !idOfFileId.has(fileId)) idOfFileId.set(fileId, categoryId);
  }
  for (let start = 0; start < rows.length; start += 1000) {
    await transaction
      .insertInto('category')
      .values(rows.slice(start, start + 1000))
      .execute();
  }
  if (file.isResults) for (const { category_id } of live) idOfFileId.set(category_id, category_id);
  await sql`
    create temporary table incoming_category on commit drop as
    select * from unnest(${[...idOfFileId.keys()]}::bigint[], ${[...idOfFileId.values()]}::bigint[])
      as pair (file_id, category_id)`.execute(transaction);
  if (rows.length > 0) {
    await sql`
      update dataset set next_category_id = greatest(next_category_id, ${Math.max(...takenIds) + 1}::bigint)
      where id = ${datasetId}`.execute(transaction);
  }
  return { added: rows.length };
}
