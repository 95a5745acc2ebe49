import { defineCommand } from '../definition/command.ts';
import { completionScripts, type Shell } from '../definition/completion-scripts.ts';

const shells = ['bash', 'zsh', 'fish'] as const satisfies readonly Shell[];

export const completions = defineCommand({
  name: 'completions',
  summary: 'Print a script that lets your shell complete commands and options',
  description:
    "Prints a completion script for a shell. Load it in the shell's start-up file. " +
    'It completes the command `migaki`, so let that name lead to this clone first, for instance with `npm link`.',
  arguments: {
    shell: { help: 'Which shell', choices: shells },
  },
  options: {},
  examples: [
    {
      command: 'echo \'eval "$(migaki completions bash)"\' >> ~/.bashrc',
      explains: 'Complete in every new bash',
    },
    {
      command: 'migaki completions fish > ~/.config/fish/completions/migaki.fish',
      explains: 'The same in fish',
    },
  ],
  exits: [],
  async run({ arguments: { shell }, loadAllCommands }) {
    const script = completionScripts[shell](await loadAllCommands());
    return { exit: 'ok', report: () => ({ shell, script }), text: () => script };
  },
});
