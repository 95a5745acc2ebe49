import { pointInPicture } from '../../geometry/point.ts';
import { withKeypointMoved } from '../../operations/pose.ts';
import { changed } from '../drawing.ts';
import type { Behaviour, ToolContext } from '../tool.ts';
import { type KeypointsMoving, type KeypointsState, keypointsIdle } from './state.ts';

function moved({ id, keypoint, to }: KeypointsMoving, { document }: ToolContext) {
  const pose = document.objects.get(id);
  const shape = pose === undefined ? null : withKeypointMoved(pose, keypoint, to);
  return pose === undefined || shape === null ? null : { pose, shape };
}

export const moving: Behaviour<KeypointsMoving, KeypointsState> = {
  move: (state, { point }, { document }) => ({
    state: { ...state, to: pointInPicture(point, document.picture) },
  }),
  up: (state, _, context) => {
    const result = moved(state, context);
    const commit = result === null ? undefined : changed(result.pose, result.shape, 'keypoints');
    return { state: { ...keypointsIdle, skipped: state.skipped }, commit };
  },
  commands: { cancel: ({ skipped }) => ({ state: { ...keypointsIdle, skipped } }) },
  draft: (state, context) => {
    const result = moved(state, context);
    return { objects: result === null ? [] : [{ ...result.pose, ...result.shape }] };
  },
};
