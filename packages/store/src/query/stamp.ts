// Tells whether what was read of a dataset still holds.

import { sql } from 'kysely';
import type { Database } from '../database/store.ts';

/** The same stamp, the same dataset: a restored backup is another table, in which revisions are counted anew. */
export interface Stamp {
  revision: number;
  table: number;
}

/** Revision 0 for a dataset that is not there. */
export async function stampOf(database: Database, datasetId: number): Promise<Stamp> {
  const { rows } = await sql<Stamp>`
    select revision, tableoid as table from dataset where id = ${datasetId}`.execute(database);
  return rows[0] ?? { revision: 0, table: 0 };
}
