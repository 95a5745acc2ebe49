// A click makes an object of what has the colour there; Shift adds it to the selected one, Ctrl takes it away.

import type { Outcome, PointerInput, ToolContext } from '../tool.ts';
import { type WandClick, type WandState, wandIdle } from './state.ts';

/** @returns null for a click beside the picture */
export function clickOf(
  { point, modifiers }: PointerInput,
  { document, settings }: ToolContext,
): WandClick | null {
  const { width, height } = document.picture;
  if (point.x < 0 || point.y < 0 || point.x >= width || point.y >= height) return null;
  const mode = modifiers.mod ? 'subtract' : modifiers.shift ? 'add' : settings.wand.mode;
  return { point, mode };
}

/** Asks for the pixels of the first of some clicks. */
export function fill(
  [click, ...later]: readonly WandClick[],
  context: ToolContext,
): Outcome<WandState> {
  if (click === undefined) return { state: wandIdle };
  const { hasPixels, settings } = context;
  if (!hasPixels) return { state: wandIdle, notice: { code: 'no-pixels' } };
  const { threshold, isContiguous, blurPixels } = settings.wand;
  return {
    state: { name: 'wand.filling', click, later },
    task: { type: 'flood-fill', seed: click.point, threshold, isContiguous, blurPixels },
  };
}
