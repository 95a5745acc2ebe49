// Which tab keeps what of a picture that several tabs have open: each takes the first slot that is free, and a slot is free
// again when its tab has gone, in whatever way.

const nameOf = (datasetId: number, imageId: number, slot: number) =>
  `migaki-annotate ${datasetId}/${imageId}/${slot}`;

const mostTabs = 20;

export interface Slot {
  readonly slot: number;
  release(): void;
}

/** @returns null where the slot is another tab's. Without locks, on a page without HTTPS, there is one tab for each picture. */
export function takeSlot(datasetId: number, imageId: number, slot: number): Promise<Slot | null> {
  if (navigator.locks === undefined) return Promise.resolve({ slot, release() {} });
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(nameOf(datasetId, imageId, slot), { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return;
        }
        const { promise, resolve: release } = Promise.withResolvers<void>();
        resolve({ slot, release });
        return promise;
      })
      .catch(reject);
  });
}

export async function takeFreeSlot(datasetId: number, imageId: number): Promise<Slot | null> {
  for (let slot = 0; slot < mostTabs; slot++) {
    const taken = await takeSlot(datasetId, imageId, slot);
    if (taken !== null) return taken;
  }
  return null;
}
