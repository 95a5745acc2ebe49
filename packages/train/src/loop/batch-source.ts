// Batches in their order, asked for ahead of the step that wants them.

import type { Recipe } from '../augment/recipe.ts';
import type { Batch } from '../loader/batch.ts';
import type { Loader } from '../loader/loader.ts';
import type { Batches } from '../samples/batches.ts';

export interface BatchSource {
  next(): Promise<Batch>;
}

/**
 * @param first the number of the first batch
 * @param recipeAt how a batch is to be varied when it is asked for
 * @param ahead how many are being made while one is used
 */
export function batchSource(
  loader: Loader,
  batches: Batches,
  first: number,
  recipeAt: (batch: number) => Recipe,
  ahead: number,
): BatchSource {
  let asked = first;
  const coming: Promise<Batch>[] = [];
  const ask = () => {
    const recipe = recipeAt(asked);
    const made = loader.make({ items: batches.itemsOf(asked, recipe), recipe });
    made.catch(() => {}); // whoever takes it hears of it
    coming.push(made);
    asked++;
  };
  return {
    next() {
      while (coming.length <= ahead) ask();
      return coming.shift()!;
    },
  };
}
