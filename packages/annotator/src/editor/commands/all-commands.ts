// What every command does: total over their names.

import type { CommandName } from '../../keymap/commands.ts';
import { categoryCommands } from './category-commands.ts';
import type { Command } from './command.ts';
import { editCommands } from './edit-commands.ts';
import { selectCommands } from './select-commands.ts';
import { shapeCommands } from './shape-commands.ts';
import { toolCommands } from './tool-commands.ts';
import { viewCommands } from './view-commands.ts';

export const allCommands: { readonly [Name in CommandName]: Command } = {
  ...toolCommands,
  ...categoryCommands,
  ...editCommands,
  ...shapeCommands,
  ...selectCommands,
  ...viewCommands,
};
