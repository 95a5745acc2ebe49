import { placeOf } from '../../document/annotation-object.ts';
import { boxFromCorners, boxIsWithin } from '../../geometry/box.ts';
import { idsNear } from '../../hit-test/spatial-index.ts';
import type { Behaviour } from '../tool.ts';
import { type SelectMarquee, type SelectState, selectIdle } from './state.ts';

/** Selects what lies in the frame entirely. */
export const marquee: Behaviour<SelectMarquee, SelectState> = {
  move: (state, { point }) => ({ state: { ...state, to: point } }),
  up: ({ start, kept }, { point }, { document, index, isEditable }) => {
    const frame = boxFromCorners(start, point);
    const inside = idsNear(index, frame).filter((id) => {
      const object = document.objects.get(id);
      const place = object === undefined ? null : placeOf(object);
      return place !== null && boxIsWithin(place, frame) && isEditable(id);
    });
    return { state: selectIdle, selection: [...new Set([...kept, ...inside])] };
  },
  commands: { cancel: ({ kept }) => ({ state: selectIdle, selection: kept }) },
  draft: ({ start, to }) => ({ marquee: boxFromCorners(start, to) }),
};
