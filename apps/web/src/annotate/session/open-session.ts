// Opens pictures, and keeps those whose last changes are still on their way when the page goes on to the next one.

import {
  type Clipboard,
  isSnapshotOf,
  type Settings,
  type Snapshot,
  saveStatus,
  type ToolName,
  toolOf,
} from '@migaki/annotator';
import type { Dataset, Image } from '@migaki/api';
import { queryClient } from '../../server/client.ts';
import { datasetQuery } from '../../server/queries.ts';
import { readKeymap } from '../keys/keymap-store.ts';
import { fetchImage, forgetImage, keepImage } from './image-ahead.ts';
import { createKeeper } from './keeper.ts';
import { type PictureSession, startSession } from './picture-session.ts';
import { rememberChoices } from './remember-choices.ts';
import { readSettings } from './settings-store.ts';
import { isSlotAwaited, listenToAsked, type Slot, takeFreeSlot, takeWaitingSlot } from './slots.ts';
import { type Identity, listWaitingSlots, readSnapshot } from './snapshots.ts';

/** What goes on from picture to picture. */
interface Carried {
  readonly datasetId: number;
  readonly settings: Partial<Settings>;
  readonly tool: ToolName;
  readonly clipboard: Clipboard;
}

interface Living {
  readonly session: PictureSession;
  readonly slot: Slot | null;
  /** While a page shows it. */
  endRemembering: () => void;
  /** Whether a page shows it. */
  isOpen: boolean;
}

/** Of one picture there may be several: one that a page shows, and what other tabs have left of it. */
const living = new Set<Living>();
let carried: Carried | null = null;
/** The picture that the page went on from: where the next one does not come, it is gone back to. */
let lastLeft: Living | null = null;

/** What waits for a person comes first: only where a page shows it, it can be settled. */
function livingOf(datasetId: number, imageId: number): Living | undefined {
  const known = [...living].filter(
    ({ session }) => session.datasetId === datasetId && session.image.id === imageId,
  );
  return known.find(({ session }) => isUnsaved(session)) ?? known[0];
}

const isUnsaved = ({ store }: PictureSession): boolean =>
  saveStatus(store.get().sync.queue) !== 'saved';

/** A guess until the canvas is there. */
const usualCanvas = () => ({ width: window.innerWidth - 350, height: window.innerHeight - 60 });

/**
 * Opens a picture as it was left, with what was not saved.
 *
 * @throws ApiError
 */
export async function openSession(datasetId: number, imageId: number): Promise<PictureSession> {
  const known = livingOf(datasetId, imageId);
  if (known !== undefined) {
    known.isOpen = true;
    known.endRemembering();
    known.session.store.dispatch({ type: 'set-keymap', keymap: readKeymap() });
    known.endRemembering = rememberChoices(known.session.store);
    endLastLeft();
    return known.session;
  }
  // Before anything else, or what was left of the picture would be sent without the page.
  const waiting = await listWaitingSlots(datasetId, imageId).catch(() => []);
  const slot =
    (await takeWaitingSlot(datasetId, imageId, waiting)) ??
    (await takeFreeSlot(datasetId, imageId));
  const { dataset, image } = await fetchBoth(datasetId, imageId).catch((error: unknown) => {
    // While it is taken, the next try does not come to what is kept in it.
    slot?.release();
    throw error;
  });
  const identity = identityOf(dataset, image);
  const place = slot === null ? null : { datasetId, imageId, slot: slot.slot };
  const left = place === null ? null : await readSnapshot(place, identity).catch(() => null);
  const session = startSession({
    dataset,
    image,
    canvas: usualCanvas(),
    settings: carried?.datasetId === datasetId ? carried.settings : readSettings(),
    keymap: readKeymap(),
    ...(carried !== null && { tool: carried.tool }),
    ...(carried?.datasetId === datasetId && { clipboard: carried.clipboard }),
    snapshot: left === null ? null : asCarried(left, imageId),
    createKeeper:
      place === null ? null : (onKept) => createKeeper(place, identity, image.fileName, onKept),
  });
  addLiving(session, slot, true);
  endLastLeft();
  return session;
}

/** Where the workbench is away, both as they were known last. */
async function fetchBoth(datasetId: number, imageId: number) {
  const coming = queryClient.fetchQuery({ ...datasetQuery(datasetId), staleTime: 1000 });
  // Where the picture does not come either, that is what is told.
  coming.catch(() => {});
  const { image, isKept } = await fetchImage(datasetId, imageId);
  const known = isKept ? queryClient.getQueryData(datasetQuery(datasetId).queryKey) : undefined;
  return { dataset: known ?? (await coming), image };
}

