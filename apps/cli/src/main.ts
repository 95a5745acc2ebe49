// What `npm start` and the `migaki` command run. It loads only what the command at hand needs.

import { runCli } from './cli.ts';

process.exitCode = await runCli(process.argv.slice(2));
