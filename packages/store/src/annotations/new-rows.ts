// What every new row of an annotation needs: an id of its dataset, and the columns of its content as the database takes them.

import { sql } from 'kysely';
import { encodeJson } from '../database/json-codec.ts';
import type { Work } from '../datasets/revise.ts';
import type { AnnotationContent } from './annotation-record.ts';

/** Takes so many ids in a row for new annotations. @returns the first of them */
export async function takeAnnotationIds(
  { transaction, datasetId }: Pick<Work<never>, 'transaction' | 'datasetId'>,
  count: number,
): Promise<number> {
  const { firstId } = await transaction
    .updateTable('dataset')
    .set({ next_annotation_id: sql<number>`next_annotation_id + ${count}` })
    .where('id', '=', datasetId)
    .returning(sql<number>`next_annotation_id - ${count}`.as('firstId'))
    .executeTakeFirstOrThrow();
  return firstId;
}

const json = (value: unknown) => (value === null ? null : encodeJson(value));

/** The columns of a content, those of JSON encoded. */
export const insertedContent = (content: AnnotationContent) => ({
  ...content,
  segmentation: json(content.segmentation),
  attributes: json(content.attributes),
  extra: json(content.extra),
});
