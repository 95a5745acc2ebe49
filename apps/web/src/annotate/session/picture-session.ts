// A picture that is being worked on: the editor's state, and the server, the browser's database and the pixels around it.
// It lives until everything is saved, also when the page has gone on to another picture.

import {
  annotationIdOf,
  type Category,
  createEditor,
  type EditorInit,
  type Effect,
  fromSnapshot,
  type ObjectId,
  type Snapshot,
  saveStatus,
} from '@migaki/annotator';
import type { Annotation, Dataset, Image } from '@migaki/api';
import { listenForReturn } from '../../saving/listen-for-return.ts';
import { client, ownName } from '../../server/client.ts';
import { openPixelWork, type PixelWork } from '../picture/pixel-work.ts';
import { followCategories } from './categories.ts';
import { createEditorStore, type EditorStore } from './editor-store.ts';
import type { Keeper } from './keeper.ts';
import { followNews, serverObject, serverObjects } from './news.ts';
import { send } from './saving.ts';
import { createValue, type Value } from './value.ts';
import { tellWork } from './work-telling.ts';

/** What only the page can do. */
export type PageEffect = Exclude<
  Effect,
  { type: 'save' | 'wake' | 'reload' | 'reload-categories' | 'pixel-task' }
>;

type Review = NonNullable<Image['reviewed']>;

/** What is known of the picture beside its document. */
export interface Situation {
  readonly tags: readonly string[];
  /** Who has looked at which objects as they are, by the server's ids. */
  readonly reviews: ReadonlyMap<number, Review>;
  /** Who has said that the whole picture is looked over, and whether that still counts. */
  readonly reviewed: Review | null;
  readonly isReviewed: boolean;
  /** In the trash since it was opened. */
  readonly isDeleted: boolean;
  /** The dataset is gone, or the picture for good. */
  readonly isGone: boolean;
  /** Whether the browser's database keeps what is not saved yet. */
  readonly isKept: boolean;
}

export interface PictureSession {
  readonly datasetId: number;
  readonly image: Image;
  readonly store: EditorStore;
  readonly situation: Value<Situation>;
  readonly pixels: PixelWork;
  /** Whether it shows the place that it had when the page was left. */
  readonly isRestored: boolean;
  /** Who is asked for what only a page can do; nobody while no page shows the picture. */
  onPageEffect: ((effect: PageEffect) => void) | null;
  /** Says that an object, or for null the whole picture, has been looked at; or takes that back. */
  review(id: ObjectId | null, isReviewed: boolean): void;
  /** Tries again at once. */
  retry(): void;
  /** Writes down what is not written yet. */
  flush(): Promise<void>;
  stop(): void;
}

export interface SessionInit
  extends Pick<EditorInit, 'canvas' | 'settings' | 'keymap' | 'tool' | 'clipboard'> {
  readonly dataset: Pick<Dataset, 'id'> & { readonly categories: readonly Category[] };
  readonly image: Image;
  readonly snapshot: Snapshot | null;
  readonly createKeeper: ((onKept: (isKept: boolean) => void) => Keeper) | null;
}

/** A hand that rests this long is done for now. */
const restMillis = 600;

/** Pictures of which nobody knows a size are taken to be of this one, until their own is there. */
const unknownSize = { width: 1000, height: 1000 };

