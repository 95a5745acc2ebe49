// Tells the server how long people really worked: every half a minute, and when they go.

import { noWorkTime, workReport } from '@migaki/annotator';
import { ApiError, type WorkStretch } from '@migaki/api';
import { client, ownName } from '../../server/client.ts';
import type { EditorStore } from './editor-store.ts';
import {
  addStretch,
  listSittings,
  readStretches,
  removeStretches,
  type Sitting,
} from './work-ledger.ts';

const intervalMillis = 30_000;
/** Of the server. */
const mostStretches = 1000;

/** @returns what ends it */
export function tellWork(
  store: EditorStore,
  { datasetId, imageId, sessionId }: { datasetId: number; imageId: number; sessionId: string },
): () => void {
  let told: Parameters<typeof workReport>[1] = noWorkTime;
  let counter = 0;
  const tell = (): void => {
    const sitting = { datasetId, user: ownName(), sessionId };
    const { workTime, sync } = store.get();
    const next = workReport(workTime, told, sync.identities);
    if (next.report !== null) {
      const stretch = { counter, at: new Date().toISOString(), imageId, ...next.report };
      try {
        addStretch(sitting, { ...stretch, objects: [...stretch.objects] });
      } catch {
        // Without room for it, it is told with the next one.
        return;
      }
      told = next.told;
      counter++;
    }
    void sendSitting(sitting);
  };
  const timer = setInterval(tell, intervalMillis);
  window.addEventListener('pagehide', tell);
  return () => {
    clearInterval(timer);
    window.removeEventListener('pagehide', tell);
    tell();
  };
}

/** Of a page that has no editor; it is sent with others that come soon after it. */
export function tellStretch(
  { datasetId, sessionId }: { datasetId: number; sessionId: string },
  stretch: WorkStretch,
): void {
  const sitting = { datasetId, user: ownName(), sessionId };
  try {
    addStretch(sitting, stretch);
  } catch {
    // Without room for it, it is lost: it is no more than a few seconds.
    return;
  }
  const key = `${datasetId} ${sessionId}`;
  if (soon.has(key)) return;
  soon.add(key);
  setTimeout(() => {
    soon.delete(key);
    void sendSitting(sitting);
  }, soonMillis);
}

const soonMillis = 3_000;
const soon = new Set<string>();

/** What pages that were closed have left, of whoever is logged in. */
export async function sendWork(): Promise<void> {
  const user = ownName();
  for (const sitting of listSittings()) if (sitting.user === user) await sendSitting(sitting);
}

async function sendSitting(sitting: Sitting): Promise<void> {
  const stretches = readStretches(sitting).slice(0, mostStretches);
  if (stretches.length === 0) return;
  const { datasetId, sessionId } = sitting;
  try {
    await client.addWorkTime({ params: { datasetId }, body: { sessionId, stretches } });
  } catch (error) {
    // The picture or the dataset is gone for good, and what was worked on it with it.
    const isLost = error instanceof ApiError && (error.status === 404 || error.status === 403);
    if (!isLost) return;
  }
  removeStretches(sitting, new Set(stretches.map(({ counter }) => counter)));
}
