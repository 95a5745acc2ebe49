// The page docs/cli.md, written from the commands' definitions. A test holds the page against them.

import { exitCodes } from '../exit-codes.ts';
import { type Command, commonOptions, type Option, optionFlag } from './command.ts';
import { optionTerm, usageLine } from './parse.ts';

/** All commands on one page of Markdown. */
export function cliPage(commands: readonly Command[]): string {
  return `${[
    '# The command line',
    '<!-- Written by `npx migaki help --markdown > docs/cli.md`; change apps/cli/src/commands instead. -->',
    '`npx migaki <command>` in the clone. Data goes to stdout, talk (progress, errors) to stderr.',
    table(
      ['Command', 'What it does'],
      commands.map(({ name, summary }) => [`[\`${name}\`](#migaki-${name})`, summary]),
    ),
    ...commands.flatMap(commandSection),
    '## Options of every command',
    optionTable(commonOptions),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      Object.values(exitCodes).map(([code, meaning]) => [String(code), meaning]),
    ),
    'With `--json` a failure prints `{"error": {"exit", "message", …}}` on stdout besides its line on stderr.',
  ].join('\n\n')}\n`;
}

function commandSection(command: Command): string[] {
  const lines = [
    `## migaki ${command.name}`,
    command.description,
    code(`npx migaki ${command.name} ${usageLine(command)}`),
  ];
  const argumentRows = Object.entries(command.arguments).map(([name, { help, choices }]) => [
    `\`${name}\``,
    choices === undefined ? help : `${help}: ${listed(choices)}`,
  ]);
  if (argumentRows.length > 0) lines.push(table(['Argument', 'Meaning'], argumentRows));
  if (Object.keys(command.options).length > 0) lines.push(optionTable(command.options));
  lines.push(
    code(command.examples.map(({ command, explains }) => `# ${explains}\n${command}`).join('\n\n')),
  );
  const exits = (['ok', ...command.exits] as const).map((exit) => exitCodes[exit][0]);
  lines.push(`Exit codes: ${exits.join(', ')}.`);
  return lines;
}

function optionTable(options: Record<string, Option>): string {
  return table(
    ['Option', 'Meaning'],
    Object.entries(options).map(([key, option]) => [
      `\`${optionTerm(key, option)}\``,
      `${option.help}${limits(option)}`,
    ]),
  );
}

function limits(option: Option): string {
  const parts: string[] = [];
  if (option.kind === 'choice') parts.push(`: ${listed(option.choices)}`);
  if (option.kind === 'choice' && option.required) parts.push(' (required)');
  if (option.kind === 'choice' && option.default) parts.push(` (default: \`${option.default}\`)`);
  if (option.conflicts !== undefined) {
    parts.push(` (not with ${listed(option.conflicts.map(optionFlag))})`);
  }
  return parts.join('');
}

function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

function code(text: string): string {
  return `\`\`\`sh\n${text}\n\`\`\``;
}

function table(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
