// What the editor asks the app to do, as data.

import type { SaveRequest } from '../save/sync.ts';
import type { Notice } from '../tools/notice.ts';

export type Effect =
  /** Send this; answer with the event `saved` or `save-failed`. */
  | { readonly type: 'save'; readonly request: SaveRequest }
  /** Send the event `retry` then. */
  | { readonly type: 'wake'; readonly atMillis: number }
  /** Read the picture's objects again; answer with the event `reloaded`. */
  | { readonly type: 'reload' }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'open-picture'; readonly which: 'previous' | 'next' | 'next-doubtful' }
  /** Load that picture's objects; answer with the event `paste`. */
  | { readonly type: 'copy-from'; readonly which: 'previous' | 'next' }
  | { readonly type: 'show-help' };
