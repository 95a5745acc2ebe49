// Sends what the editor wants saved, and tells it what became of that.

import type { Failure, SaveAnswer, SaveRequest } from '@migaki/annotator';
import { failureOf } from '@migaki/annotator';
import { ApiError, type Edit } from '@migaki/api';
import { errorText } from '../../i18n/words.ts';
import { client, noteExpired } from '../../server/client.ts';

/** A network that swallows calls says nothing for minutes. The call is sent again under the same key. */
const patienceMillis = 20_000;

type Answer = { type: 'saved'; answer: SaveAnswer } | { type: 'save-failed'; failure: Failure };

export async function send(
  datasetId: number,
  sessionId: string,
  { key, edits }: SaveRequest,
): Promise<Answer> {
  try {
    const answer = await client.applyEdits(
      { params: { datasetId }, body: { key, sessionId, edits: [...edits] as Edit[] } },
      { signal: AbortSignal.timeout(patienceMillis) },
    );
    return { type: 'saved', answer };
  } catch (error) {
    return { type: 'save-failed', failure: failureFrom(error) };
  }
}

function failureFrom(error: unknown): Failure {
  if (!(error instanceof ApiError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'offline', code: 'unreachable', message };
  }
  // Who is logged out is asked to log in again, over the page.
  if (error.status === 401) noteExpired();
  return { ...failureOf(error), message: errorText(error) };
}
