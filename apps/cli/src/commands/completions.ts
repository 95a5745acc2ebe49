import { defineCommand } from '../definition/command.ts';
import { completionScripts, type Shell } from '../definition/completion-scripts.ts';

const shells = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[];

export const completions = defineCommand({
  name: 'completions',
  summary: 'Print a script that lets your shell complete commands and options',
  description:
    "Prints a completion script for a shell. Load it in the shell's start-up file. " +
    'It completes `npx migaki` in the clone, and the bare name `migaki` where that leads here (`npm link`). ' +
    'Where something else completes npx already, that stays, and only the bare name is completed.',
  arguments: {
    shell: { help: 'Which shell', choices: shells },
  },
  options: {},
  examples: [
    {
      command:
        'npx migaki completions bash > ~/.migaki.bash; echo "source ~/.migaki.bash" >> ~/.bashrc',
      explains: 'Complete in every new bash',
    },
    {
      command: 'npx migaki completions fish > ~/.config/fish/completions/migaki.fish',
      explains: 'The same in fish',
    },
  ],
  exits: [],
  async run({ arguments: { shell }, loadAllCommands }) {
    const script = completionScripts[shell](await loadAllCommands());
    return { exit: 'ok', report: () => ({ shell, script }), text: () => script };
  },
});
