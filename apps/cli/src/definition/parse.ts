// From a command's definition to commander, and from the command line to typed values.

import {
  Argument as CommanderArgument,
  Command as CommanderCommand,
  CommanderError,
  Option as CommanderOption,
  InvalidArgumentError,
} from 'commander';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal/terminal.ts';
import {
  type Argument,
  type Command,
  commonOptions,
  type Example,
  type Option,
  optionFlag,
} from './command.ts';

const commonGroup = 'For every command:';

export interface ParsedCommandLine {
  arguments: Record<string, string | string[] | undefined>;
  options: Record<string, unknown>;
}

/**
 * Reads the words after the command's name. Returns null where they ask for help, once it is printed.
 *
 * @throws CliError `usage`
 */
export function parseCommandLine(
  command: Command,
  words: readonly string[],
  terminal: Terminal,
): ParsedCommandLine | null {
  const parser = commanderFrom(command, terminal);
  try {
    parser.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return null;
    throw usageError(error, `npx migaki ${command.name} --help`);
  }
  const names = Object.keys(command.arguments);
  const given = parser.opts<Record<string, unknown>>();
  return {
    arguments: Object.fromEntries(
      names.map((name, i) => [
        name,
        command.arguments[name].rest ? parser.args.slice(i) : parser.args[i],
      ]),
    ),
    options: Object.fromEntries(
      Object.entries({ ...command.options, ...commonOptions }).map(([key, { kind }]) => [
        key,
        kind === 'flag' ? given[key] === true : given[key],
      ]),
    ),
  };
}

/** What `migaki help NAME` and `migaki NAME --help` print. */
export function helpText(command: Command, terminal: Terminal): string {
  // Not `helpInformation()`, which leaves out the examples and exit codes added after it.
  let text = '';
  commanderFrom(command, terminal)
    .configureOutput({ writeOut: (piece) => (text += piece) })
    .outputHelp();
  return text;
}

function commanderFrom(command: Command, terminal: Terminal): CommanderCommand {
  const { paint } = terminal;
  const parser = new CommanderCommand(`npx migaki ${command.name}`)
    .description(command.description)
    .usage(usageLine(command))
    .addHelpOption(new CommanderOption('-h, --help', 'Show this help').helpGroup(commonGroup))
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({
      helpWidth: Math.min(terminal.columns, 100),
      optionDescription: (option) => option.description,
      argumentDescription: (argument) => argument.description,
      styleTitle: (title) => paint('bold', title),
      styleOptionTerm: (term) => paint('cyan', term),
      styleArgumentTerm: (term) => paint('cyan', term),
    });
  for (const [name, definition] of Object.entries(command.arguments)) {
    const { help, choices } = definition;
    const argument = new CommanderArgument(
      argumentTerm(name, definition),
      help + choiceHint(choices),
    );
    if (choices !== undefined) argument.argParser((word) => parseChoice(word, choices));
    parser.addArgument(argument);
  }
  for (const [key, option] of Object.entries(command.options)) {
    parser.addOption(commanderOption(key, option));
  }
  for (const [key, option] of Object.entries(commonOptions)) {
    parser.addOption(commanderOption(key, option).helpGroup(commonGroup));
  }
  const exits = (['ok', ...command.exits] as const).map((exit) => exitCodes[exit]);
  parser.addHelpText(
    'after',
    [
      '',
      paint('bold', 'Examples:'),
      ...command.examples.flatMap((example) => exampleLines(example, terminal)),
      '',
      paint('bold', 'Exit codes:'),
      ...exits.map(([code, meaning]) => `  ${paint('cyan', String(code).padEnd(4))}${meaning}`),
    ].join('\n'),
  );
  return parser;
}

