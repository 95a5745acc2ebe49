import { isMoreBetter } from '@migaki/train/scores';

/** Whether more of a number is better; null where nobody can tell, as of what other programs log. */
export function metricColumn({ name, ofTraining }: { name: string; ofTraining: boolean }) {
  const isError = /(^|[^a-z])(loss|error|mae|mse|rmse)([^a-z]|$)/i.test(name);
  return { name, isMoreBetter: ofTraining ? isMoreBetter(name) : isError ? false : null };
}
