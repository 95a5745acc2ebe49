// What a model found, in a temporary table: a file of results may be larger than memory and name its pictures in any order,
// while proposals are replaced picture by picture. The table is gone with its connection, so a crash leaves nothing behind.

import { sql } from 'kysely';
import { copyIn, copyLine } from '../database/copy-in.ts';
import { encodeJson } from '../database/json-codec.ts';
import { type Store, withConnection } from '../database/store.ts';

export interface StagedResult {
  /** Where it stands in its file. */
  readonly position: number;
  /** What the file calls the picture. */
  readonly picture: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface StagedResults {
  add(results: readonly StagedResult[]): Promise<void>;
  /** How many results there are of each picture. To be asked once all are added, which makes `of` quick. */
  countByPicture(): Promise<Map<string, number>>;
  /** Those of some pictures, in the order of the file. */
  of(pictures: readonly string[]): Promise<StagedResult[]>;
}

/** @example withStagedResults(store, async (staged) => { await staged.add(results); … }) */
export function withStagedResults<Result>(
  store: Store,
  work: (staged: StagedResults) => Promise<Result>,
): Promise<Result> {
  return withConnection(store, async ({ db, client }) => {
    await sql`drop table if exists staged_result`.execute(db);
    await sql`create temporary table staged_result (position bigint, picture text collate "C", fields json)`.execute(
      db,
    );
    const result = await work({
      async add(results) {
        if (results.length === 0) return;
        const lines = results.map(({ position, picture, fields }) =>
          copyLine([position, picture, encodeJson(fields)]),
        );
        await copyIn(client, 'staged_result (position, picture, fields)', lines.join(''));
      },
      async countByPicture() {
        await sql`create index on staged_result (picture)`.execute(db);
        await sql`analyze staged_result`.execute(db);
        const { rows } = await sql<{ picture: string; count: number }>`
          select picture, count(*)::int as count from staged_result
          group by picture order by min(position)`.execute(db);
        return new Map(rows.map(({ picture, count }) => [picture, count]));
      },
      async of(pictures) {
        const { rows } = await sql<StagedResult>`
          select position, picture, fields from staged_result
          where picture = any(${[...pictures]}::text[]) order by position`.execute(db);
        return rows;
      },
    });
    await sql`drop table staged_result`.execute(db);
    return result;
  });
}