interface Revival {
  readonly dataset: Dataset;
  readonly image: Image;
  readonly snapshot: Snapshot;
  readonly slot: Slot;
  readonly identity: Identity;
}

/** Sends what was left unsaved of a picture that no page shows. */
export function reviveSession({ dataset, image, snapshot, slot, identity }: Revival): void {
  const place = { datasetId: dataset.id, imageId: image.id, slot: slot.slot };
  const session = startSession({
    dataset,
    image,
    canvas: snapshot.canvas,
    snapshot,
    createKeeper: (onKept) => createKeeper(place, identity, image.fileName, onKept),
  });
  endOnceSaved(addLiving(session, slot, false));
}

function addLiving(session: PictureSession, slot: Slot | null, isOpen: boolean): Living {
  const entry = {
    session,
    slot,
    isOpen,
    endRemembering: isOpen ? rememberChoices(session.store) : () => {},
  };
  living.add(entry);
  session.store.subscribe(tellLiving);
  return entry;
}

export const identityOf = (
  { createdAt }: Pick<Dataset, 'createdAt'>,
  { addedAt }: Pick<Image, 'addedAt'>,
): Identity => ({ datasetCreatedAt: createdAt, imageAddedAt: addedAt });

/** A reload leads back to place and tool; who leafs on to a picture has those at hand that he comes with. */
function asCarried(snapshot: Snapshot, imageId: number): Snapshot | null {
  if (!isSnapshotOf(snapshot, imageId)) return null;
  return carried === null ? snapshot : { ...snapshot, tool: carried.tool, view: null };
}

/** The page shows no picture any more, or another one. What is not saved yet goes on being saved. */
export function closeSession(session: PictureSession): void {
  leaveSession(session);
  endLastLeft();
}

/** The page goes on to another picture, which is not there yet. */
export function leaveSession(session: PictureSession): void {
  const { datasetId, store } = session;
  const state = store.get();
  carried = {
    datasetId,
    settings: state.settings,
    tool: toolOf(state.tool),
    clipboard: state.clipboard,
  };
  const entry = [...living].find((each) => each.session === session);
  if (entry === undefined) return;
  session.onPageEffect = null;
  entry.isOpen = false;
  entry.endRemembering();
  endLastLeft();
  lastLeft = entry;
  tellLiving();
}

/** Nobody goes back to it: another one is there, or the page is left. */
export function endLastLeft(): void {
  const left = lastLeft;
  lastLeft = null;
  if (left?.isOpen === false) endOnceSaved(left);
}

/** A picture that no page shows lives until everything is saved, or another page opens it. */
function endOnceSaved(entry: Living): void {
  const { session } = entry;
  const end = () => {
    if (entry.isOpen || !living.has(entry)) return;
    if (isUnsaved(session)) {
      void giveWay(entry);
      return;
    }
    const { datasetId, image } = session;
    forgetImage(datasetId, image.id);
    // It is likely to be gone back to.
    keepImage(datasetId, image.id).catch(() => {});
    endLiving(entry);
  };
  session.store.subscribe(end);
  end();
  tellLiving();
}

/** Lets go of what waits for a page that opens its picture: only there a person can settle it. */
async function giveWay(entry: Living): Promise<void> {
  const { session, slot } = entry;
  // What is on its way is answered first: two tabs would send it.
  const isIdle = () =>
    living.has(entry) &&
    !entry.isOpen &&
    entry !== lastLeft &&
    saveStatus(session.store.get().sync.queue) !== 'saving';
  if (slot === null || !isIdle()) return;
  if ((await isSlotAwaited(session.datasetId, session.image.id, slot.slot)) && isIdle()) {
    endLiving(entry);
  }
}

listenToAsked(() => {
  for (const entry of living) void giveWay(entry);
});

function endLiving(entry: Living): void {
  living.delete(entry);
  entry.session.stop();
  void entry.session.flush().finally(() => entry.slot?.release());
  tellLiving();
}

const listeners = new Set<() => void>();
const tellLiving = () => {
  for (const listener of listeners) listener();
};

/** @returns what ends it */
export function listenToWaiting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Pictures that no page shows and that are not saved yet. */
export const waitingSessions = (): PictureSession[] =>
  [...living]
    .filter(({ isOpen, session }) => !isOpen && isUnsaved(session))
    .map(({ session }) => session);
