// Changes that did not reach the workbench before their page was closed: they are sent without a page, by whichever tab has
// the app open.

import { saveStatus } from '@migaki/annotator';
import { tellWaiting } from '../../saving/waiting.ts';
import { client } from '../../server/client.ts';
import { identityOf, listenToWaiting, reviveSession, waitingSessions } from './open-session.ts';
import { isSlotTaken, takeSlot } from './slots.ts';
import { forgetOldSnapshots, listUnsaved, readSnapshot, type Unsaved } from './snapshots.ts';

/** A network that swallows calls says nothing for minutes. */
const patienceMillis = 20_000;

let areOldForgotten = false;

/** To be called again: what tabs have left that were closed since, and what could not be sent for now. */
export async function sendUnsaved(): Promise<void> {
  for (const unsaved of await listUnsaved()) {
    const { datasetId, imageId, slot } = unsaved.place;
    // A tab that has it open, this one or another, sends it itself.
    if (!(await isSlotTaken(datasetId, imageId, slot))) await revive(unsaved).catch(() => {});
  }
  if (areOldForgotten) return;
  areOldForgotten = true;
  await forgetOldSnapshots(Date.now());
}

async function revive({ place, datasetCreatedAt, imageAddedAt }: Unsaved): Promise<void> {
  const { datasetId, imageId } = place;
  const signal = AbortSignal.timeout(patienceMillis);
  const params = { datasetId, imageId };
  const image = await client.getImage({ params, query: { rejected: 'yes' } }, { signal });
  const dataset = await client.getDataset({ params: { datasetId } }, { signal });
  const identity = identityOf(dataset, image);
  const isSame =
    identity.datasetCreatedAt === datasetCreatedAt && identity.imageAddedAt === imageAddedAt;
  if (!isSame) return;
  // Only now: while it is taken, a page that opens the picture does not come to what is kept of it.
  const slot = await takeSlot(datasetId, imageId, place.slot);
  if (slot === null) return;
  const snapshot = await readSnapshot(place, identity).catch(() => null);
  if (snapshot === null || snapshot.pending.length === 0) slot.release();
  else reviveSession({ dataset, image, snapshot, slot, identity });
}

/** Of pictures that no page shows. */
listenToWaiting(() => {
  const waiting = waitingSessions().map(({ datasetId, image, store }) => {
    const { queue } = store.get().sync;
    const status = saveStatus(queue);
    return {
      datasetId,
      imageId: image.id,
      name: image.fileName,
      count: queue.pending.length,
      isStuck: status === 'conflict' || status === 'refused',
    };
  });
  tellWaiting('annotator', waiting);
});
