import { sql } from 'kysely';
import type { Work } from '../datasets/revise.ts';
import { trashedNames } from '../images/trashed-names.ts';
import type { StagedFile } from './staging.ts';

/** Leaves out of a staged file the images that lie in the trash, with all that it says of them. */
export async function passTrash(
  { transaction, datasetId }: Pick<Work<never>, 'transaction' | 'datasetId'>,
  file: StagedFile,
): Promise<void> {
  const { rows } = await sql<{ file_id: number | null; file_name: string }>`
    delete from staged_image s using (
      select distinct file_name from (${trashedNames(datasetId)}) as trashed
    ) as trashed
    where trashed.file_name = s.file_name
    returning s.file_id, s.file_name`.execute(transaction);
  if (rows.length === 0) return;
  for (const { file_name } of rows) file.leftOut.add('image-in-trash', file_name);
  const ids = rows.flatMap(({ file_id }) => file_id ?? []);
  const { numAffectedRows } = await sql`
    delete from staged_annotation
    where file_image_id = any(${ids}::bigint[])`.execute(transaction);
  file.annotationCount -= Number(numAffectedRows);
}
