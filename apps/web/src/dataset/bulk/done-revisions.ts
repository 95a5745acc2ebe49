// What was done in this tab and can be taken back, the last one last. What the server refuses to take back because of later
// changes stays: it can be taken back once those are.

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

interface Remembered {
  readonly done: Done;
  /** Passed over: who presses the key twice takes two things back, also where one of them is refused. */
  readonly state: 'ready' | 'under way' | 'refused';
}

const byDataset = new Map<number, readonly Remembered[]>();

const rememberedOf = (datasetId: number): readonly Remembered[] => byDataset.get(datasetId) ?? [];

export function rememberRevision(
  datasetId: number,
  revision: number,
  hooks: Omit<Done, 'revision'> = {},
): void {
  rememberDone(datasetId, { revision, ...hooks });
}

export function rememberDone(datasetId: number, done: Done): void {
  byDataset.set(datasetId, [...rememberedOf(datasetId), { done, state: 'ready' }]);
}

/** @param revision that may have been made in this tab */
export const doneOfRevision = (datasetId: number, revision: number): Done | undefined =>
  rememberedOf(datasetId).find(({ done }) => done.revision === revision)?.done;

/** Where all that is left was refused, it is begun with the last one once more. */
export function nextToTakeBack(datasetId: number): Done | undefined {
  const last = (state: Remembered['state']) =>
    rememberedOf(datasetId).findLast((each) => each.state === state)?.done;
  const ready = last('ready');
  if (ready !== undefined) return ready;
  askRefusedAgain(datasetId);
  return last('ready');
}

export function setState(datasetId: number, done: Done, state: Remembered['state']): void {
  byDataset.set(
    datasetId,
    rememberedOf(datasetId).map((each) => (each.done === done ? { done, state } : each)),
  );
}

export function forgetDone(datasetId: number, done: Done): void {
  byDataset.set(
    datasetId,
    rememberedOf(datasetId).filter((each) => each.done !== done),
  );
}

/** Something else has changed since: what stood in their way may be gone. */
export function askRefusedAgain(datasetId: number): void {
  for (const { done, state } of rememberedOf(datasetId)) {
    if (state === 'refused') setState(datasetId, done, 'ready');
  }
}
