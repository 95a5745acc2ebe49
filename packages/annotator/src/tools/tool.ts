// What all tools have in common. A tool is a union of states; a state gets what happened and the context, and answers
// with its successor and with what is to be committed. It never sees the editor.

import type { AnnotationObject } from '../document/annotation-object.ts';
import type { Document } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { Box } from '../geometry/box.ts';
import type { ImagePoint, ScreenPoint } from '../geometry/point.ts';
import type { SpatialIndex } from '../hit-test/spatial-index.ts';
import type { TiledMask } from '../mask/tiled-mask.ts';
import type { PixelResult, PixelTask } from '../pixels/pixel-task.ts';
import type { Change } from '../transaction/change.ts';
import type { TransactionLabel } from '../transaction/transaction.ts';
import type { Notice } from './notice.ts';
import type { Settings } from './settings.ts';

export interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, and ⌘ on a Mac. */
  readonly mod: boolean;
}

export interface PointerInput {
  /** Where the pointer is, be it beside the picture. */
  readonly point: ImagePoint;
  readonly screen: ScreenPoint;
  readonly modifiers: Modifiers;
}

export interface ToolContext {
  readonly document: Document;
  readonly index: SpatialIndex;
  readonly selection: readonly ObjectId[];
  readonly isVisible: (id: ObjectId) => boolean;
  /** Neither hidden nor locked. */
  readonly isEditable: (id: ObjectId) => boolean;
  readonly settings: Settings;
  /** Pixels of the picture per CSS pixel, for tolerances that a hand feels. */
  readonly pixelsPerScreenPixel: number;
  /** Whether the picture itself is there, so that tasks about its pixels can be worked out. */
  readonly hasPixels: boolean;
  /** Id of an object to be made. */
  readonly nextId: ObjectId;
}

export interface Commit {
  readonly label: TransactionLabel;
  readonly changes: readonly Change[];
}

export interface Outcome<State> {
  readonly state: State;
  readonly commit?: Commit;
  readonly selection?: readonly ObjectId[];
  readonly notice?: Notice;
  /** What is to be found out about the picture's pixels; takes the place of a task that is not done yet. */
  readonly task?: PixelTask;
  /** How far the view moves, CSS pixels. */
  readonly pan?: { readonly dx: number; readonly dy: number };
}

/** What people say to a tool by keys, buttons or double clicks, in the middle of its work. */
export type ToolCommand = 'finish' | 'cancel' | 'back' | 'delete' | 'skip' | 'visibility';

/** What one state does with what happens; what it does not name leaves it as it is. */
export interface Behaviour<Own, State> {
  readonly down?: (state: Own, input: PointerInput, context: ToolContext) => Outcome<State>;
  readonly move?: (state: Own, input: PointerInput, context: ToolContext) => Outcome<State>;
  readonly up?: (state: Own, input: PointerInput, context: ToolContext) => Outcome<State>;
  /** The pointer is taken away while it is down. Without this, a state that waits for it to go up is cancelled. */
  readonly interrupt?: (state: Own, context: ToolContext) => Outcome<State>;
  /** The answer to the task that was asked for last; null where it could not be worked out. */
  readonly result?: (
    state: Own,
    result: PixelResult | null,
    context: ToolContext,
  ) => Outcome<State>;
  readonly commands?: {
    readonly [Name in ToolCommand]?: (state: Own, context: ToolContext) => Outcome<State>;
  };
  /** What to draw over or instead of the document meanwhile. */
  readonly draft?: (state: Own, context: ToolContext) => Partial<Draft>;
}

/** What is not committed yet. Spaces: pixels of the picture. */
export interface Draft {
  /** Drawn instead of the document's objects of the same id. */
  readonly objects: readonly AnnotationObject[];
  /** An open line `[x0, y0, …]`. */
  readonly path: readonly number[];
  readonly points: readonly ImagePoint[];
  readonly marquee: Box | null;
  /** Replaces the mask of `object`, or is a new one for null. */
  readonly mask: { readonly tiles: TiledMask; readonly object: ObjectId | null } | null;
}

export const emptyDraft: Draft = { objects: [], path: [], points: [], marquee: null, mask: null };
