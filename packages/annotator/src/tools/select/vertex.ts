import { distance, isInPicture } from '../../geometry/point.ts';
import { insertVertex, moveVertex } from '../../operations/vertices.ts';
import { changed, snappedFreely } from '../drawing.ts';
import { dragScreenPixels } from '../settings.ts';
import type { Behaviour, ToolContext } from '../tool.ts';
import { type SelectState, type SelectVertex, selectIdle } from './state.ts';

function edited({ id, place, isNew, to }: SelectVertex, { document }: ToolContext) {
  const object = document.objects.get(id);
  if (object === undefined) return null;
  const { picture } = document;
  const edit = isNew ? insertVertex : moveVertex;
  const shape = edit(object, place, to, picture);
  return shape === null ? null : { object, shape };
}

export const vertex: Behaviour<SelectVertex, SelectState> = {
  move: (state, input, context) => {
    const slack = dragScreenPixels * context.pixelsPerScreenPixel;
    if (!state.hasMoved && distance(state.to, input.point) < slack) return { state };
    return { state: { ...state, to: snappedFreely(input, context, state.id), hasMoved: true } };
  },
  up: (state, _, context) => {
    const { place, isNew, hasMoved, to } = state;
    const chosen = { ...selectIdle, vertex: isNew ? { ...place, point: place.point + 1 } : place };
    // A click on a point chooses it; one on a side puts a point there.
    if (!hasMoved && !isNew) return { state: chosen };
    const result = edited(state, context);
    if (result === null) return { state: selectIdle, notice: { code: 'nothing-left' } };
    // What was cut off at the border has other points.
    const isThere = isInPicture(to, context.document.picture);
    return {
      state: isThere ? chosen : selectIdle,
      commit: changed(result.object, result.shape, 'edit-points'),
    };
  },
  commands: { cancel: () => ({ state: selectIdle }) },
  draft: (state, context) => {
    const result = state.hasMoved || state.isNew ? edited(state, context) : null;
    return { objects: result === null ? [] : [{ ...result.object, ...result.shape }] };
  },
};
