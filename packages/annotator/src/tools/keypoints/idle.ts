import { type AnnotationObject, reshape } from '../../document/annotation-object.ts';
import { categoryOf } from '../../document/document.ts';
import { type ImagePoint, pointInPicture } from '../../geometry/point.ts';
import { nearestKeypoint, objectsAt } from '../../hit-test/hit-test.ts';
import { labelledKeypoints, type Visibility, withKeypoint } from '../../operations/pose.ts';
import { changed, drawn, hitPixels, soleSelected } from '../drawing.ts';
import type { Behaviour, Outcome, PointerInput, ToolContext } from '../tool.ts';
import { firstKeypoint, openPose, skippedOf } from './open-pose.ts';
import { type KeypointsIdle, type KeypointsState, keypointsIdle } from './state.ts';

function poseUnder(
  { point }: PointerInput,
  context: ToolContext,
): { pose: AnnotationObject; keypoint: number } | null {
  const { document, index, isEditable } = context;
  const tolerance = hitPixels(context);
  for (const pose of objectsAt(document, index, point, tolerance)) {
    const keypoint = nearestKeypoint(pose, point, tolerance);
    if (keypoint !== null && isEditable(pose.id)) return { pose, keypoint };
  }
  return null;
}

const other = (visibility: number): 1 | 2 => (visibility === 2 ? 1 : 2);

/** A click sets the next point, with Shift a hidden one. On a point that is there it takes hold of it, unless with Alt. */
function down(
  state: KeypointsIdle,
  input: PointerInput,
  context: ToolContext,
): Outcome<KeypointsState> {
  const { skipped } = state;
  const held = input.modifiers.alt ? null : poseUnder(input, context);
  const to = pointInPicture(input.point, context.document.picture);
  if (held !== null) {
    const { pose, keypoint } = held;
    const moving = { name: 'keypoints.moving', id: pose.id, keypoint, to, skipped } as const;
    return { state: moving, selection: [pose.id] };
  }
  const usual = context.settings.keypointVisibility;
  const visibility = input.modifiers.shift ? other(usual) : usual;
  const open = openPose(state, context);
  if (open === null) return beginPose(state, to, visibility, context);
  const { pose, count, next } = open;
  const keypoints = withKeypoint(pose.keypoints, count, next, to, visibility);
  return { state, commit: changed(pose, reshape(pose, { keypoints }), 'keypoints') };
}

function beginPose(
  state: KeypointsIdle,
  to: ImagePoint,
  visibility: Visibility,
  context: ToolContext,
): Outcome<KeypointsState> {
  const { document, settings, nextId } = context;
  if (settings.categoryId === null) return { state, notice: { code: 'no-category' } };
  const count = categoryOf(document, settings)?.keypoints?.length ?? 0;
  if (count === 0) return { state, notice: { code: 'category-without-keypoints' } };
  const skipped = skippedOf(state.skipped, null);
  const keypoints = withKeypoint(null, count, firstKeypoint(state, count), to, visibility);
  const next = { ...state, skipped: { pose: nextId, keypoints: skipped } };
  return drawn(next, context, { keypoints });
}

export const idle: Behaviour<KeypointsIdle, KeypointsState> = {
  down,
  commands: {
    skip: (state, context) => {
      const open = openPose(state, context);
      const pose = open?.pose.id ?? null;
      const before = skippedOf(state.skipped, pose);
      const keypoints = [...before, open?.next ?? before.length];
      return { state: { ...state, skipped: { pose, keypoints } } };
    },
    /** Turns the point that was set last: visible or hidden. */
    visibility: (state, context) => {
      const pose = soleSelected(context);
      const last = labelledKeypoints(pose).at(-1);
      if (pose?.keypoints == null || last === undefined) return { state };
      const count = pose.keypoints.length / 3;
      const [x, y, visibility] = pose.keypoints.slice(3 * last, 3 * last + 3);
      const keypoints = withKeypoint(pose.keypoints, count, last, { x, y }, other(visibility));
      return { state, commit: changed(pose, reshape(pose, { keypoints }), 'keypoints') };
    },
    /** The pose is done: the next click begins another. */
    finish: () => ({ state: keypointsIdle, selection: [] }),
    cancel: () => ({ state: keypointsIdle, selection: [] }),
  },
};
