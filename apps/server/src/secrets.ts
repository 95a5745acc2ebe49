// The workspace's secrets, in a file that only its owner may read. They outlast restarts, so that an address that was
// bookmarked and a page that was left open go on working.

import { createHmac, randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Secrets {
  /** Whoever has it may do everything. */
  loginToken: string;
  /** Signs the cookies of browsers. */
  cookieSecret: string;
}

const isSecret = (value: unknown): boolean => typeof value === 'string' && value.length >= 32;

/** Reads the secrets of a workspace, or makes them. A file that is damaged is made anew: everyone logs in again. */
export async function openSecrets(workspaceDir: string): Promise<Secrets> {
  const file = join(workspaceDir, 'secrets.json');
  const known = await readFile(file, 'utf8').then(
    (text) => parsed(text),
    () => null,
  );
  if (known !== null) {
    await chmod(file, 0o600);
    return known;
  }
  const secrets = { loginToken: newSecret(), cookieSecret: newSecret() };
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
  return secrets;
}

/**
 * Proves that its holder can read the owner's files in the workspace: a command beside a workbench that runs. No page
 * and no program elsewhere ever gets it. Null where there is no workspace, or one of somebody else.
 */
export async function readLocalToken(workspaceDir: string): Promise<string | null> {
  const text = await readFile(join(workspaceDir, 'secrets.json'), 'utf8').catch(() => '');
  const secrets = parsed(text);
  return secrets === null ? null : localTokenOf(secrets);
}

export const localTokenOf = ({ cookieSecret }: Pick<Secrets, 'cookieSecret'>): string =>
  createHmac('sha256', cookieSecret).update('a caller on this machine').digest('base64url');

const newSecret = (): string => randomBytes(32).toString('base64url');

function parsed(text: string): Secrets | null {
  try {
    const { loginToken, cookieSecret } = JSON.parse(text) as Secrets;
    return isSecret(loginToken) && isSecret(cookieSecret) ? { loginToken, cookieSecret } : null;
  } catch {
    return null;
  }
}
