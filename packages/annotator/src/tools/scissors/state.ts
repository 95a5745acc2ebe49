import type { ImagePoint } from '../../geometry/point.ts';
import type { LiveWire } from '../../pixels/live-wire.ts';

export type ScissorsIdle = { readonly name: 'scissors.idle' };

/** At least one point was clicked; the line to the pointer follows the edges. */
export interface ScissorsTracing {
  readonly name: 'scissors.tracing';
  /** `[x0, y0, …]` up to the point that was clicked last. */
  readonly points: readonly number[];
  /** How many of the points there were at each click, for taking clicks back. */
  readonly clicks: readonly number[];
  /** The ways from the last click; null while they are being looked for. */
  readonly wire: LiveWire | null;
  readonly cursor: ImagePoint;
  /** What was clicked meanwhile, in order; `finish` ends the ring. */
  readonly later: readonly (ImagePoint | 'finish')[];
}

export type ScissorsState = ScissorsIdle | ScissorsTracing;

export const scissorsIdle: ScissorsIdle = { name: 'scissors.idle' };

/** How far a way may lead from the last click, pixels of the picture. */
export const reachPixels = 256;
