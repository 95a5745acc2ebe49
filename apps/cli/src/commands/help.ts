import { type Command, defineCommand } from '../definition/command.ts';
import { cliPage } from '../definition/docs-page.ts';
import { helpText, unknownCommand } from '../definition/parse.ts';
import type { Terminal } from '../terminal/terminal.ts';

export const help = defineCommand({
  name: 'help',
  summary: 'Show what there is, or all about one command',
  description:
    'Lists the commands, or tells all about one of them (as its --help does). ' +
    'With --json the definitions themselves are printed, for tools that build on them.',
  arguments: {
    command: { help: 'The command to tell about', optional: true, completes: 'command' },
  },
  options: {
    markdown: { kind: 'flag', help: 'Print the page docs/cli.md', conflicts: ['json'] },
  },
  examples: [
    { command: 'npx migaki help eval', explains: 'All about one command' },
    { command: 'npx migaki help --markdown > docs/cli.md', explains: 'Renew the documentation' },
  ],
  exits: [],
  async run({ arguments: { command: name }, options: { markdown }, loadAllCommands }) {
    const commands = await loadAllCommands();
    if (name === undefined) {
      const text = markdown ? () => cliPage(commands) : overviewOf(commands);
      return { exit: 'ok', report: () => commands, text };
    }
    const command = commands.find((known) => known.name === name);
    if (command === undefined)
      throw unknownCommand(
        name,
        commands.map((known) => known.name),
      );
    const text = (terminal: Terminal) => helpText(command, terminal);
    return { exit: 'ok', report: () => command, text };
  },
});

const overviewOf = (commands: readonly Command[]) => (terminal: Terminal) => {
  const { paint } = terminal;
  const width = Math.max(...commands.map(({ name }) => name.length)) + 4;
  return [
    `${paint('bold', 'Migaki')} checks, measures and converts image datasets. Everything is COCO.`,
    '',
    paint('bold', 'Commands:'),
    ...commands.map(
      ({ name, summary }) => `  ${paint('cyan', name)}${' '.repeat(width - name.length)}${summary}`,
    ),
    '',
    paint('bold', 'Try:'),
    '  npx migaki stats apps/cli/examples/street.json',
    '  npx migaki eval apps/cli/examples/street.json \\',
    '    apps/cli/examples/street-results.json --type bbox',
    '',
    paint('dim', 'All about one of them: npx migaki help <command>'),
  ].join('\n');
};
