// Everything that can happen to the editor. Times are milliseconds since 1970, of when it happened.

import type { AnnotationObject, ObjectFields } from '../document/annotation-object.ts';
import type { Category, ImageStatus } from '../document/document.ts';
import type { ObjectId } from '../document/object-map.ts';
import type { ImagePoint, ScreenPoint, Size } from '../geometry/point.ts';
import type { CommandName } from '../keymap/commands.ts';
import type { KeymapSettings } from '../keymap/keymap.ts';
import type { PixelResult } from '../pixels/pixel-task.ts';
import type { Failure } from '../save/failure.ts';
import type { SaveAnswer, ServerObject } from '../save/sync.ts';
import type { Settings } from '../tools/settings.ts';
import type { Modifiers } from '../tools/tool.ts';
import type { Remark } from '../transaction/remark.ts';
import type { TransactionLabel } from '../transaction/transaction.ts';

interface Pointer {
  readonly screen: ScreenPoint;
  readonly modifiers: Modifiers;
}

type EventBody =
  /** `isPanning`: with the middle button, or while the space bar is held. */
  | ({ readonly type: 'pointer-down'; readonly isPanning: boolean } & Pointer)
  | ({ readonly type: 'pointer-move' } & Pointer)
  | ({ readonly type: 'pointer-up' } & Pointer)
  /** The pointer was taken away in the middle of a gesture: by a second finger, or by the system. */
  | { readonly type: 'pointer-cancel' }
  | ({ readonly type: 'double-click' } & Pointer)
  | { readonly type: 'wheel'; readonly screen: ScreenPoint; readonly deltaY: number }
  | {
      readonly type: 'pinch';
      readonly before: readonly [ScreenPoint, ScreenPoint];
      readonly after: readonly [ScreenPoint, ScreenPoint];
    }
  /** See `keymap/chord.ts`. */
  | { readonly type: 'key'; readonly chord: string }
  | { readonly type: 'command'; readonly name: CommandName }
  /** From the list of categories; the number keys are commands. */
  /** The picture is before somebody's eyes: the work on it begins with a look. */
  | { readonly type: 'shown' }
  | { readonly type: 'choose-category'; readonly categoryId: number }
  | { readonly type: 'select'; readonly ids: readonly ObjectId[] }
  | {
      readonly type: 'set-hidden' | 'set-locked';
      readonly ids: readonly ObjectId[];
      readonly value: boolean;
    }
  /** From the panel of an object: attributes, caption, crowd. */
  | {
      readonly type: 'set-fields';
      readonly ids: readonly ObjectId[];
      readonly fields: Partial<
        Pick<ObjectFields, 'categoryId' | 'attributes' | 'caption' | 'isCrowd'>
      >;
      readonly label: TransactionLabel;
    }
  /** Whether the whole picture shows a category, or not. */
  | { readonly type: 'toggle-tag'; readonly categoryId: number }
  | { readonly type: 'delete'; readonly ids: readonly ObjectId[] }
  /** From the list of a pose's points. */
  | { readonly type: 'set-keypoints'; readonly id: ObjectId; readonly keypoints: readonly number[] }
  | { readonly type: 'add-caption'; readonly caption: string }
  /** An object as it was at some time; also one that was deleted since. */
  | { readonly type: 'revert'; readonly id: ObjectId; readonly fields: ObjectFields }
  | { readonly type: 'remark'; readonly remark: Remark }
  /** Objects of another picture, as copied or propagated. */
  | { readonly type: 'paste'; readonly objects: readonly AnnotationObject[]; readonly from: Size }
  | { readonly type: 'set-settings'; readonly settings: Partial<Settings> }
  | { readonly type: 'set-keymap'; readonly keymap: KeymapSettings }
  /** A place of the picture comes to the middle of the canvas. */
  | { readonly type: 'look-at'; readonly centre: ImagePoint }
  | { readonly type: 'resize-canvas'; readonly canvas: Size }
  /** The picture's pixels are there, so many of them. */
  | { readonly type: 'pixels'; readonly size: Size }
  /** @see Effect `pixel-task`; null where it could not be worked out. */
  | { readonly type: 'pixel-result'; readonly id: number; readonly result: PixelResult | null }
  /** How far the work on the picture is: chosen here, or by somebody else. */
  | { readonly type: 'set-status'; readonly status: ImageStatus }
  | { readonly type: 'status-news'; readonly status: ImageStatus }
  /** The picture was deleted, or brought back. */
  | { readonly type: 'set-read-only'; readonly value: boolean }
  | { readonly type: 'categories'; readonly categories: readonly Category[] }
  | { readonly type: 'news'; readonly objects: readonly ServerObject[] }
  /** All of them, as the server had them at a revision. */
  | {
      readonly type: 'reloaded';
      readonly objects: readonly ServerObject[];
      readonly revision: number;
    }
  | { readonly type: 'saved'; readonly answer: SaveAnswer }
  | { readonly type: 'save-failed'; readonly failure: Failure }
  /** Time has come to try again, the network is back, or the person has logged in. */
  | { readonly type: 'retry'; readonly isNow: boolean }
  | { readonly type: 'settle-conflict'; readonly id: ObjectId; readonly choice: 'mine' | 'theirs' }
  /** Gives everything unsaved that has a category which is gone another one. */
  | { readonly type: 'replace-category'; readonly from: number; readonly to: number }
  /** Gives up the change that the server does not take. */
  | { readonly type: 'give-up' };

export type EditorEvent = EventBody & { readonly atMillis: number };

export type EventOf<Type extends EditorEvent['type']> = Extract<EditorEvent, { type: Type }>;
