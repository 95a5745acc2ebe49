import { faultPhrase, phrase, type Words } from '@migaki/coco';
import { type Run, StoreError } from '@migaki/store';

/** Of a round whose training came to nothing: why, in the run's own words, where it has some. */
export const notTrained = (run: Pick<Run, 'name' | 'state' | 'error'>): StoreError =>
  new StoreError('run-state', {
    where: run.name,
    expected: phrase`a training that made a model`,
    found: whyNot(run),
    advice: phrase`The page of the run says more.`,
  });

function whyNot({ state, error }: Pick<Run, 'state' | 'error'>): Words {
  if (error !== null) {
    const said = error.fault === null ? error.message : faultPhrase(error.fault);
    return phrase`one that ended with: ${said}`;
  }
  return state === 'cancelled' ? phrase`one that was cancelled` : phrase`one that did not`;
}
