import { phrase } from '@migaki/coco';
import { type JobContext, StoreError } from '@migaki/store';

/**
 * A backup or restore whose process ended is not begun anew by itself: whoever asked for it is gone, and must not find
 * a file, or other data, some day that nobody expects any more.
 *
 * @throws StoreError `job-state`
 */
export function refuseResumed({ isResumed }: JobContext, what: string, consequence: string): void {
  if (!isResumed) return;
  throw new StoreError('job-state', {
    expected: phrase`a ${what} that runs without a break`,
    found: phrase`one whose process ended`,
    advice: phrase`${consequence} Start it again.`,
  });
}
