// Changes that did not reach the workbench before their page was closed: they are sent without a page, as soon as the app
// is open anywhere.

import { saveStatus } from '@migaki/annotator';
import { tellWaiting } from '../../saving/waiting.ts';
import { client, queryClient } from '../../server/client.ts';
import { datasetQuery } from '../../server/queries.ts';
import { identityOf, listenToWaiting, reviveSession, waitingSessions } from './open-session.ts';
import { takeSlot } from './slots.ts';
import { forgetOldSnapshots, listUnsaved, readSnapshot, type Unsaved } from './snapshots.ts';

/** Once for each time that the app is opened. */
export async function sendUnsaved(): Promise<void> {
  for (const unsaved of await listUnsaved()) await revive(unsaved).catch(() => {});
  await forgetOldSnapshots(Date.now());
}

async function revive({ place, datasetCreatedAt, imageAddedAt }: Unsaved): Promise<void> {
  const { datasetId, imageId } = place;
  // Another tab has it open, and sends it itself.
  const slot = await takeSlot(datasetId, imageId, place.slot);
  if (slot === null) return;
  const [dataset, image] = await Promise.all([
    queryClient.fetchQuery(datasetQuery(datasetId)),
    client.getImage({ params: { datasetId, imageId }, query: { rejected: 'yes' } }),
  ]);
  const identity = identityOf(dataset, image);
  const isSame =
    identity.datasetCreatedAt === datasetCreatedAt && identity.imageAddedAt === imageAddedAt;
  const snapshot = isSame ? await readSnapshot(place, identity) : null;
  if (snapshot === null || snapshot.pending.length === 0) {
    slot.release();
    return;
  }
  reviveSession({ dataset, image, snapshot, slot, identity });
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
