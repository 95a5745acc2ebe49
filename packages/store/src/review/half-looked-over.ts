import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';
import { visibleAt } from '../datasets/visibility.ts';

/**
 * The images that a revision sees looked over by half: proposals wait on them, and all that is accepted was proposed, too. So it is
 * where many proposals were accepted at once, above a score. Somebody may have said otherwise of them, by their status or a mark.
 */
export async function halfLookedOver(
  store: Store,
  datasetId: number,
  revision: number,
): Promise<Set<number>> {
  const isModels = sql`a.origin like 'model %'`;
  const { rows } = await sql<{ ids: string | null }>`
    select string_agg(image_id::text, ' ') as ids from (
      select image_id from annotation a
      where a.dataset_id = ${datasetId} and a.section = 'annotations' and ${visibleAt('a', revision)}
      group by image_id
      having bool_or(a.state = 'proposed') and bool_or(a.state = 'accepted')
        and bool_and(a.state <> 'accepted' or ${isModels})
    ) as half`.execute(databaseOf(store));
  return new Set(rows[0].ids?.split(' ').map(Number));
}
