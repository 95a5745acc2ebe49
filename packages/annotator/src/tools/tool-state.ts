// All tools, and every state that one of them can be in.

import { type BoxState, boxIdle } from './box/state.ts';
import { type BrushState, brushIdle } from './brush/state.ts';
import { type ExtremePointsState, extremePointsIdle } from './extreme-points/state.ts';
import { type KeypointsState, keypointsIdle } from './keypoints/state.ts';
import { type PanState, panIdle } from './pan/state.ts';
import { type PolygonState, polygonIdle } from './polygon/state.ts';
import { type RotatedBoxState, rotatedBoxIdle } from './rotated-box/state.ts';
import { type ScissorsState, scissorsIdle } from './scissors/state.ts';
import { type SelectState, selectIdle } from './select/state.ts';
import { type SliceState, sliceIdle } from './slice/state.ts';
import { type TagState, tagIdle } from './tag/state.ts';
import { type WandState, wandIdle } from './wand/state.ts';

export type ToolState =
  | SelectState
  | PanState
  | BoxState
  | RotatedBoxState
  | PolygonState
  | BrushState
  | WandState
  | ScissorsState
  | KeypointsState
  | ExtremePointsState
  | SliceState
  | TagState;

/** How each tool begins. */
export const initialStates = {
  select: selectIdle,
  pan: panIdle,
  box: boxIdle,
  'rotated-box': rotatedBoxIdle,
  polygon: polygonIdle,
  brush: brushIdle('paint'),
  eraser: brushIdle('erase'),
  wand: wandIdle,
  scissors: scissorsIdle,
  keypoints: keypointsIdle,
  'extreme-points': extremePointsIdle,
  slice: sliceIdle,
  tag: tagIdle,
} as const satisfies Record<string, ToolState>;

export type ToolName = keyof typeof initialStates;

export const toolNames = Object.keys(initialStates) as readonly ToolName[];

/** Which tool a state belongs to: the eraser is the brush that takes away. */
export function toolOf(state: ToolState): ToolName {
  if ('mode' in state && state.mode === 'erase') return 'eraser';
  return state.name.slice(0, state.name.indexOf('.')) as ToolName;
}

/** Gestures that select or move the view. */
const looks: ReadonlySet<ToolState['name']> = new Set<ToolState['name']>([
  'select.pressing',
  'select.marquee',
  'pan.dragging',
]);

/** Whether nothing would come of it but another selection or another view. */
export const isLooking = (state: ToolState): boolean => !isDrawing(state) || looks.has(state.name);

/** Whether something is in the making, which a key may be meant for. */
export const isDrawing = (state: ToolState): boolean => !state.name.endsWith('.idle');
