// Choosing a tool, and what keys say to it.

import { clamp } from '../../geometry/point.ts';
import { maxBrushPixels } from '../../tools/settings.ts';
import type { ToolCommand } from '../../tools/tool.ts';
import { initialStates, type ToolName } from '../../tools/tool-state.ts';
import { tellTool } from '../run-tool.ts';
import { type EditorState, unchanged } from '../state.ts';
import type { Command } from './command.ts';
import { keypointBack } from './keypoint-back.ts';

/** What is in the making is given up, what is selected stays: the next tool may be for it. */
const chooseTool =
  (name: ToolName): Command =>
  (state) =>
    unchanged({ ...state, tool: initialStates[name] });

const letGo = (state: EditorState): EditorState => ({ ...state, selection: [] });

/** To the tool first; where it has nothing to finish, finish or cancel let the selection go. */
const toTool =
  (name: ToolCommand): Command =>
  (state, atMillis) =>
    tellTool(state, name, atMillis) ?? unchanged(letGo(state));

const onlyToTool =
  (name: ToolCommand): Command =>
  (state, atMillis) =>
    tellTool(state, name, atMillis) ?? unchanged(state);

const scaleBrush =
  (factor: number): Command =>
  (state) => {
    const { settings } = state;
    const { brush } = settings;
    // By a tenth, and by a pixel at least, so that small brushes grow too.
    const step = Math.max(1, Math.round(brush.sizePixels * Math.abs(factor - 1)));
    const wanted = brush.sizePixels + (factor > 1 ? step : -step);
    const sizePixels = clamp(wanted, 1, maxBrushPixels);
    return unchanged({ ...state, settings: { ...settings, brush: { ...brush, sizePixels } } });
  };

export const toolCommands = {
  'tool.select': chooseTool('select'),
  'tool.pan': chooseTool('pan'),
  'tool.box': chooseTool('box'),
  'tool.rotated-box': chooseTool('rotated-box'),
  'tool.polygon': chooseTool('polygon'),
  'tool.brush': chooseTool('brush'),
  'tool.eraser': chooseTool('eraser'),
  'tool.wand': chooseTool('wand'),
  'tool.scissors': chooseTool('scissors'),
  'tool.keypoints': chooseTool('keypoints'),
  'tool.extreme-points': chooseTool('extreme-points'),
  'tool.slice': chooseTool('slice'),
  'tool.tag': chooseTool('tag'),
  'drawing.finish': toTool('finish'),
  'drawing.cancel': toTool('cancel'),
  'drawing.back': (state, atMillis) =>
    state.tool.name === 'keypoints.idle'
      ? keypointBack(state, state.tool, atMillis)
      : onlyToTool('back')(state, atMillis),
  'drawing.skip-keypoint': onlyToTool('skip'),
  'drawing.keypoint-visibility': onlyToTool('visibility'),
  'drawing.smaller': scaleBrush(0.9),
  'drawing.larger': scaleBrush(1.1),
  'drawing.snapping': (state) => {
    const { settings } = state;
    return unchanged({ ...state, settings: { ...settings, isSnapping: !settings.isSnapping } });
  },
} satisfies Record<string, Command>;
