// What was done in this tab and can be taken back, the last one last.

export interface Done {
  revision: number;
  /** Hides the message that offers to take it back, where there is one. */
  hide?: () => void;
  /** Leads back to where it was done. */
  onUndone?: () => void;
}

const byDataset = new Map<number, readonly Done[]>();

export const doneRevisions = (datasetId: number): readonly Done[] => byDataset.get(datasetId) ?? [];

export function rememberRevision(
  datasetId: number,
  revision: number,
  hooks: Omit<Done, 'revision'> = {},
): void {
  byDataset.set(datasetId, [...doneRevisions(datasetId), { revision, ...hooks }]);
}

/** @returns what was remembered of it */
export function forgetRevision(datasetId: number, revision: number): Done | undefined {
  const all = doneRevisions(datasetId);
  byDataset.set(
    datasetId,
    all.filter((each) => each.revision !== revision),
  );
  return all.find((each) => each.revision === revision);
}
