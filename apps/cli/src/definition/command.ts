// What a command is. One plain object per command is the only source of its parsing, `--help`,
// shell completions and page in the documentation.

import type { ExitName } from '../exit-codes.ts';
import type { ProgressDisplay } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What the shell offers where any text may stand; `command` is the name of one of our commands. */
export type Completion = 'file' | 'folder' | 'command';

export interface Argument {
  help: string;
  optional?: true;
  /** Of the last one: it stands for this word and all that follow. */
  rest?: true;
  choices?: readonly string[];
  completes?: Completion;
}

interface OptionBase {
  help: string;
  /** Options that cannot be given together with this one, by their keys. */
  conflicts?: readonly string[];
  /** One letter, for what is typed often: `o` is `-o`. */
  short?: string;
}

/** An option's key in camel case is its name: `perCategory` is `--per-category`. */
export type Option =
  | (OptionBase & { kind: 'flag' })
  | (OptionBase & {
      kind: 'choice';
      choices: readonly string[];
      default?: string;
      required?: true;
    })
  | (OptionBase & { kind: 'text'; placeholder: string; completes?: Completion })
  /** A number from `min`, or above 0 where that is left out. */
  | (OptionBase & {
      kind: 'number';
      placeholder: string;
      min?: number;
      max: number;
      whole?: true;
    })
  /** Numbers above 0, separated by commas: `0.5,0.75`. */
  | (OptionBase & { kind: 'numbers'; placeholder: string; max?: number; whole?: true });

export interface Example {
  command: string;
  explains: string;
}

/** What a command made: data for machines, and the same told to people. */
export interface Outcome {
  exit: ExitName;
  /** What `--json` prints, as one document. */
  report(): unknown;
  /** What is printed otherwise. */
  text(terminal: Terminal): string;
}

export interface Command<
  Arguments extends Record<string, Argument> = Record<string, Argument>,
  Options extends Record<string, Option> = Record<string, Option>,
> {
  name: string;
  /** Half a line, for the list of commands. */
  summary: string;
  /** A paragraph or two, separated by an empty line. */
  description: string;
  /** In the order of the command line. */
  arguments: Arguments;
  options: Options;
  examples: readonly Example[];
  /** The exit codes that this command may end with besides `usage` and `bug`. */
  exits: readonly ExitName[];
  run(context: Context<Arguments, Options>): Promise<Outcome>;
}

/**
 * What a command is given: its part of the command line, and ways to show how far it is, which are silent with
 * `--quiet` or where nobody watches.
 */
export interface Context<
  Arguments extends Record<string, Argument> = Record<string, Argument>,
  Options extends Record<string, Option> = Record<string, Option>,
> extends ProgressDisplay {
  arguments: { [Name in keyof Arguments]: ArgumentValue<Arguments[Name]> };
  options: { [Name in keyof Options]: OptionValue<Options[Name]> };
  /** Tells something on stderr that is neither data nor an error; silent with `--quiet`. */
  note(text: string): void;
  /** Every command there is, this one included. */
  loadAllCommands(): Promise<Command[]>;
}

type ArgumentValue<A extends Argument> = A extends { rest: true }
  ? string[]
  :
      | (A extends { choices: readonly (infer Choice)[] } ? Choice : string)
      | (A extends { optional: true } ? undefined : never);

type OptionValue<O extends Option> = O extends { kind: 'flag' }
  ? boolean
  : O extends { kind: 'choice'; choices: readonly (infer Choice)[] }
    ? Choice | (O extends { default: string } | { required: true } ? never : undefined)
    : O extends { kind: 'text' }
      ? string | undefined
      : O extends { kind: 'number' }
        ? number | undefined
        : O extends { kind: 'numbers' }
          ? number[] | undefined
          : never;

/**
 * Gives a command's `run` the types that its arguments and options say.
 *
 * @example
 * defineCommand({ name: "stats", arguments: { file: { help: "A COCO file" } }, …,
 *   async run({ arguments: { file } }) { … } });
 */
export function defineCommand<
  const Arguments extends Record<string, Argument>,
  const Options extends Record<string, Option>,
>(command: Command<Arguments, Options>): Command<Arguments, Options> {
  return command;
}

/** `perCategory` → `--per-category`. */
export function optionFlag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Options that every command has. */
export const commonOptions = {
  json: { kind: 'flag', help: 'Print one JSON document instead of text' },
  quiet: { kind: 'flag', help: 'Show no progress; errors are still told' },
  noColor: { kind: 'flag', help: 'Print without colours (so does the variable NO_COLOR)' },
} as const satisfies Record<string, Option>;
