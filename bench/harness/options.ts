// The command line of `npm run bench`: one table gives the parser, its types and the help.

import { parseArgs } from 'node:util';

const flags = {
  json: { type: 'boolean', help: 'one JSON line per figure on stdout instead of the table' },
  list: { type: 'boolean', help: 'name the benches and stop' },
  help: { type: 'boolean', help: 'show this' },
  runs: { type: 'string', help: 'N measured runs of each contender, after one to warm up' },
  images: { type: 'string', help: 'N pictures in the synthetic dataset' },
  seed: { type: 'string', help: 'N seeds synthetic data and fuzzing (1)' },
  data: {
    type: 'string',
    help: 'DIR coco-eval: gt.json, dt_bbox.json, …; train-bccd, similar-objects, label-mistakes, active-loop: the dataset',
  },
  seconds: { type: 'string', help: 'S fuzz, fuzz-oracle: time for each target; train-…: of a run' },
  only: {
    type: 'string',
    help: 'TARGET fuzz: this target alone; train-drawn: this task; label-mistakes: test',
  },
  path: { type: 'string', help: 'PATH fuzz: the case there, to see a failure again' },
} as const;

export interface BenchOptions {
  names: string[];
  json: boolean;
  list: boolean;
  help: boolean;
  seed: number;
  /** Each bench has its own default for what is undefined here. */
  runs: number | undefined;
  images: number | undefined;
  seconds: number | undefined;
  data: string | undefined;
  only: string | undefined;
  path: string | undefined;
}

/** A mistake on the command line; its message is all that the person needs to see. */
export class UsageError extends Error {}

/**
 * Reads the command line.
 * @throws UsageError for an unknown flag, or for a number that is none.
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parse(args);
  const wholeNumber = (name: 'runs' | 'images' | 'seed' | 'seconds', least: number) => {
    const text = values[name];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new UsageError(`--${name}: expected a whole number from ${least} up, found ${text}.`);
  };
  return {
    names: positionals,
    json: values.json ?? false,
    list: values.list ?? false,
    help: values.help ?? false,
    seed: wholeNumber('seed', 0) ?? 1,
    runs: wholeNumber('runs', 1),
    images: wholeNumber('images', 1),
    seconds: wholeNumber('seconds', 1),
    data: values.data,
    only: values.only,
    path: values.path,
  };
}

/** What `--help` prints. */
export function helpText(): string {
  return [
    'npm run bench -- [NAME…] [options]     (npm run --silent bench -- … --json for machines)',
    '',
    'Without a name every bench runs that is not long. Ratios say how many times better we are than',
    'the peer: above 1 we are ahead, whatever the unit. Exit code 1: a bench failed; 2: wrong usage.',
    'pycocotools is looked for in the Python that MIGAKI_PEER_PYTHON names, then in python3.',
    '',
    ...Object.entries(flags).map(([name, { help }]) => `  --${name.padEnd(9)} ${help}`),
  ].join('\n');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${helpText()}`);
  }
}
