// Sends what the editor wants saved, and tells it what became of that.

import type { Failure, SaveAnswer, SaveRequest } from '@migaki/annotator';
import type { Edit } from '@migaki/api';
import { saveCall } from '../../saving/save-call.ts';
import { client } from '../../server/client.ts';

type Answer = { type: 'saved'; answer: SaveAnswer } | { type: 'save-failed'; failure: Failure };

export async function send(
  datasetId: number,
  sessionId: string,
  { key, edits }: SaveRequest,
): Promise<Answer> {
  const body = { key, sessionId, edits: [...edits] as Edit[] };
  const result = await saveCall((options) =>
    client.applyEdits({ params: { datasetId }, body }, options),
  );
  return 'answer' in result
    ? { type: 'saved', answer: result.answer }
    : { type: 'save-failed', failure: result.failure };
}