function exampleLines({ command, explains }: Example, { paint }: Terminal): string[] {
  return [`  ${paint('dim', `# ${explains}`)}`, `  ${command}`];
}

/** `<file> [options]`: what must be there first. */
export function usageLine(command: Command): string {
  const words = Object.entries(command.arguments).map(([name, argument]) =>
    argumentTerm(name, argument),
  );
  for (const [key, option] of Object.entries(command.options)) {
    if (option.kind === 'choice' && option.required) {
      words.push(`${optionFlag(key)} ${option.choices.join('|')}`);
    }
  }
  return [...words, '[options]'].join(' ');
}

/** `<file>`, `[file]`, `<file...>` */
function argumentTerm(name: string, { optional, rest }: Argument): string {
  const word = rest ? `${name}...` : name;
  return optional ? `[${word}]` : `<${word}>`;
}

function commanderOption(key: string, option: Option): CommanderOption {
  const hint = option.kind === 'choice' ? choiceHint(option.choices, option.default) : '';
  const result = new CommanderOption(optionTerm(key, option), option.help + hint);
  // Commander would take `--no-images` for the opposite of `--images`; here every key is its own.
  result.negate = false;
  if (option.conflicts !== undefined) result.conflicts([...option.conflicts]);
  switch (option.kind) {
    case 'choice':
      result.argParser((word) => parseChoice(word, option.choices));
      if (option.default !== undefined) result.default(option.default);
      if (option.required) result.makeOptionMandatory();
      break;
    case 'number':
      result.argParser((text) => parseNumber(text, option));
      break;
    case 'numbers':
      result.argParser((text) => parseNumbers(text, option));
      break;
  }
  return result;
}

/** `--iou <list>`, as help and documentation show it. */
export function optionTerm(key: string, option: Option): string {
  const long = optionFlag(key);
  const flag = option.short === undefined ? long : `-${option.short}, ${long}`;
  if (option.kind === 'flag') return flag;
  return `${flag} <${option.kind === 'choice' ? 'name' : option.placeholder}>`;
}

/** Longer lists of choices are told in the documentation only. */
const maxListedChoices = 12;

function choiceHint(choices: readonly string[] | undefined, defaultChoice?: string): string {
  if (choices === undefined || choices.length > maxListedChoices) return '';
  const words = choices.map((choice) =>
    choice === defaultChoice ? `${choice} (default)` : choice,
  );
  return `: ${words.join(', ')}`;
}

function parseChoice(word: string, choices: readonly string[]): string {
  if (choices.includes(word)) return word;
  throw new InvalidArgumentError(
    choices.length > maxListedChoices
      ? `docs/cli.md lists the ${choices.length} choices.`
      : `Expected one of ${choices.join(', ')}.`,
  );
}

function parseNumber(
  text: string,
  { min, max, whole }: Extract<Option, { kind: 'number' }>,
): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const isInRange = (min === undefined ? number > 0 : number >= min) && number <= max;
  if (isInRange && (!whole || Number.isInteger(number))) return number;
  const range = min === undefined ? `above 0 and at most ${max}` : `from ${min} to ${max}`;
  throw new InvalidArgumentError(`Expected a ${whole ? 'whole ' : ''}number ${range}.`);
}

function parseNumbers(
  text: string,
  { max = Number.POSITIVE_INFINITY, whole }: Extract<Option, { kind: 'numbers' }>,
): number[] {
  const numbers = text.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
  const fits = (number: number) =>
    Number.isFinite(number) && number > 0 && number <= max && (!whole || Number.isInteger(number));
  if (numbers.every(fits)) return numbers;
  const kind = whole ? 'whole numbers' : 'numbers';
  const most = max === Number.POSITIVE_INFINITY ? '' : ` and at most ${max}`;
  throw new InvalidArgumentError(
    `Expected ${kind} separated by commas, each above 0${most}, such as ${whole ? '1,10,100' : '0.5,0.75'}.`,
  );
}

/** What to say of a command that does not exist, with the one that was probably meant. */
export function unknownCommand(name: string, commandNames: readonly string[]): CliError {
  const parser = new CommanderCommand().exitOverride().configureOutput({ writeErr: () => {} });
  for (const known of commandNames) parser.command(known);
  try {
    parser.parse([name], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return usageError(error, 'npx migaki help');
    throw error;
  }
  throw new Error(`${name} is a command.`);
}

function usageError(error: CommanderError, helpCommand: string): CliError {
  const sentence = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  const end = /[.?)]$/.test(sentence) ? '' : '.';
  return new CliError(
    'usage',
    `${sentence[0].toUpperCase()}${sentence.slice(1)}${end} Run \`${helpCommand}\` for what there is.`,
  );
}
