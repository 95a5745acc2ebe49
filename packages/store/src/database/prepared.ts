// Statements that the database plans once for a connection instead of each time: of an edit, planning took 10 ms and running 4.

import { createHash } from 'node:crypto';
import { type Kysely, type KyselyPlugin, type RawNode, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

const mark = '/* prepared */ ';

/**
 * The same database, whose `sql` templates are planned once. Only for texts of which there are few, and which find few rows by
 * their keys whatever the values: a plan that is kept knows nothing of them.
 */
export function prepared<Of extends Kysely<Tables>>(database: Of): Of {
  return database.withPlugin(marking) as Of;
}

/**
 * The same for the rest of a transaction, and kept plans are used even where one for these very values looks cheaper: for a list
 * of keys PostgreSQL reckons with ten, so that it would plan each list of one anew.
 */
export async function preparedIn(transaction: Transaction<Tables>): Promise<Transaction<Tables>> {
  await sql`set local plan_cache_mode = force_generic_plan`.execute(transaction);
  return prepared(transaction);
}

const marking: KyselyPlugin = {
  transformQuery({ node }) {
    if (node.kind !== 'RawNode') return node;
    const [first, ...others] = (node as RawNode).sqlFragments;
    return { ...node, sqlFragments: [mark + first, ...others] };
  },
  transformResult: async ({ result }) => result,
};

const names = new Map<string, string>();

/** What a connection keeps the plan under; none for what is planned each time. */
export function preparedName(text: string): string | undefined {
  if (!text.startsWith(mark)) return undefined;
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}
