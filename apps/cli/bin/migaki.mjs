#!/usr/bin/env node
// The `migaki` command. The CLI itself is TypeScript that Node 24 runs as it is; this entry is plain
// JavaScript, so that an older Node (20 and later) can hand over to the one the project installed.

import { spawn } from 'node:child_process';
import nodeModule from 'node:module';
import { constants, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededNodeMajor = 24;
const usageExitCode = 2;

if (Number.parseInt(process.versions.node, 10) >= neededNodeMajor) {
  // Compiled modules are kept between runs, those of workers too: half of a short command's time is compiling.
  const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  process.env.NODE_COMPILE_CACHE ??= join(cacheHome, 'migaki', 'modules');
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import('../src/main.ts');
} else {
  runWithProjectNode();
}

/** Starts this file again with the npm package `node`, passing on signals and the exit code. */
function runWithProjectNode() {
  const node = findProjectNode();
  if (node === null) {
    console.error(
      `migaki: expected Node ${neededNodeMajor} or newer, found ${process.versions.node}. ` +
        'Run `npm start` once in the clone: it installs the right one beside the project.',
    );
    process.exitCode = usageExitCode;
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`migaki: could not start ${node}: ${error.message}.`);
    process.exitCode = usageExitCode;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

function findProjectNode() {
  try {
    const folder = dirname(nodeModule.createRequire(import.meta.url).resolve('node/package.json'));
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return null;
  }
}
