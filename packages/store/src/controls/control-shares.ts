// How much of a dataset takes part in a measurement. One that is under way goes on until somebody ends it.

import { encodeJson } from '../database/json-codec.ts';
import { databaseOf, type Store } from '../database/store.ts';
import type { ControlShares } from '../database/tables.ts';

/** Those that were asked for last; zero where nobody has asked for any, or somebody has ended it. */
export async function controlShares(store: Store, datasetId: number): Promise<ControlShares> {
  const row = await databaseOf(store)
    .selectFrom('dataset')
    .select('control_shares')
    .where('id', '=', datasetId)
    .executeTakeFirst();
  return row?.control_shares ?? { controls: 0, mistakes: 0 };
}

/**
 * With which shares proposals come now: as asked, which the next ones go on with, else as before.
 *
 * @param asked where one of the two is given, the other one is none
 */
export async function measureWith(
  store: Store,
  datasetId: number,
  asked: { readonly [Name in keyof ControlShares]?: number | undefined },
): Promise<ControlShares> {
  if (asked.controls === undefined && asked.mistakes === undefined) {
    return controlShares(store, datasetId);
  }
  const { controls = 0, mistakes = 0 } = asked;
  const shares: ControlShares = { controls, mistakes };
  await databaseOf(store)
    .updateTable('dataset')
    .set({ control_shares: encodeJson(shares) })
    .where('id', '=', datasetId)
    .execute();
  return shares;
}
