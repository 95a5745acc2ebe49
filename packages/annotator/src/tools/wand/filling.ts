import { reshape } from '../../document/annotation-object.ts';
import { isEmptyRle } from '../../mask/mask-of.ts';
import { combineMasks, segmentationOf } from '../../operations/combine.ts';
import type { PixelResult } from '../../pixels/pixel-task.ts';
import { changed, drawn, soleSelected } from '../drawing.ts';
import type { Behaviour, Outcome, ToolContext } from '../tool.ts';
import { clickOf, fill } from './fill.ts';
import { type WandFilling, type WandMode, type WandState, wandIdle } from './state.ts';

export const filling: Behaviour<WandFilling, WandState> = {
  down: (state, input, context) => {
    const click = clickOf(input, context);
    return { state: click === null ? state : { ...state, later: [...state.later, click] } };
  },
  result: (state, result, context) => {
    const next = fill(state.later, context);
    if (result?.type !== 'mask') return { ...next, notice: { code: 'no-pixels' } };
    return { ...next, ...made(state.click.mode, result, context) };
  },
  commands: { cancel: () => ({ state: wandIdle }) },
  draft: ({ click, later }) => ({ points: [click, ...later].map(({ point }) => point) }),
};

type Made = Omit<Outcome<WandState>, 'state' | 'task'>;

function made(
  mode: WandMode,
  { rle, isCut }: PixelResult & { type: 'mask' },
  context: ToolContext,
): Made {
  if (isEmptyRle(rle)) return { notice: { code: 'nothing-left' } };
  const found = { type: 'mask', rle } as const;
  const cutNotice = isCut ? ({ notice: { code: 'cut-to-view' } } as const) : {};
  const target = soleSelected(context);
  // To add to nothing is to begin.
  if (mode === 'new' || (mode === 'add' && target === undefined)) {
    const { state: _, ...object } = drawn(wandIdle, context, { segmentation: found });
    return { ...cutNotice, ...object };
  }
  if (target === undefined) return { notice: { code: 'nothing-selected' } };
  const { picture } = context.document;
  const own = segmentationOf(target, picture);
  if (own === null) return { notice: { code: 'not-possible-for-shape' } };
  const how = mode === 'add' ? 'union' : 'difference';
  const segmentation = combineMasks(how, [own, found], picture);
  if (segmentation === null) return { notice: { code: 'nothing-left' } };
  const label = mode === 'add' ? 'paint' : 'erase';
  return { ...cutNotice, commit: changed(target, reshape(target, { segmentation }), label) };
}
