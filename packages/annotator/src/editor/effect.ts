// What the editor asks the app to do, as data.

import type { ObjectId } from '../document/object-map.ts';
import type { PixelTask } from '../pixels/pixel-task.ts';
import type { SaveRequest } from '../save/sync.ts';
import type { Notice } from '../tools/notice.ts';

export type Effect =
  /** Send this; answer with the event `saved` or `save-failed`. */
  | { readonly type: 'save'; readonly request: SaveRequest }
  /** Send the event `retry` then. */
  | { readonly type: 'wake'; readonly atMillis: number }
  /** Read the picture's objects again; answer with the event `reloaded`. */
  | { readonly type: 'reload' }
  /** Read the dataset's categories again; answer with the event `categories`. */
  | { readonly type: 'reload-categories' }
  /** Work this out (`runPixelTask`) and answer with the event `pixel-result`. Only the last one is waited for. */
  | { readonly type: 'pixel-task'; readonly id: number; readonly task: PixelTask }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'open-picture'; readonly which: 'previous' | 'next' | 'next-doubtful' }
  /** Load that picture's objects; answer with the event `paste`. */
  | { readonly type: 'copy-from'; readonly which: 'previous' | 'next' }
  /** What needs to be asked first; only the app knows the other pictures. */
  | { readonly type: 'open-dialog'; readonly which: 'copy-from' | 'propagate' | 'interpolate' }
  /** Show the objects that are the most alike to this one. */
  | { readonly type: 'find-similar'; readonly id: ObjectId }
  /** The keyboard goes on there. */
  | {
      readonly type: 'focus';
      readonly which: 'categories' | 'objects' | 'object' | 'picture' | 'comment';
    }
  /** Back to where the picture was opened from. */
  | { readonly type: 'leave' }
  | { readonly type: 'show-help' };
