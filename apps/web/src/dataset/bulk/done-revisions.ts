// What was done in this tab and can be taken back, the last one last.

export interface Done {
  /** Absent for what is no change of the dataset. */
  revision?: number;
  /** How to take it back, where it is none. */
  takeBack?: () => Promise<void>;
  /** Hides the message that offers to take it back, where there is one. */
  hide?: () => void;
  /** Leads back to where it was done. */
  onUndone?: () => void;
}

const byDataset = new Map<number, readonly Done[]>();

export const doneThings = (datasetId: number): readonly Done[] => byDataset.get(datasetId) ?? [];

export function rememberRevision(
  datasetId: number,
  revision: number,
  hooks: Omit<Done, 'revision'> = {},
): void {
  rememberDone(datasetId, { revision, ...hooks });
}

export function rememberDone(datasetId: number, done: Done): void {
  byDataset.set(datasetId, [...doneThings(datasetId), done]);
}

export function forgetDone(datasetId: number, done: Done): void {
  byDataset.set(
    datasetId,
    doneThings(datasetId).filter((each) => each !== done),
  );
}

/** @returns what was remembered of it */
export function forgetRevision(datasetId: number, revision: number): Done | undefined {
  const done = doneThings(datasetId).find((each) => each.revision === revision);
  if (done !== undefined) forgetDone(datasetId, done);
  return done;
}
