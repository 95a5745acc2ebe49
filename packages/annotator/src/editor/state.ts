// The whole editor of one picture as one value.

import { type AnnotationObject, isPictureLabel, placeOf } from '../document/annotation-object.ts';
import {
  type Category,
  categoryOf,
  type Document,
  documentOf,
  type Picture,
} from '../document/document.ts';
import { type ObjectId, ObjectMap } from '../document/object-map.ts';
import type { ImagePoint, ScreenPoint, Size } from '../geometry/point.ts';
import { emptyHistory, type History } from '../history/history.ts';
import { indexOf, type SpatialIndex } from '../hit-test/spatial-index.ts';
import {
  defaultKeymapSettings,
  type Keymap,
  type KeymapSettings,
  keymapOf,
} from '../keymap/keymap.ts';
import { noIdentities } from '../save/identities.ts';
import { fieldsFromServer, type ServerAnnotation } from '../save/server-object.ts';
import { type Sync, startSync } from '../save/sync.ts';
import { draftOf } from '../tools/behaviours.ts';
import { firstKeypoint, openPose } from '../tools/keypoints/open-pose.ts';
import { checkedSettings, defaultSettings, type Settings } from '../tools/settings.ts';
import type { Draft, ToolContext } from '../tools/tool.ts';
import { initialStates, type ToolName, type ToolState } from '../tools/tool-state.ts';
import type { Look } from '../view/look.ts';
import { fitView, type View } from '../view/view.ts';
import { noWorkTime, type WorkTime } from '../work-time/work-time.ts';
import type { Effect } from './effect.ts';

export interface EditorState {
  readonly document: Document;
  /** Where the objects are; always that of the document. */
  readonly index: SpatialIndex;
  /** Of the categories that there are, and of those that were deleted meanwhile. */
  readonly categoryNames: ReadonlyMap<number, string>;
  readonly selection: readonly ObjectId[];
  readonly hidden: ReadonlySet<ObjectId>;
  readonly locked: ReadonlySet<ObjectId>;
  readonly tool: ToolState;
  /** Where the pointer was last while it moves the view instead of the tool. */
  readonly panning: ScreenPoint | null;
  readonly view: View;
  readonly canvas: Size;
  readonly settings: Settings;
  readonly keymap: Keymap;
  readonly history: History;
  readonly sync: Sync;
  readonly clipboard: Clipboard;
  /** Where in the picture the pointer was last, for what is put there by key. */
  readonly pointer: ImagePoint | null;
  /** Whether tasks about the picture's pixels can be worked out. */
  readonly hasPixels: boolean;
  /** Of the last such task. */
  readonly taskId: number;
  readonly session: Session;
  readonly workTime: WorkTime;
  /** The picture was deleted: what is on it can be looked at. */
  readonly isReadOnly: boolean;
}

/** Objects that were copied, and the size of the picture that they are from. */
export interface Clipboard {
  readonly objects: readonly AnnotationObject[];
  readonly from: Size;
}

const emptyClipboard: Clipboard = { objects: [], from: { width: 0, height: 0 } };

/** Where ids come from: a UUID that the app draws once a visit, and two counters. */
export interface Session {
  readonly id: string;
  readonly transactionCount: number;
  /** Objects made in this picture so far; the next one is `-1 - objectCount`. */
  readonly objectCount: number;
}

/** What comes of an event. */
export interface Update {
  readonly state: EditorState;
  readonly effects: readonly Effect[];
}

export const unchanged = (state: EditorState): Update => ({ state, effects: [] });

export interface EditorInit {
  readonly picture: Picture;
  readonly categories: readonly Category[];
  readonly annotations: readonly ServerAnnotation[];
  /** CSS pixels. */
  readonly canvas: Size;
  /** A random UUID. */
  readonly sessionId: string;
  /** As the last picture left them. */
  readonly settings?: Partial<Settings>;
  readonly keymap?: KeymapSettings;
  readonly tool?: ToolName;
  readonly clipboard?: Clipboard;
}

