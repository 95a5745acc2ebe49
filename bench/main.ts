// The entry of `npm run bench`: measures the project against its peers and against its own targets.
//
//   npm run bench                             every bench that is not long, as a table
//   npm run bench -- --list                   their names
//   npm run --silent bench -- mask --json     one JSON line per figure

import { helpText, parseOptions, UsageError } from './harness/options.ts';
import { runBenches } from './harness/run-benches.ts';
import { benches, chooseBenches } from './registry.ts';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(helpText());
  else if (options.list) console.log(benchList());
  else {
    const failed = await runBenches(chooseBenches(options.names), options, {
      data: console.log,
      talk: console.error,
    });
    if (failed.length > 0) {
      console.error(`Failed: ${failed.join(', ')}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function benchList(): string {
  const width = Math.max(...benches.map(({ name }) => name.length));
  return benches
    .map(({ name, title, long }) => `${name.padEnd(width)}  ${title}${long ? ' [long]' : ''}`)
    .join('\n');
}
