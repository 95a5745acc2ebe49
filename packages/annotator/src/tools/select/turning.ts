import type { ImagePoint } from '../../geometry/point.ts';
import { rotate } from '../../operations/transform.ts';
import { changed } from '../drawing.ts';
import type { Behaviour, ToolContext } from '../tool.ts';
import { type SelectState, type SelectTurning, selectIdle } from './state.ts';

const angle = (about: ImagePoint, { x, y }: ImagePoint): number =>
  (Math.atan2(y - about.y, x - about.x) * 180) / Math.PI;

function turnedObject({ id, about, start, to }: SelectTurning, { document }: ToolContext) {
  const object = document.objects.get(id);
  const degrees = angle(about, to) - angle(about, start);
  const shape = object === undefined ? null : rotate(object, degrees, about, document.picture);
  return object === undefined || shape === null ? null : { object, shape };
}

export const turning: Behaviour<SelectTurning, SelectState> = {
  move: (state, { point }) => ({ state: { ...state, to: point } }),
  up: (state, _, context) => {
    const result = turnedObject(state, context);
    if (result === null) return { state: selectIdle, notice: { code: 'not-possible-for-shape' } };
    return { state: selectIdle, commit: changed(result.object, result.shape, 'rotate') };
  },
  commands: { cancel: () => ({ state: selectIdle }) },
  draft: (state, context) => {
    const result = turnedObject(state, context);
    return { objects: result === null ? [] : [{ ...result.object, ...result.shape }] };
  },
};
