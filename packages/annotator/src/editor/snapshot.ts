// What a reload brings back: place, tool, selection, undo, and what is not saved yet. Plain data that the browser's own
// database takes as it is (a structured clone).

import { documentOf } from '../document/document.ts';
import { type ObjectId, ObjectMap } from '../document/object-map.ts';
import type { Size } from '../geometry/point.ts';
import type { History } from '../history/history.ts';
import { objectIdOf } from '../save/identities.ts';
import { reopened } from '../save/save-queue.ts';
import { fieldsFromServer } from '../save/server-object.ts';
import type { Settings } from '../tools/settings.ts';
import { initialStates, type ToolName, toolNames, toolOf } from '../tools/tool-state.ts';
import { applyChange } from '../transaction/change.ts';
import { categoriesOf, type Transaction, touchedIds } from '../transaction/transaction.ts';
import type { View } from '../view/view.ts';
import { withDocument } from './commit.ts';
import {
  createEditor,
  type EditorInit,
  type EditorState,
  indexOfDocument,
  namesOf,
} from './state.ts';

/** Raised with every change of the form; a snapshot of another form cannot be read. */
const snapshotVersion = 2;

export interface Snapshot {
  readonly version: number;
  readonly imageId: number;
  readonly tool: ToolName;
  readonly selection: readonly ObjectId[];
  readonly hidden: readonly ObjectId[];
  readonly locked: readonly ObjectId[];
  /** Null for the whole picture. */
  readonly view: View | null;
  /** The canvas on which the view was. */
  readonly canvas: Size;
  readonly settings: Settings;
  readonly history: History;
  readonly pending: readonly Transaction[];
  readonly annotationIds: readonly (readonly [ObjectId, number])[];
  /** The revisions in which unsaved objects were seen: saving may overwrite those, and no later ones. */
  readonly seenBorn: readonly (readonly [ObjectId, number])[];
  readonly objectCount: number;
  /** Of the categories of what is not saved: they may be deleted by then. Absent in older snapshots. */
  readonly categoryNames?: readonly (readonly [number, string])[];
}

/** Take one after every change and keep it under the picture's id. */
export const snapshotOf = (state: EditorState): Snapshot => ({
  version: snapshotVersion,
  imageId: state.document.picture.id,
  tool: toolOf(state.tool),
  selection: state.selection,
  hidden: [...state.hidden],
  locked: [...state.locked],
  view: state.view,
  canvas: state.canvas,
  settings: state.settings,
  history: state.history,
  pending: state.sync.queue.pending,
  annotationIds: [...state.sync.identities.annotationIds],
  seenBorn: unsavedIds(state.sync.queue.pending).flatMap((id) => {
    const born = state.sync.identities.born.get(id);
    return born === undefined ? [] : [[id, born] as const];
  }),
  objectCount: state.session.objectCount,
  categoryNames: [...categoriesOf(state.sync.queue.pending)].flatMap((id) => {
    const name = state.categoryNames.get(id);
    return name === undefined ? [] : [[id, name] as const];
  }),
});

const unsavedIds = (pending: readonly Transaction[]): ObjectId[] => [
  ...new Set(pending.flatMap((transaction) => [...touchedIds(transaction)])),
];

/** Whether a stored value is a snapshot of this picture in the form of today. */
export const isSnapshotOf = (value: unknown, imageId: number): value is Snapshot =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  value.version === snapshotVersion &&
  'imageId' in value &&
  value.imageId === imageId;

/**
 * Opens a picture as it was left: the server's objects under the ids that they had here, and over them what was not
 * saved. What somebody else has done to the same objects meanwhile waits for the first answer, like news of the moment.
 */
export function fromSnapshot(init: EditorInit, snapshot: Snapshot): EditorState {
  const opened = createEditor({ ...init, settings: { ...snapshot.settings, ...init.settings } });
  const annotationIds = new Map(snapshot.annotationIds);
  const nameOf = (annotationId: number): ObjectId => objectIdOf({ annotationIds }, annotationId);
  const objects = Array.from(opened.document.objects.values(), (object) => ({
    ...object,
    id: nameOf(object.id),
  }));
  const document = documentOf(init.picture, init.categories, objects);
  const served = init.annotations.map(({ id, born }) => [nameOf(id), born] as const);
  const seen = new Map(snapshot.seenBorn);
  const unsaved = new Set(unsavedIds(snapshot.pending));
  const known: EditorState = {
    ...opened,
    document,
    index: indexOfDocument(document),
    categoryNames: namesOf(init.categories, snapshot.categoryNames),
    tool: initialStates[toolNames.includes(snapshot.tool) ? snapshot.tool : 'select'],
    hidden: new Set(snapshot.hidden),
    locked: new Set(snapshot.locked),
    view: snapshot.view ?? opened.view,
    canvas: snapshot.view === null ? opened.canvas : snapshot.canvas,
    history: snapshot.history,
    sync: {
      ...opened.sync,
      queue: reopened(snapshot.pending),
      identities: {
        ...opened.sync.identities,
        annotationIds,
        born: ObjectMap.from([...served, ...seen]),
      },
      deferred: init.annotations
        .filter(({ id, born }) => unsaved.has(nameOf(id)) && born > (seen.get(nameOf(id)) ?? -1))
        .map((annotation) => ({
          annotationId: annotation.id,
          born: annotation.born,
          author: annotation.author,
          fields: fieldsFromServer(annotation, init.picture),
        })),
    },
    session: { ...opened.session, objectCount: snapshot.objectCount },
  };
  const state = snapshot.pending.reduce(reapply, known);
  const selection = snapshot.selection.filter((id) => state.document.objects.has(id));
  return { ...state, selection };
}

/** What was changed is changed again, even if the server's object is not quite what it was: saving will tell. */
function reapply(state: EditorState, transaction: Transaction): EditorState {
  const document = transaction.changes.reduce(
    (current, change) =>
      // It may be there already: the answer to its request was lost.
      change.type === 'add' && current.objects.has(change.object.id)
        ? current
        : applyChange(current, change),
    state.document,
  );
  return withDocument(state, document, touchedIds(transaction));
}
