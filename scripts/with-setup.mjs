// Runs one of the project's TypeScript entry points from a fresh clone: installs what the lockfile
// names if that has not been done yet, then starts Node 24 (the npm package `node`) on the entry.
// Plain JavaScript, because the Node that starts it may be as old as 20.
//
//   node scripts/with-setup.mjs <entry.ts> [arguments]

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);

install();
const nodeBinary = join(root, 'node_modules', 'node', 'bin', 'node');
const child = spawn(
  existsSync(nodeBinary) ? nodeBinary : `${nodeBinary}.exe`,
  [resolve(root, entry), ...args],
  {
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event !== undefined) stopWithShell();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

/** A signal that npm is sent ends the shell between it and this process, which does not pass it on: all is to end then. */
function stopWithShell() {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 300);
}

/** Runs `npm ci` unless the installed tree already comes from the present lockfile. */
function install() {
  if (isInstalled()) return;
  console.error('Installing what package-lock.json names (the first start only) …');
  // npm tells the scripts it runs where it lives; a plain `node scripts/…` finds it on the PATH.
  const npm = process.env.npm_execpath;
  const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(command[0], [...command.slice(1), ...options], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: command.length === 1 && process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(
      `Installation failed (${error?.message ?? `npm ci ended with exit code ${status}`}). ` +
        'Expected: the npm registry within reach and free disk space. Run the same command again to go on.',
    );
    process.exit(1);
  }
}

/** Whoever ran npm before: it writes down what lies there once all of it does. Optional packages are for some platforms. */
function isInstalled() {
  const there = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(there)) return false;
  const [wanted, installed] = [join(root, 'package-lock.json'), there].map(
    (path) => JSON.parse(readFileSync(path, 'utf8')).packages,
  );
  return Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
    const found = installed[name];
    if (found === undefined) return name === '' || optional === true;
    return found.version === version && found.integrity === integrity;
  });
}
