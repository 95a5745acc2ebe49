// Everything that a key can do, by name: the palette and the cheat sheet list it, `editor/commands` runs it. Keys are those
// of the Migaki preset; `mod` is Ctrl, and ⌘ on a Mac.

interface CommandEntry {
  readonly group:
    | 'tools'
    | 'categories'
    | 'drawing'
    | 'edit'
    | 'shape'
    | 'select'
    | 'view'
    | 'panel'
    | 'picture';
  readonly keys: readonly string[];
}

export const commands = {
  'tool.select': { group: 'tools', keys: ['v'] },
  'tool.pan': { group: 'tools', keys: ['h'] },
  'tool.box': { group: 'tools', keys: ['r'] },
  'tool.rotated-box': { group: 'tools', keys: ['shift+r'] },
  'tool.polygon': { group: 'tools', keys: ['p'] },
  'tool.brush': { group: 'tools', keys: ['b'] },
  'tool.eraser': { group: 'tools', keys: ['e'] },
  'tool.wand': { group: 'tools', keys: ['w'] },
  'tool.scissors': { group: 'tools', keys: ['shift+p'] },
  'tool.keypoints': { group: 'tools', keys: ['k'] },
  'tool.extreme-points': { group: 'tools', keys: ['x'] },
  'tool.slice': { group: 'tools', keys: ['shift+y'] },
  'tool.tag': { group: 'tools', keys: ['t'] },

  'category.1': { group: 'categories', keys: ['1'] },
  'category.2': { group: 'categories', keys: ['2'] },
  'category.3': { group: 'categories', keys: ['3'] },
  'category.4': { group: 'categories', keys: ['4'] },
  'category.5': { group: 'categories', keys: ['5'] },
  'category.6': { group: 'categories', keys: ['6'] },
  'category.7': { group: 'categories', keys: ['7'] },
  'category.8': { group: 'categories', keys: ['8'] },
  'category.9': { group: 'categories', keys: ['9'] },

  'drawing.finish': { group: 'drawing', keys: ['n', 'Enter'] },
  'drawing.cancel': { group: 'drawing', keys: ['Escape'] },
  'drawing.back': { group: 'drawing', keys: ['Backspace'] },
  'drawing.skip-keypoint': { group: 'drawing', keys: ['.'] },
  'drawing.keypoint-visibility': { group: 'drawing', keys: ['o'] },
  'drawing.smaller': { group: 'drawing', keys: ['['] },
  'drawing.larger': { group: 'drawing', keys: [']'] },
  'drawing.snapping': { group: 'drawing', keys: ['shift+n'] },

  'edit.undo': { group: 'edit', keys: ['mod+z'] },
  'edit.redo': { group: 'edit', keys: ['mod+shift+z', 'mod+y'] },
  'edit.delete': { group: 'edit', keys: ['Delete'] },
  'edit.copy': { group: 'edit', keys: ['mod+c'] },
  'edit.paste': { group: 'edit', keys: ['mod+v'] },
  'edit.duplicate': { group: 'edit', keys: ['mod+shift+d'] },
  'edit.repeat': { group: 'edit', keys: ['q'] },
  'edit.copy-from-previous': { group: 'edit', keys: ['mod+d'] },
  'edit.copy-from-next': { group: 'edit', keys: ['alt+d'] },
  'edit.copy-from': { group: 'edit', keys: ['mod+alt+d'] },
  'edit.propagate': { group: 'edit', keys: ['mod+b'] },
  'edit.interpolate': { group: 'edit', keys: ['mod+i'] },
  'edit.accept': { group: 'edit', keys: ['a'] },
  'edit.reject': { group: 'edit', keys: ['shift+a'] },
  'edit.next-doubtful': { group: 'edit', keys: ['g'] },

  'shape.simplify': { group: 'shape', keys: ['m'] },
  'shape.union': { group: 'shape', keys: ['u'] },
  'shape.subtract': { group: 'shape', keys: ['shift+u'] },
  'shape.intersect': { group: 'shape', keys: ['i'] },
  'shape.split-parts': { group: 'shape', keys: ['y'] },
  'shape.to-mask': { group: 'shape', keys: ['shift+b'] },
  'shape.to-polygon': { group: 'shape', keys: ['shift+v'] },
  'shape.to-box': { group: 'shape', keys: ['shift+x'] },
  'shape.crowd': { group: 'shape', keys: ['c'] },

  'select.all': { group: 'select', keys: ['mod+a'] },
  'select.next': { group: 'select', keys: ['Tab'] },
  'select.previous': { group: 'select', keys: ['shift+Tab'] },
  'select.left': { group: 'select', keys: ['alt+ArrowLeft'] },
  'select.right': { group: 'select', keys: ['alt+ArrowRight'] },
  'select.up': { group: 'select', keys: ['alt+ArrowUp'] },
  'select.down': { group: 'select', keys: ['alt+ArrowDown'] },
  'select.lock': { group: 'select', keys: ['l'] },
  'select.hide': { group: 'select', keys: ['s'] },
  'select.show-all': { group: 'select', keys: ['shift+s'] },
  'select.similar': { group: 'select', keys: ['shift+g'] },

  'view.fit': { group: 'view', keys: ['0', 'Home'] },
  'view.zoom-in': { group: 'view', keys: ['+', '='] },
  'view.zoom-out': { group: 'view', keys: ['-'] },
  'view.actual-size': { group: 'view', keys: ['shift+z'] },
  'view.zoom-to-object': { group: 'view', keys: ['z'] },
  'view.objects': { group: 'view', keys: ['j'] },
  'view.labels': { group: 'view', keys: ['shift+l'] },
  'view.colors': { group: 'view', keys: ['shift+c'] },
  'view.opacity': { group: 'view', keys: ['shift+o'] },
  'view.crosshair': { group: 'view', keys: ['shift+h'] },
  'view.minimap': { group: 'view', keys: ['shift+m'] },
  'view.invert': { group: 'view', keys: ['shift+i'] },
  'view.brighter': { group: 'view', keys: ['shift+ArrowUp'] },
  'view.darker': { group: 'view', keys: ['shift+ArrowDown'] },
  'view.more-contrast': { group: 'view', keys: ['shift+ArrowRight'] },
  'view.less-contrast': { group: 'view', keys: ['shift+ArrowLeft'] },
  'view.true-colors': { group: 'view', keys: ['shift+j'] },

  'panel.categories': { group: 'panel', keys: ['/'] },
  'panel.objects': { group: 'panel', keys: ['shift+f'] },
  'panel.object': { group: 'panel', keys: ['alt+Enter'] },
  'panel.picture': { group: 'panel', keys: ['shift+t'] },
  'panel.comment': { group: 'panel', keys: ['shift+k'] },

  'picture.previous': { group: 'picture', keys: ['d', 'ArrowLeft'] },
  'picture.next': { group: 'picture', keys: ['f', 'ArrowRight'] },
  'picture.right': { group: 'picture', keys: ['shift+Enter'] },
  'picture.review': { group: 'picture', keys: ['mod+shift+Enter'] },
  'picture.done': { group: 'picture', keys: ['mod+Enter'] },
  'picture.leave': { group: 'picture', keys: ['shift+q'] },
  'picture.help': { group: 'picture', keys: ['?'] },
} as const satisfies Record<string, CommandEntry>;

export type CommandName = keyof typeof commands;
export type CommandGroup = CommandEntry['group'];

export const commandNames = Object.keys(commands) as readonly CommandName[];
