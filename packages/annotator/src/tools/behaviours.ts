// What every state of every tool does: one table, total over the states.

import type { PixelResult } from '../pixels/pixel-task.ts';
import { dragging as boxDragging } from './box/dragging.ts';
import { idle as boxIdle } from './box/idle.ts';
import { stretching as boxStretching } from './box/stretching.ts';
import { idle as brushIdle } from './brush/idle.ts';
import { painting as brushPainting } from './brush/painting.ts';
import { collecting as extremePointsCollecting } from './extreme-points/collecting.ts';
import { cutting as extremePointsCutting } from './extreme-points/cutting.ts';
import { idle as extremePointsIdle } from './extreme-points/idle.ts';
import { idle as keypointsIdle } from './keypoints/idle.ts';
import { moving as keypointsMoving } from './keypoints/moving.ts';
import { dragging as panDragging } from './pan/dragging.ts';
import { idle as panIdle } from './pan/idle.ts';
import { drawing as polygonDrawing } from './polygon/drawing.ts';
import { idle as polygonIdle } from './polygon/idle.ts';
import { tracing as polygonTracing } from './polygon/tracing.ts';
import { depth as rotatedBoxDepth } from './rotated-box/depth.ts';
import { edge as rotatedBoxEdge } from './rotated-box/edge.ts';
import { idle as rotatedBoxIdle } from './rotated-box/idle.ts';
import { idle as scissorsIdle } from './scissors/idle.ts';
import { tracing as scissorsTracing } from './scissors/tracing.ts';
import { idle as selectIdle } from './select/idle.ts';
import { keypoint as selectKeypoint } from './select/keypoint.ts';
import { marquee as selectMarquee } from './select/marquee.ts';
import { moving as selectMoving } from './select/moving.ts';
import { pressing as selectPressing } from './select/pressing.ts';
import { resizing as selectResizing } from './select/resizing.ts';
import { turning as selectTurning } from './select/turning.ts';
import { vertex as selectVertex } from './select/vertex.ts';
import { dragging as sliceDragging } from './slice/dragging.ts';
import { idle as sliceIdle } from './slice/idle.ts';
import { idle as tagIdle } from './tag/idle.ts';
import {
  type Behaviour,
  type Draft,
  emptyDraft,
  type Outcome,
  type PointerInput,
  type ToolCommand,
  type ToolContext,
} from './tool.ts';
import type { ToolState } from './tool-state.ts';
import { filling as wandFilling } from './wand/filling.ts';
import { idle as wandIdle } from './wand/idle.ts';

type Behaviours = {
  readonly [Name in ToolState['name']]: Behaviour<Extract<ToolState, { name: Name }>, ToolState>;
};

const behaviours: Behaviours = {
  'select.idle': selectIdle,
  'select.pressing': selectPressing,
  'select.moving': selectMoving,
  'select.resizing': selectResizing,
  'select.turning': selectTurning,
  'select.vertex': selectVertex,
  'select.keypoint': selectKeypoint,
  'select.marquee': selectMarquee,
  'pan.idle': panIdle,
  'pan.dragging': panDragging,
  'box.idle': boxIdle,
  'box.dragging': boxDragging,
  'box.stretching': boxStretching,
  'rotated-box.idle': rotatedBoxIdle,
  'rotated-box.edge': rotatedBoxEdge,
  'rotated-box.depth': rotatedBoxDepth,
  'polygon.idle': polygonIdle,
  'polygon.drawing': polygonDrawing,
  'polygon.tracing': polygonTracing,
  'brush.idle': brushIdle,
  'brush.painting': brushPainting,
  'wand.idle': wandIdle,
  'wand.filling': wandFilling,
  'scissors.idle': scissorsIdle,
  'scissors.tracing': scissorsTracing,
  'keypoints.idle': keypointsIdle,
  'keypoints.moving': keypointsMoving,
  'extreme-points.idle': extremePointsIdle,
  'extreme-points.collecting': extremePointsCollecting,
  'extreme-points.cutting': extremePointsCutting,
  'slice.idle': sliceIdle,
  'slice.dragging': sliceDragging,
  'tag.idle': tagIdle,
};

/** A state and the behaviour that its name stands for; TypeScript cannot follow that the two belong together. */
const behaviourOf = (state: ToolState) => behaviours[state.name] as Behaviour<ToolState, ToolState>;

export const handlePointer = (
  phase: 'down' | 'move' | 'up',
  state: ToolState,
  input: PointerInput,
  context: ToolContext,
): Outcome<ToolState> => behaviourOf(state)[phase]?.(state, input, context) ?? { state };

/** The pointer is gone: by a second finger, which begins to zoom, or by the system. */
export function handleInterrupt(state: ToolState, context: ToolContext): Outcome<ToolState> {
  const { interrupt, up, commands } = behaviourOf(state);
  if (interrupt !== undefined) return interrupt(state, context);
  return (up && commands?.cancel?.(state, context)) ?? { state };
}

/** Whoever gave the gesture up meanwhile has no use for the result. */
export const handleResult = (
  state: ToolState,
  result: PixelResult | null,
  context: ToolContext,
): Outcome<ToolState> => behaviourOf(state).result?.(state, result, context) ?? { state };

/** @returns null where the state knows no such command: it then means something to the editor, or nothing */
export const handleCommand = (
  command: ToolCommand,
  state: ToolState,
  context: ToolContext,
): Outcome<ToolState> | null => behaviourOf(state).commands?.[command]?.(state, context) ?? null;

/** What to draw over or instead of the document, in the middle of a gesture. */
export const draftOf = (state: ToolState, context: ToolContext): Draft => ({
  ...emptyDraft,
  ...behaviourOf(state).draft?.(state, context),
});
