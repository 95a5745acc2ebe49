// Tokens with which programs call the API. Only their hashes are kept.

import type { Migration } from '../migration.ts';

export const apiTokens: Migration = {
  name: '0003-api-tokens',
  sql: `
create table api_token (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  -- SHA-256 of the secret, which has 256 random bits and so needs no salt.
  secret_hash bytea not null unique,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
`,
};
