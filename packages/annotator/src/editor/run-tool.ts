// Pointers and tool commands: the tool's answer is carried out here.

import type { PixelResult } from '../pixels/pixel-task.ts';
import {
  handleCommand,
  handleInterrupt,
  handlePointer,
  handleResult,
} from '../tools/behaviours.ts';
import type { Outcome, PointerInput, ToolCommand } from '../tools/tool.ts';
import type { ToolState } from '../tools/tool-state.ts';
import { imageFromScreen, panBy } from '../view/view.ts';
import { commit } from './commit.ts';
import type { Effect } from './effect.ts';
import { contextOf, type EditorState, type Update } from './state.ts';

type Pointing = Pick<PointerInput, 'screen' | 'modifiers'>;

/** @param phase of the gesture */
export function pointWithTool(
  state: EditorState,
  phase: 'down' | 'move' | 'up',
  { screen, modifiers }: Pointing,
  atMillis: number,
): Update {
  const point = imageFromScreen(state.view, screen);
  const input = { screen, modifiers, point };
  return carryOut(state, handlePointer(phase, state.tool, input, contextOf(state)), atMillis);
}

/** The pointer was taken away in the middle of a gesture. */
export const interruptTool = (state: EditorState, atMillis: number): Update =>
  carryOut(state, handleInterrupt(state.tool, contextOf(state)), atMillis);

/** What was asked of the pixels is known. */
export const tellResult = (
  state: EditorState,
  result: PixelResult | null,
  atMillis: number,
): Update => carryOut(state, handleResult(state.tool, result, contextOf(state)), atMillis);

/** @returns null where the tool's state knows no such command */
export function tellTool(
  state: EditorState,
  command: ToolCommand,
  atMillis: number,
): Update | null {
  const outcome = handleCommand(command, state.tool, contextOf(state));
  return outcome === null ? null : carryOut(state, outcome, atMillis);
}

/** Whether something is being drawn that a key would finish. */
export const hasToFinish = (state: EditorState): boolean =>
  handleCommand('finish', state.tool, contextOf(state)) !== null;

function carryOut(state: EditorState, outcome: Outcome<ToolState>, atMillis: number): Update {
  let next: EditorState = { ...state, tool: outcome.state };
  if (outcome.commit !== undefined) next = commit(next, outcome.commit, atMillis);
  if (outcome.selection !== undefined) next = { ...next, selection: outcome.selection };
  if (outcome.pan !== undefined) {
    const { dx, dy } = outcome.pan;
    next = { ...next, view: panBy(next.view, dx, dy, next.document.picture, next.canvas) };
  }
  const effects: Effect[] = [];
  if (outcome.notice !== undefined) effects.push({ type: 'notice', notice: outcome.notice });
  if (outcome.task !== undefined) {
    const taskId = next.taskId + 1;
    next = { ...next, taskId };
    effects.push({ type: 'pixel-task', id: taskId, task: outcome.task });
  }
  return { state: next, effects };
}