/** @example const editor = createEditor({ picture, categories, annotations, canvas, sessionId: crypto.randomUUID() }); */
export function createEditor({
  picture,
  categories,
  annotations,
  canvas,
  sessionId,
  settings,
  keymap = defaultKeymapSettings,
  tool = 'select',
  clipboard = emptyClipboard,
}: EditorInit): EditorState {
  const objects = annotations.map((annotation) => ({
    ...fieldsFromServer(annotation, picture),
    id: annotation.id,
  }));
  const known = categories.some(({ id }) => id === settings?.categoryId);
  const document = documentOf(picture, categories, objects);
  return {
    document,
    index: indexOfDocument(document),
    categoryNames: namesOf(categories),
    selection: [],
    hidden: new Set(),
    locked: new Set(),
    tool: initialStates[tool],
    panning: null,
    view: fitView(picture, canvas),
    canvas,
    settings: checkedSettings({
      ...defaultSettings,
      ...settings,
      categoryId: known ? settings!.categoryId! : (categories[0]?.id ?? null),
    }),
    keymap: keymapOf(keymap),
    history: emptyHistory,
    sync: startSync({
      ...noIdentities,
      born: ObjectMap.from(annotations.map(({ id, born }) => [id, born])),
      unreadable: new Set(
        annotations.flatMap(({ id, segmentation }) =>
          segmentation !== null && document.objects.get(id)?.segmentation === null ? [id] : [],
        ),
      ),
    }),
    clipboard,
    pointer: null,
    hasPixels: false,
    taskId: 0,
    session: { id: sessionId, transactionCount: 0, objectCount: 0 },
    workTime: noWorkTime,
    isReadOnly: false,
  };
}

export const namesOf = (
  categories: readonly Category[],
  before: Iterable<readonly [number, string]> = [],
): ReadonlyMap<number, string> =>
  new Map([...before, ...categories.map(({ id, name }) => [id, name] as const)]);

export const indexOfDocument = ({ picture, objects }: Document): SpatialIndex =>
  indexOf(
    picture,
    Array.from(objects).flatMap(([id, object]) => {
      const place = placeOf(object);
      return place === null ? [] : [[id, place] as const];
    }),
  );

/** What was rejected is kept, so that it can come back, and is not shown. */
export function isVisible({ document, hidden, settings }: EditorState, id: ObjectId): boolean {
  const object = document.objects.get(id);
  return (
    object !== undefined &&
    !hidden.has(id) &&
    settings.look.areObjectsShown &&
    isOffered(object, settings.look)
  );
}

/** Neither rejected nor a proposal that is too unsure to be looked at. */
export const isOffered = (
  { state, score }: Pick<AnnotationObject, 'state' | 'score'>,
  { minScore }: Pick<Look, 'minScore'>,
): boolean => state === 'accepted' || (state === 'proposed' && (score ?? 1) >= minScore);

export const isEditable = (state: EditorState, id: ObjectId): boolean =>
  isVisible(state, id) && !state.locked.has(id);

export const nextObjectId = ({ session }: EditorState): ObjectId => -1 - session.objectCount;

export const contextOf = (state: EditorState): ToolContext => ({
  document: state.document,
  index: state.index,
  selection: state.selection,
  isVisible: (id) => isVisible(state, id),
  isEditable: (id) => isEditable(state, id),
  settings: state.settings,
  pixelsPerScreenPixel: 1 / state.view.scale,
  hasPixels: state.hasPixels,
  nextId: nextObjectId(state),
});

/** What to draw over the document: shapes in the making. */
export const draft = (state: EditorState): Draft => draftOf(state.tool, contextOf(state));

/** What the next click of the keypoints tool sets, for the person to be told; null with other tools. */
export function upcomingKeypoint(state: EditorState): string | null {
  if (state.tool.name !== 'keypoints.idle') return null;
  const context = contextOf(state);
  const open = openPose(state.tool, context);
  const names = categoryOf(state.document, open?.pose ?? state.settings)?.keypoints ?? [];
  return names[open?.next ?? firstKeypoint(state.tool, names.length)] ?? null;
}

/** Objects that can be seen, as the list and the keys go through them. */
export const visibleObjects = (state: EditorState): AnnotationObject[] =>
  [...state.document.objects.values()].filter(({ id }) => isVisible(state, id));

/** The selected objects that may be changed. */
export const editableSelection = (state: EditorState): AnnotationObject[] =>
  state.selection
    .filter((id) => isEditable(state, id))
    .flatMap((id) => state.document.objects.get(id) ?? []);

export const hasPlace = (object: AnnotationObject): boolean => !isPictureLabel(object);
