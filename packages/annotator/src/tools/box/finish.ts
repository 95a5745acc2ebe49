import { boxFromCorners } from '../../geometry/box.ts';
import type { ImagePoint } from '../../geometry/point.ts';
import { drawn } from '../drawing.ts';
import type { Draft, Outcome, ToolContext } from '../tool.ts';
import { type BoxState, boxIdle } from './state.ts';

interface Corners {
  readonly start: ImagePoint;
  readonly end: ImagePoint;
}

export function finishBox({ start, end }: Corners, context: ToolContext): Outcome<BoxState> {
  const bbox = boxFromCorners(start, end);
  if (bbox[2] === 0 || bbox[3] === 0) return { state: boxIdle, notice: { code: 'nothing-left' } };
  return drawn(boxIdle, context, { bbox });
}

export const draftBox = ({ start, end }: Corners): Partial<Draft> => ({
  marquee: boxFromCorners(start, end),
});
