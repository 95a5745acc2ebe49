// A call that saves something: it has its answer, or says why there is none and what that means for the queue it is in.

import { type Failure, failureOf } from '@migaki/annotator';
import { ApiError } from '@migaki/api';
import { errorText } from '../i18n/words.ts';
import { noteExpired } from '../server/client.ts';

/** A network that swallows calls says nothing for minutes. The call is sent again under the same key. */
const usualPatienceMillis = 20_000;

/** @param patienceMillis more where the server may be at work that long */
export async function saveCall<Answer>(
  call: (options: { signal: AbortSignal }) => Promise<Answer>,
  patienceMillis = usualPatienceMillis,
): Promise<{ answer: Answer } | { failure: Failure; error: unknown }> {
  try {
    return { answer: await call({ signal: AbortSignal.timeout(patienceMillis) }) };
  } catch (error) {
    return { failure: failureFrom(error), error };
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
