// Which way is better, where nobody has said so: of errors and losses it is less.

const lessIsBetter = /loss|error|mae|mse|rmse|perplexity|eer\b/i;

/** @example isLossLike('val/rmse') // true */
export const isLossLike = (name: string): boolean => lessIsBetter.test(name);
