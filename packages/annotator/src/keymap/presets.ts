// Keys that people have in their fingers from elsewhere. What a preset does not name keeps Migaki's own key, unless the
// preset needs that key for something else. Facts from the tools' own documentation and settings: CVAT's shortcuts,
// Label Studio's keymap.json, coco-annotator's shortcuts.js.

import type { CommandName } from './commands.ts';

export type Bindings = { readonly [Name in CommandName]?: readonly string[] };

export const presets = {
  migaki: {},
  cvat: {
    'drawing.finish': ['n', 'Enter'],
    'picture.next': ['f'],
    'picture.previous': ['d'],
    'select.hide': ['h'],
    'tool.pan': ['shift+h'],
    'select.lock': ['l'],
    'shape.union': ['m', 'j'],
    'shape.simplify': ['shift+m'],
    'edit.redo': ['mod+shift+z', 'mod+y'],
    'view.objects': ['alt+o'],
    'view.crosshair': ['alt+c'],
    'view.minimap': ['alt+m'],
    'category.1': ['1', 'mod+1'],
    'category.2': ['2', 'mod+2'],
    'category.3': ['3', 'mod+3'],
    'category.4': ['4', 'mod+4'],
    'category.5': ['5', 'mod+5'],
    'category.6': ['6', 'mod+6'],
    'category.7': ['7', 'mod+7'],
    'category.8': ['8', 'mod+8'],
    'category.9': ['9', 'mod+9'],
    'picture.help': ['F1', '?'],
  },
  'label-studio': {
    'edit.delete': ['Backspace', 'Delete'],
    'drawing.back': ['shift+Backspace'],
    'drawing.cancel': ['Escape', 'u'],
    'shape.union': ['shift+i'],
    'view.invert': ['alt+i'],
    'select.next': ['Tab', 'alt+.'],
    'edit.duplicate': ['mod+d'],
    'edit.copy-from-previous': ['mod+shift+d'],
    'select.lock': ['alt+l'],
    'select.hide': ['alt+h'],
    'picture.previous': ['mod+ArrowLeft'],
    'picture.next': ['mod+ArrowRight'],
    'picture.done': ['mod+Enter'],
  },
  'coco-annotator': {
    'tool.select': ['s'],
    'tool.box': ['r'],
    'tool.polygon': ['v'],
    'tool.wand': ['w'],
    'tool.keypoints': ['k'],
    'tool.brush': ['b'],
    'tool.eraser': ['e'],
    'drawing.finish': [' ', 'Enter'],
    'edit.delete': ['Backspace', 'Delete'],
    'drawing.back': ['shift+Backspace'],
    'select.hide': ['j'],
    'view.objects': ['alt+o'],
    'select.next': ['Tab', 'ArrowDown'],
    'select.previous': ['shift+Tab', 'ArrowUp'],
    'picture.next': ['n'],
    'picture.previous': ['p'],
    'view.fit': ['c', '0'],
    'shape.crowd': ['shift+c'],
    'view.colors': ['alt+c'],
  },
} as const satisfies Record<string, Bindings>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];
