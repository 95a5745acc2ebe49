// Tokens with which programs call the API: made, listed, looked up by their secret, withdrawn.

import { createHash, randomBytes } from 'node:crypto';
import { phrase } from '@migaki/coco';
import type { Store } from '../database/store.ts';
import { StoreError } from '../store-error.ts';

export interface ApiToken {
  id: string;
  name: string;
  permissions: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
}

const columns = `id, name, permissions, created_at as "createdAt", last_used_at as "lastUsedAt"`;
/** Tells a secret of ours from others', in logs and in scanners for leaked secrets. */
const prefix = 'mgk_';

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The secret is answered this once and can never be read again. */
export async function createApiToken(
  store: Store,
  { name, permissions }: { name: string; permissions: readonly string[] },
): Promise<ApiToken & { secret: string }> {
  const secret = prefix + randomBytes(32).toString('base64url');
  const { rows } = await store.pool.query<ApiToken>(
    `insert into api_token (name, secret_hash, permissions) values ($1, $2, $3) returning ${columns}`,
    [name, hashOf(secret), permissions],
  );
  return { ...rows[0], secret };
}

/** By the time of their making. */
export async function listApiTokens(store: Store): Promise<ApiToken[]> {
  const { rows } = await store.pool.query<ApiToken>(
    `select ${columns} from api_token order by created_at`,
  );
  return rows;
}

/** The token of this secret, which counts as a use of it; null where there is none. */
export async function findApiToken(store: Store, secret: string): Promise<ApiToken | null> {
  const { rows } = await store.pool.query<ApiToken>(
    `update api_token set last_used_at = now() where secret_hash = $1 returning ${columns}`,
    [hashOf(secret)],
  );
  return rows[0] ?? null;
}

/** @throws StoreError `api-token-not-found` */
export async function deleteApiToken(store: Store, id: string): Promise<void> {
  const { rowCount } = await store.pool.query('delete from api_token where id = $1', [id]);
  if (rowCount !== 0) return;
  throw new StoreError('api-token-not-found', { expected: phrase`the id of a token`, found: id });
}
