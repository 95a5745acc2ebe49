// Answers that hold until the dataset changes, kept per store: counting a million rows again for every scroll of an
// unchanged dataset would be a waste. The dataset's stamp is part of the key, so another process cannot make them stale.

import { databaseOf, type Store } from '../database/store.ts';
import { recentAnswers } from './recent.ts';
import { stampOf } from './stamp.ts';

const MAX_REMEMBERED = 200;
const remembered = new WeakMap<Store, ReturnType<typeof recentAnswers<unknown>>>();

/**
 * The answer to a question about a dataset as it is now, asked of the database once per revision.
 *
 * @param question tells questions apart; JSON
 */
export async function rememberedAnswer<Answer>(
  store: Store,
  datasetId: number,
  question: unknown,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const stamp = await stampOf(databaseOf(store), datasetId);
  const answerOf = remembered.get(store) ?? recentAnswers(MAX_REMEMBERED);
  remembered.set(store, answerOf);
  return answerOf(JSON.stringify([datasetId, stamp, question]), ask) as Promise<Answer>;
}
