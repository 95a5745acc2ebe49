// Which tab keeps what of a picture that several tabs have open: each takes the first slot that is free, rather one in
// which something waits.

import { isLockAwaited, isLockTaken, type Lock, takeLock } from '../../saving/lock.ts';

const mostTabs = 20;

/** For tabs that send without a page to give way; where a page has the slot, nobody does. */
const patienceMillis = 1000;

const channelName = 'migaki-annotate';

export interface Slot extends Lock {
  readonly slot: number;
}

const nameOf = (datasetId: number, imageId: number, slot: number) =>
  `migaki-annotate ${datasetId}/${imageId}/${slot}`;

export const isSlotTaken = (datasetId: number, imageId: number, slot: number): Promise<boolean> =>
  isLockTaken(nameOf(datasetId, imageId, slot));

export const isSlotAwaited = (datasetId: number, imageId: number, slot: number): Promise<boolean> =>
  isLockAwaited(nameOf(datasetId, imageId, slot));

/** @returns null where the slot is another tab's */
export async function takeSlot(
  datasetId: number,
  imageId: number,
  slot: number,
  patience?: AbortSignal,
): Promise<Slot | null> {
  const lock = await takeLock(nameOf(datasetId, imageId, slot), patience);
  return lock && { ...lock, slot };
}

export async function takeFreeSlot(datasetId: number, imageId: number): Promise<Slot | null> {
  for (let slot = 0; slot < mostTabs; slot++) {
    const taken = await takeSlot(datasetId, imageId, slot);
    if (taken !== null) return taken;
  }
  return null;
}

/** For a page: whoever sends without one what waits in these slots is asked to give way. */
export async function takeWaitingSlot(
  datasetId: number,
  imageId: number,
  slots: readonly number[],
): Promise<Slot | null> {
  for (const slot of slots) {
    const taken = await takeSlot(datasetId, imageId, slot);
    if (taken !== null) return taken;
  }
  const patience = AbortSignal.timeout(patienceMillis);
  for (const slot of slots) {
    const taking = takeSlot(datasetId, imageId, slot, patience);
    // This tab may be the one that sends: a channel does not hear what it says itself.
    const channel = new BroadcastChannel(channelName);
    channel.postMessage(null);
    channel.close();
    const taken = await taking;
    if (taken !== null) return taken;
  }
  return null;
}

/** @param listener told when a page, of this tab or another, waits for a slot */
export function listenToAsked(listener: () => void): void {
  new BroadcastChannel(channelName).addEventListener('message', listener);
}
