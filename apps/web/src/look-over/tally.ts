// What somebody has done to a picture, told from how it was and how it is: whatever keys it took, and whatever was taken
// back. Pure.

import type { AnnotationObject } from '@migaki/annotator';

export interface Tally {
  /** Proposals that were right as they were. */
  accepted: number;
  /** Proposals that were moved, reshaped or given another category. */
  corrected: number;
  rejected: number;
  /** Drawn where nothing was proposed. */
  added: number;
  /** Labels that were there already and are gone. */
  removed: number;
}

export const nothingDone: Tally = { accepted: 0, corrected: 0, rejected: 0, added: 0, removed: 0 };

type Known = Pick<AnnotationObject, 'state' | 'origin'>;
type Objects = { get(id: number): Known | undefined; keys(): Iterable<number> };

/** Negative where something was taken back that an earlier visit had done. */
export function tallyOf(before: Objects, after: Objects): Tally {
  const tally = { ...nothingDone };
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [stageOf(before.get(id)), stageOf(after.get(id))];
    if (was === is) continue;
    if (was === 'open' && is !== 'open') tally[fateOf(is)]++;
    else if (is === 'open' && was !== 'open') tally[fateOf(was)]--;
    else if (was === 'none') tally.added += is === 'rejected' ? 0 : 1;
    else if (is === 'none' || is === 'rejected') tally.removed++;
    else if (was === 'accepted') {
      tally.accepted--;
      tally.corrected++;
    }
  }
  return tally;
}

type Stage = 'none' | 'open' | 'accepted' | 'own' | 'rejected';

/** What a person changes is that person's own; whoever else it is from, a model or an imported file, it is as it was proposed. */
function stageOf(object: Known | undefined): Stage {
  if (object === undefined) return 'none';
  if (object.state === 'proposed') return 'open';
  if (object.state === 'rejected') return 'rejected';
  return object.origin === 'human' ? 'own' : 'accepted';
}

/** What has become of a proposal that is at this stage. */
function fateOf(stage: Exclude<Stage, 'open'>): 'accepted' | 'corrected' | 'rejected' {
  if (stage === 'accepted') return 'accepted';
  return stage === 'own' ? 'corrected' : 'rejected';
}

export const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, one) => ({
      accepted: sum.accepted + one.accepted,
      corrected: sum.corrected + one.corrected,
      rejected: sum.rejected + one.rejected,
      added: sum.added + one.added,
      removed: sum.removed + one.removed,
    }),
    nothingDone,
  );
