// The cluster: the folder with PostgreSQL's data and the password that opens it. It is made under
// another name and then renamed, so a cluster that exists is complete, whatever happened before.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { phrase } from '@migaki/coco';
import { StoreError } from '../store-error.ts';
import type { PostgresBinaries } from './binaries.ts';
import { failureFromLog } from './server-log.ts';
import type { ServerUser } from './server-user.ts';
import { spawnProgram } from './spawn-program.ts';

export const SUPERUSER = 'migaki';

const UNFINISHED_PREFIX = 'initialising-';

export interface Cluster {
  folder: string;
  dataFolder: string;
  password: string;
}

export const clusterFolderIn = (databaseDir: string): string => path.join(databaseDir, 'cluster');

/**
 * Opens the cluster in `databaseDir`, or makes it.
 *
 * @throws StoreError `database-version-mismatch`, `database-damaged`, `disk-full`,
 *   `database-start-failed`
 */
export async function openCluster(
  databaseDir: string,
  binaries: PostgresBinaries,
  user: ServerUser | null,
): Promise<Cluster> {
  await removeUnfinished(databaseDir);
  const folder = clusterFolderIn(databaseDir);
  if (!(await exists(folder))) await initialise(databaseDir, binaries, user);
  const dataFolder = path.join(folder, 'data');
  await checkOwner(dataFolder, user);
  await checkVersion(dataFolder, binaries.majorVersion);
  return { folder, dataFolder, password: await readPassword(folder) };
}

async function removeUnfinished(databaseDir: string): Promise<void> {
  const names = await readdir(databaseDir).catch(() => []);
  for (const name of names.filter((found) => found.startsWith(UNFINISHED_PREFIX))) {
    // An initdb that outlived its workbench may still be writing; the next start tries again.
    await rm(path.join(databaseDir, name), { recursive: true, force: true }).catch(() => {});
  }
}

async function initialise(
  databaseDir: string,
  binaries: PostgresBinaries,
  user: ServerUser | null,
): Promise<void> {
  const unfinished = path.join(
    databaseDir,
    `${UNFINISHED_PREFIX}${randomBytes(4).toString('hex')}`,
  );
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await writePassword(unfinished, user);
    if (user !== null) await chown(unfinished, user.uid, user.gid);
    await runInitdb(unfinished, binaries, user);
    await rename(unfinished, clusterFolderIn(databaseDir));
    await syncFolder(databaseDir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

async function runInitdb(
  folder: string,
  binaries: PostgresBinaries,
  user: ServerUser | null,
): Promise<void> {
  const initdb = spawnProgram(folder, {
    file: binaries.initdb,
    user,
    output: 'pipe',
    args: (reachable) => [
      `--pgdata=${reachable}/data`,
      `--pwfile=${reachable}/password`,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Built in, so text sorts alike on every machine and after every update of its C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
  });
  let output = '';
  for (const stream of [initdb.stdout!, initdb.stderr!]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const [exitCode] = await once(initdb, 'close').catch((cause) => {
    throw new StoreError(
      'database-unsupported-platform',
      {
        where: binaries.initdb,
        expected: phrase`a system that runs the PostgreSQL from npm (Linux with glibc, macOS, Windows)`,
        found: cause.message,
        advice: phrase`Set DATABASE_URL to a PostgreSQL of your own.`,
      },
      { cause },
    );
  });
  if (exitCode !== 0) throw failureFromLog(output, folder);
}

async function checkOwner(dataFolder: string, user: ServerUser | null): Promise<void> {
  const owner = (await stat(dataFolder).catch(() => null))?.uid;
  const ourselves = process.getuid?.();
  if (user !== null || owner === undefined || ourselves === undefined || owner === ourselves) {
    return;
  }
  throw new StoreError('database-start-failed', {
    where: dataFolder,
    expected: phrase`a database folder of the user who starts the workbench (${ourselves})`,
    found: phrase`one of user ${owner}`,
    advice: phrase`Start it as the user who made the workspace, or as root.`,
  });
}

async function checkVersion(dataFolder: string, majorVersion: string): Promise<void> {
  const version = await readFile(path.join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) {
    throw new StoreError('database-damaged', {
      where: dataFolder,
      expected: phrase`a database folder with a file PG_VERSION`,
      found: phrase`none`,
      advice: phrase`It was left as it is. Restore a backup into a new workspace.`,
    });
  }
  if (version.trim() === majorVersion) return;
  throw new StoreError('database-version-mismatch', {
    where: dataFolder,
    expected: phrase`a database folder of PostgreSQL ${majorVersion}`,
    found: phrase`one of PostgreSQL ${version.trim()}`,
    advice: phrase`Make a backup with the version of Migaki that made the workspace, and restore it with this one.`,
  });
}

async function writePassword(folder: string, user: ServerUser | null): Promise<void> {
  const file = await open(path.join(folder, 'password'), 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(24).toString('base64url')}\n`);
    if (user !== null) await file.chown(user.uid, user.gid);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readPassword(folder: string): Promise<string> {
  const file = path.join(folder, 'password');
  const password = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (password !== '') return password;
  throw new StoreError('database-damaged', {
    where: file,
    expected: phrase`the password of the database`,
    found: phrase`nothing`,
    advice: phrase`Put the file back from a backup of the workspace.`,
  });
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
