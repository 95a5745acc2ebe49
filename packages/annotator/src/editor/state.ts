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
import type { ScreenPoint, Size } from '../geometry/point.ts';
import { emptyHistory, type History } from '../history/history.ts';
import { indexOf, type SpatialIndex } from '../hit-test/spatial-index.ts';
import {
  defaultKeymapSettings,
  type Keymap,
  type KeymapSettings,
  keymapOf,
} from '../keymap/keymap.ts';
import type { PixelBuffer } from '../pixels/pixel-buffer.ts';
import { noIdentities } from '../save/identities.ts';
import { fieldsFromServer, type ServerAnnotation } from '../save/server-object.ts';
import { type Sync, startSync } from '../save/sync.ts';
import { draftOf } from '../tools/behaviours.ts';
import { firstKeypoint, openPose } from '../tools/keypoints/open-pose.ts';
import { checkedSettings, defaultSettings, type Settings } from '../tools/settings.ts';
import type { Draft, ToolContext } from '../tools/tool.ts';
import { initialStates, type ToolState } from '../tools/tool-state.ts';
import { fitView, type View } from '../view/view.ts';
import { noWorkTime, type WorkTime } from '../work-time/work-time.ts';
import type { Effect } from './effect.ts';

export interface EditorState {
  readonly document: Document;
  /** Where the objects are; always that of the document. */
  readonly index: SpatialIndex;
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
  readonly clipboard: readonly AnnotationObject[];
  readonly pixels: PixelBuffer | null;
  readonly session: Session;
  readonly workTime: WorkTime;
}

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
    selection: [],
    hidden: new Set(),
    locked: new Set(),
    tool: initialStates.select,
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
    clipboard: [],
    pixels: null,
    session: { id: sessionId, transactionCount: 0, objectCount: 0 },
    workTime: noWorkTime,
  };
}

export const indexOfDocument = ({ picture, objects }: Document): SpatialIndex =>
  indexOf(
    picture,
    Array.from(objects).flatMap(([id, object]) => {
      const place = placeOf(object);
      return place === null ? [] : [[id, place] as const];
    }),
  );

/** What was rejected is kept, so that it can come back, and is not shown. */
export function isVisible({ document, hidden }: EditorState, id: ObjectId): boolean {
  const object = document.objects.get(id);
  return object !== undefined && object.state !== 'rejected' && !hidden.has(id);
}

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
  pixels: state.pixels,
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
