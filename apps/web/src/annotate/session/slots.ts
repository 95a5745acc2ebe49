// Which tab keeps what of a picture that several tabs have open: each takes the first slot that is free.

import { isLockTaken, type Lock, takeLock } from '../../saving/lock.ts';

const mostTabs = 20;

export interface Slot extends Lock {
  readonly slot: number;
}

const nameOf = (datasetId: number, imageId: number, slot: number) =>
  `migaki-annotate ${datasetId}/${imageId}/${slot}`;

export const isSlotTaken = (datasetId: number, imageId: number, slot: number): Promise<boolean> =>
  isLockTaken(nameOf(datasetId, imageId, slot));

/** @returns null where the slot is another tab's */
export async function takeSlot(
  datasetId: number,
  imageId: number,
  slot: number,
): Promise<Slot | null> {
  const lock = await takeLock(nameOf(datasetId, imageId, slot));
  return lock && { ...lock, slot };
}

export async function takeFreeSlot(datasetId: number, imageId: number): Promise<Slot | null> {
  for (let slot = 0; slot < mostTabs; slot++) {
    const taken = await takeSlot(datasetId, imageId, slot);
    if (taken !== null) return taken;
  }
  return null;
}
