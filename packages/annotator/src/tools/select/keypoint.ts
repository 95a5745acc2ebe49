import { pointInPicture } from '../../geometry/point.ts';
import { withKeypointMoved } from '../../operations/pose.ts';
import { changed } from '../drawing.ts';
import type { Behaviour, ToolContext } from '../tool.ts';
import { type SelectKeypoint, type SelectState, selectIdle } from './state.ts';

function moved({ id, keypoint, to }: SelectKeypoint, { document }: ToolContext) {
  const pose = document.objects.get(id);
  const shape = pose === undefined ? null : withKeypointMoved(pose, keypoint, to);
  return pose === undefined || shape === null ? null : { pose, shape };
}

export const keypoint: Behaviour<SelectKeypoint, SelectState> = {
  move: (state, { point }, { document }) => ({
    state: { ...state, to: pointInPicture(point, document.picture) },
  }),
  up: (state, _, context) => {
    const result = moved(state, context);
    const commit = result === null ? undefined : changed(result.pose, result.shape, 'keypoints');
    return { state: selectIdle, commit };
  },
  commands: { cancel: () => ({ state: selectIdle }) },
  draft: (state, context) => {
    const result = moved(state, context);
    return { objects: result === null ? [] : [{ ...result.pose, ...result.shape }] };
  },
};
