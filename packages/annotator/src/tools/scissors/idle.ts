import { pointInPicture } from '../../geometry/point.ts';
import { liveWireFrom } from '../../pixels/live-wire.ts';
import type { Behaviour } from '../tool.ts';
import { reachPixels, type ScissorsIdle, type ScissorsState } from './state.ts';

export const idle: Behaviour<ScissorsIdle, ScissorsState> = {
  down: (state, { point }, { document, pixels }) => {
    if (pixels === null) return { state, notice: { code: 'no-pixels' } };
    const start = pointInPicture(point, document.picture);
    const points = [start.x, start.y];
    const wire = liveWireFrom(pixels, start, reachPixels);
    return { state: { name: 'scissors.tracing', points, clicks: [1], wire, cursor: start } };
  },
};
