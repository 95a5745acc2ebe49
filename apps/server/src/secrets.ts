// The workspace's secrets, in a file that only its owner may read. They outlast restarts, so that an address that was
// bookmarked and a page that was left open go on working.

import { randomBytes } from 'node:crypto';
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

const newSecret = (): string => randomBytes(32).toString('base64url');

function parsed(text: string): Secrets | null {
  try {
    const { loginToken, cookieSecret } = JSON.parse(text) as Secrets;
    return isSecret(loginToken) && isSecret(cookieSecret) ? { loginToken, cookieSecret } : null;
  } catch {
    return null;
  }
}
