// Every way in which `migaki` ends. Scripts rely on these numbers: a number never changes its meaning.

/** Exit code and the sentence that documents it. */
export const exitCodes = {
  ok: [0, 'The work is done.'],
  problems: [1, 'The work is done, and the input has errors or gaps.'],
  usage: [2, 'The command line is wrong; nothing was done.'],
  input: [3, 'An input cannot be read or understood.'],
  output: [4, 'The output cannot be written, or is there already.'],
  service: [5, 'The workbench cannot start, or refused what was asked.'],
  bug: [70, 'A mistake in Migaki itself; the message says how to report it.'],
  interrupted: [130, 'Stopped with Ctrl-C (SIGINT); no half-written output is left.'],
  terminated: [143, 'Stopped from outside (SIGTERM); no half-written output is left.'],
} as const satisfies Record<string, readonly [code: number, meaning: string]>;

export type ExitName = keyof typeof exitCodes;

/** Statuses by which a workbench says that the mistake is in what it was given: a query, a name, a file. */
const ofInput: ReadonlySet<number> = new Set([400, 404, 413, 416, 422]);

/** @param status the HTTP status that goes with the code of a refusal */
export const exitOfStatus = (status: number): ExitName =>
  ofInput.has(status) ? 'input' : 'service';
