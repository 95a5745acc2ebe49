// What helps a run that has ended early. Pure.

import type { Run } from '@migaki/api';

/** From the same checkpoint with the same settings it would end in the same way. */
const needsOtherSettings: ReadonlySet<string> = new Set([
  'bad-setting',
  'nothing-to-learn',
  'bad-init',
  'not-a-model',
  'no-such-model',
  'out-of-memory',
  'loss-not-finite',
]);

/**
 * Whether a run can go on as it is, or needs other settings first; null for one that goes, is done, or is another program's.
 *
 * @example
 * nextStep(run) === 'change'; // its error is `bad-setting`
 */
export function nextStep({
  kind,
  state,
  error,
}: Pick<Run, 'kind' | 'state' | 'error'>): 'resume' | 'change' | null {
  if (kind !== 'training' || (state !== 'failed' && state !== 'cancelled')) return null;
  return state === 'failed' && needsOtherSettings.has(error?.code ?? '') ? 'change' : 'resume';
}
