// When runs and models last changed, to see from time to time what is new.

import { sql } from 'kysely';
import { databaseOf, type Store } from '../database/store.ts';

export interface ChangeStamps {
  runs: ReadonlyMap<number, string>;
  models: ReadonlyMap<number, string>;
}

/** Two stamps of one thing differ where anything of it changed between. */
export async function changeStamps(store: Store): Promise<ChangeStamps> {
  const { rows } = await sql<{ of: 'run' | 'model'; id: number; stamp: string }>`
    select 'run' as of, id, changed_at::text as stamp from run
    union all select 'model', id, changed_at::text from model`.execute(databaseOf(store));
  const stampsOf = (of: 'run' | 'model') =>
    new Map(rows.filter((row) => row.of === of).map(({ id, stamp }) => [id, stamp]));
  return { runs: stampsOf('run'), models: stampsOf('model') };
}
