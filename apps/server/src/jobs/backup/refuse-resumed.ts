import { type JobContext, StoreError } from '@migaki/store';

/**
 * A backup or restore whose process ended is not begun anew by itself: whoever asked for it is gone, and must not find
 * a file, or other data, some day that nobody expects any more.
 *
 * @throws StoreError `job-state`
 */
export function refuseResumed({ attempt }: JobContext, what: string, consequence: string): void {
  if (attempt === 1) return;
  throw new StoreError('job-state', {
    expected: `a ${what} that runs without a break`,
    found: 'one whose process ended',
    advice: `${consequence} Start it again.`,
  });
}
