// Answers that hold until the dataset changes, kept per store: counting a million rows again for every scroll of an
// unchanged dataset would be a waste. The dataset's stamp is part of the key, so another process cannot make them stale.

import { databaseOf, type Store } from '../database/store.ts';
import { stampOf } from './stamp.ts';

const MAX_REMEMBERED = 200;
const remembered = new WeakMap<Store, Map<string, Promise<unknown>>>();

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
  const answers = remembered.get(store) ?? new Map<string, Promise<unknown>>();
  remembered.set(store, answers);
  const key = JSON.stringify([datasetId, stamp, question]);
  const answer = (answers.get(key) as Promise<Answer> | undefined) ?? ask();
  // Moves to the end: the first one is always the longest unused.
  answers.delete(key);
  answers.set(key, answer);
  if (answers.size > MAX_REMEMBERED) answers.delete(answers.keys().next().value!);
  answer.catch(() => answers.delete(key));
  return answer;
}
