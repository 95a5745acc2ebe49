import { type ChangeContext, type Store, type UndoResult, undoRevision } from '@migaki/store';

/**
 * Takes several revisions back, the last one first: all of them, or none where one cannot be.
 *
 * @returns the last of what was done for it, with all that is as it was before
 * @throws StoreError what `undoRevision` throws
 */
export async function takeAllBack(
  store: Store,
  datasetId: number,
  revisions: readonly number[],
  context: ChangeContext,
): Promise<Pick<UndoResult, 'revision' | 'changed'>> {
  const done: UndoResult[] = [];
  try {
    for (const revision of revisions.toSorted((a, b) => b - a)) {
      done.push(await undoRevision(store, datasetId, revision, context));
    }
  } catch (error) {
    for (const { revision } of done.reverse()) {
      await undoRevision(store, datasetId, revision, context);
    }
    throw error;
  }
  return {
    revision: done.at(-1)!.revision,
    changed: done.reduce((sum, { changed }) => sum + changed, 0),
  };
}