export function startSession(init: SessionInit): PictureSession {
  const { dataset, image, snapshot } = init;
  const datasetId = dataset.id;
  const imageId = image.id;
  const picture = {
    id: imageId,
    width: image.width ?? unknownSize.width,
    height: image.height ?? unknownSize.height,
    status: image.status,
  };
  const sessionId = crypto.randomUUID();
  const editorInit: EditorInit = {
    ...init,
    picture,
    categories: dataset.categories,
    annotations: image.annotations,
    sessionId,
  };
  const situation = createValue<Situation>({
    tags: image.tags,
    reviews: reviewsOf(image.annotations),
    reviewed: image.reviewed,
    isReviewed: image.isReviewed,
    isDeleted: image.isDeleted,
    isGone: false,
    isKept: true,
  });
  const change = (changed: Partial<Situation>) => situation.set({ ...situation.get(), ...changed });
  const pixels = openPixelWork(image, picture);
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const reload = async (): Promise<void> => {
    try {
      const now = await client.getImage({
        params: { datasetId, imageId },
        query: { rejected: 'yes' },
      });
      const objects = now.annotations.map((annotation) => serverObject(annotation, picture));
      store.dispatch({ type: 'reloaded', objects, revision: now.revision });
      store.dispatch({ type: 'status-news', status: now.status });
      const { isDeleted, tags, reviewed, isReviewed } = now;
      change({ isDeleted, tags, reviewed, isReviewed, reviews: reviewsOf(now.annotations) });
    } catch {
      mustReload = true;
    }
  };
  /** A reload that failed comes with the way back. */
  let mustReload = false;

  const carryOut = (effect: Effect): void => {
    switch (effect.type) {
      case 'save':
        void send(datasetId, sessionId, effect.request).then((answer) => {
          store.dispatch(answer);
          // What the server concludes from it: whose marks count, and whether the picture is looked over.
          if (answer.type === 'saved') catchUpSoon();
          // Whatever the server does not take may have to do with what has become of the picture.
          if (answer.type === 'save-failed' && answer.failure.kind === 'refused') news.catchUp();
        });
        return;
      case 'wake': {
        const timer = setTimeout(
          () => {
            timers.delete(timer);
            store.dispatch({ type: 'retry', isNow: false });
          },
          Math.max(0, effect.atMillis - Date.now()),
        );
        timers.add(timer);
        return;
      }
      case 'reload':
        void reload();
        return;
      case 'reload-categories':
        categories.askAgain();
        return;
      case 'pixel-task': {
        const { id, task } = effect;
        void pixels.run(task).then((result) => {
          store.dispatch({ type: 'pixel-result', id, result });
        });
        return;
      }
      default:
        session.onPageEffect?.(effect);
    }
  };

  let catchingUp: ReturnType<typeof setTimeout> | undefined;
  const catchUpSoon = () => {
    clearTimeout(catchingUp);
    catchingUp = setTimeout(() => news.catchUp(), restMillis);
  };

  const state = snapshot === null ? createEditor(editorInit) : fromSnapshot(editorInit, snapshot);
  const store = createEditorStore(state, carryOut);
  const news = followNews({
    datasetId,
    imageId,
    sessionId,
    revision: image.revision,
    onNews(changes) {
      // What is on a picture goes into the trash with it, and is looked at all the same: it is asked for, not the change.
      if (changes.isDeleted || situation.get().isDeleted) {
        void reload();
        return;
      }
      const objects = serverObjects(changes, picture);
      if (objects.length > 0) store.dispatch({ type: 'news', objects });
      store.dispatch({ type: 'status-news', status: changes.status });
      const { tags, isDeleted, reviewed, isReviewed, annotations } = changes;
      const reviews = reviewsOf(annotations, situation.get().reviews);
      change({ tags, isDeleted, reviewed, isReviewed, reviews });
    },
    onGone: () => change({ isGone: true }),
  });
  const categories = followCategories(datasetId, store);
  const followDeletion = () => {
    const { isDeleted, isGone } = situation.get();
    const value = isDeleted || isGone;
    if (store.get().isReadOnly !== value) store.dispatch({ type: 'set-read-only', value });
  };
  followDeletion();
  situation.subscribe(followDeletion);
  const keeper = init.createKeeper?.((isKept) => change({ isKept })) ?? null;
  const endKeeping = keeper && store.subscribe(() => keeper.note(store.get()));
  const retry = () => {
    if (mustReload) {
      mustReload = false;
      void reload();
    }
    const status = saveStatus(store.get().sync.queue);
    // A person has to choose first.
    if (status !== 'conflict' && status !== 'refused')
      store.dispatch({ type: 'retry', isNow: true });
  };
  const endReturn = listenForReturn(retry);
  const flush = () => keeper?.flush() ?? Promise.resolve();
  const endTelling = tellWork(store, { datasetId, imageId, sessionId });
  const flushHidden = () => void flush();
  window.addEventListener('pagehide', flushHidden);

  const session: PictureSession = {
    datasetId,
    image,
    store,
    situation,
    pixels,
    isRestored: snapshot !== null && snapshot.view !== null,
    onPageEffect: null,
    review(id, isReviewed) {
      const remark =
        id === null
          ? ({ type: 'review-picture', isReviewed } as const)
          : ({ type: 'review-object', id, isReviewed } as const);
      store.dispatch({ type: 'remark', remark });
      if (store.get().isReadOnly) return;
      // Shown at once; the server says later by whom and when.
      const mark: Review = { by: ownName(), at: new Date().toISOString(), revision: 0 };
      if (id === null) {
        change({ isReviewed, reviewed: isReviewed ? mark : null });
        return;
      }
      const reviews = new Map(situation.get().reviews);
      const annotationId = annotationIdOf(store.get().sync.identities, id) ?? id;
      if (isReviewed) reviews.set(annotationId, mark);
      else reviews.delete(annotationId);
      change({ reviews });
    },
    retry,
    flush,
    stop() {
      endKeeping?.();
      endTelling();
      endReturn();
      news.stop();
      categories.stop();
      pixels.stop();
      clearTimeout(catchingUp);
      for (const timer of timers) clearTimeout(timer);
      window.removeEventListener('pagehide', flushHidden);
    },
  };
  // What others did while the picture was read.
  news.catchUp();
  // What a reload interrupted goes on.
  if (saveStatus(state.sync.queue) === 'saving') store.dispatch({ type: 'retry', isNow: true });
  return session;
}

/** @param before what is known already */
function reviewsOf(
  annotations: readonly Annotation[],
  before: ReadonlyMap<number, Review> = new Map(),
): ReadonlyMap<number, Review> {
  const reviews = new Map(before);
  for (const { id, reviewed } of annotations) {
    if (reviewed === null) reviews.delete(id);
    else reviews.set(id, reviewed);
  }
  return reviews;
}
