// PostgreSQL refuses to run as root. Where the workbench does (containers, mostly), the server runs
// as somebody else and owns its folder; everything else in the workspace stays root's.

import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { phrase } from '@migaki/coco';
import { StoreError } from '../store-error.ts';

export interface ServerUser {
  uid: number;
  gid: number;
}

/** The account made where neither of the usual ones exists. */
const OWN_ACCOUNT = 'migaki';

/**
 * Whom the server runs as, or null for ourselves. An existing cluster keeps its owner, whoever
 * starts the workbench; a new one gets `postgres`, else `nobody`, else an account made for it.
 *
 * @throws StoreError `database-no-unprivileged-user`
 */
export async function chooseServerUser(clusterFolder: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(clusterFolder).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (
    (await findAccount('postgres')) ??
    (await findAccount('nobody')) ??
    (await findAccount(OWN_ACCOUNT)) ??
    (await createAccount())
  );
}

async function findAccount(name: string): Promise<ServerUser | null> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of accounts.split('\n')) {
    const [account, , uid, gid] = line.split(':');
    // macOS writes the ids of `nobody` as negative numbers, which spawn() does not take.
    if (account === name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

async function createAccount(): Promise<ServerUser> {
  const failure = await promisify(execFile)('useradd', ['--system', OWN_ACCOUNT]).then(
    () => null,
    (error: Error) => error,
  );
  const account = await findAccount(OWN_ACCOUNT);
  if (account !== null) return account;
  throw new StoreError(
    'database-no-unprivileged-user',
    {
      expected: phrase`an account other than root for the embedded database, such as postgres or nobody`,
      found: phrase`none, and useradd could not make one (${failure?.message ?? 'no reason given'})`,
      advice: phrase`Start the workbench as an ordinary user.`,
    },
    { cause: failure },
  );
}
