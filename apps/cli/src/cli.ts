// One run of the CLI: which command, its outcome on stdout, errors on stderr, the exit code.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { commandNames, loadAllCommands, loadCommand } from './commands/index.ts';
import type { Command, Outcome } from './definition/command.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonPieces } from './terminal/json.ts';
import { noProgress, progressOnStderr } from './terminal/progress.ts';
import { terminalOf } from './terminal/terminal.ts';
import { printable } from './terminal/words.ts';

/**
 * Runs what the words of the command line ask for and returns the exit code.
 *
 * @example
 * process.exitCode = await runCli(["validate", "instances.json"]);
 */
export async function runCli(words: readonly string[]): Promise<number> {
  watchOutput();
  if (words.includes('--no-color')) {
    process.env.NO_COLOR = '1';
    delete process.env.FORCE_COLOR;
  }
  const json = words.includes('--json');
  process.once('uncaughtException', async (error) =>
    process.exit(await reportFailure(error, json)),
  );
  try {
    const outcome = await outcomeOf(words);
    if (outcome === null) return exitCodes.ok[0];
    const exitCode = exitCodes[outcome.exit][0];
    // Set before anything is printed: where the reader goes away early, the verdict still stands.
    process.exitCode = exitCode;
    if (json) await printJson(outcome.report());
    else await print([ensureFinalLineBreak(outcome.text(terminalOf(process.stdout)))]);
    return exitCode;
  } catch (error) {
    return await reportFailure(error, json);
  }
}

/** Null where there is nothing more to say: help was asked for and is printed. */
async function outcomeOf(words: readonly string[]): Promise<Outcome | null> {
  const [first, ...rest] = words;
  if (first === '--version' || first === '-V') return versionOutcome();
  if (first === undefined || first.startsWith('-')) {
    const options = words.filter((word) => word !== '--help' && word !== '-h');
    return outcomeOf(['help', ...options]);
  }
  const command = await loadCommand(first);
  if (command !== null) return runCommand(command, rest);
  const { unknownCommand } = await import('./definition/parse.ts');
  throw unknownCommand(first, commandNames);
}

async function runCommand(command: Command, words: readonly string[]): Promise<Outcome | null> {
  const { parseCommandLine } = await import('./definition/parse.ts');
  const parsed = parseCommandLine(command, words, terminalOf(process.stdout));
  if (parsed === null) return null;
  const { quiet } = parsed.options;
  const watched = process.stderr.isTTY && process.env.TERM !== 'dumb';
  return command.run({
    arguments: parsed.arguments as Record<string, string>,
    options: parsed.options as Record<string, never>,
    loadAllCommands,
    note: (text) => {
      if (!quiet) process.stderr.write(`note ${printable(text)}\n`);
    },
    ...(watched && !quiet ? progressOnStderr : noProgress),
  });
}

function versionOutcome(): Outcome {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return { exit: 'ok', report: () => ({ version }), text: () => `${version}\n` };
}

async function reportFailure(error: unknown, json: boolean): Promise<number> {
  const { describeFailure } = await import('./failure.ts');
  const failure = describeFailure(error, terminalOf(process.stderr));
  process.exitCode = exitCodes[failure.exit][0];
  if (json) {
    const { plainEnglish } = await import('./terminal/plain-english.ts');
    await printJson({ error: plainEnglish(failure.report) });
  }
  process.stderr.write(`${failure.text}\n`);
  return process.exitCode;
}

function printJson(report: unknown): Promise<void> {
  return print(jsonPieces(report));
}

/** Waits where the reader is slower than we are, so that a long report does not pile up in memory. */
async function print(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  }
}

function ensureFinalLineBreak(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** `migaki … | head`: the reader has enough, which is no error. A full disk is one. */
function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`error Cannot write to stdout: ${error.message}.\n`);
    process.exit(exitCodes.output[0]);
  });
  process.stderr.on('error', () => {});
}
