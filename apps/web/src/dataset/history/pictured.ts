import type { Image } from '@migaki/api';
import type { OverlayStyle } from '../overlay/draw-overlays.ts';

/** What shows objects of a picture needs it. */
export interface Pictured {
  datasetId: number;
  image: Image;
  style: OverlayStyle;
}
