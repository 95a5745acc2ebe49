// What a backbone gives: pictures seen more and more coarsely.

import type { Built } from '@migaki/graph';

export interface FeatureMap {
  /** Pixels of the picture from one position to the next. */
  readonly stride: number;
  /** [N,C,H / stride,W / stride] */
  readonly value: Built;
}
