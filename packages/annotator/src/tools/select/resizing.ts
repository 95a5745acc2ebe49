import { boxOfFrame, pullHandle } from '../../geometry/frame.ts';
import { rotatedBoxOf } from '../../geometry/rotated-box.ts';
import { resize, resizeTurnedBox } from '../../operations/transform.ts';
import { changed, snapped } from '../drawing.ts';
import type { Behaviour, ToolContext } from '../tool.ts';
import { type SelectResizing, type SelectState, selectIdle } from './state.ts';

function resized({ id, handle, frame, to }: SelectResizing, { document }: ToolContext) {
  const object = document.objects.get(id);
  if (object === undefined) return null;
  const pulled = pullHandle(frame, handle, to);
  const shape =
    rotatedBoxOf(object) === null
      ? resize(object, boxOfFrame(pulled), document.picture)
      : resizeTurnedBox(object, pulled, document.picture);
  return shape === null ? null : { object, shape };
}

export const resizing: Behaviour<SelectResizing, SelectState> = {
  move: (state, input, context) => ({
    state: { ...state, to: snapped(input, context, state.id) },
  }),
  up: (state, _, context) => {
    const result = resized(state, context);
    if (result === null) return { state: selectIdle, notice: { code: 'nothing-left' } };
    return { state: selectIdle, commit: changed(result.object, result.shape, 'resize') };
  },
  commands: { cancel: () => ({ state: selectIdle }) },
  draft: (state, context) => {
    const result = resized(state, context);
    return { objects: result === null ? [] : [{ ...result.object, ...result.shape }] };
  },
};
