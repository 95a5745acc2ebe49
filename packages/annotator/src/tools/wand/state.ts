import type { ImagePoint } from '../../geometry/point.ts';

/** What becomes of the pixels that a click finds: an object, or more or less of the selected one. */
export const wandModes = ['new', 'add', 'subtract'] as const;
export type WandMode = (typeof wandModes)[number];

export interface WandClick {
  readonly point: ImagePoint;
  readonly mode: WandMode;
}

export type WandIdle = { readonly name: 'wand.idle' };

/** The pixels of a click are being looked for; who clicks on meanwhile is not kept waiting. */
export interface WandFilling {
  readonly name: 'wand.filling';
  readonly click: WandClick;
  readonly later: readonly WandClick[];
}

export type WandState = WandIdle | WandFilling;

export const wandIdle: WandIdle = { name: 'wand.idle' };
