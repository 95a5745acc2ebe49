import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testStore } from '../testing/test-store.ts';
import { createApiToken, deleteApiToken, findApiToken, listApiTokens } from './api-token.ts';

test('a token is found by its secret until it is withdrawn, and its secret is kept nowhere', async () => {
  const store = await testStore();
  const { secret, ...token } = await createApiToken(store, {
    name: 'trainer',
    permissions: ['read'],
  });
  assert.equal(token.lastUsedAt, null);

  const found = await findApiToken(store, secret);
  assert.equal(found?.id, token.id);
  assert.deepEqual(found?.permissions, ['read']);
  assert.equal(await findApiToken(store, `${secret}x`), null);

  const [listed] = await listApiTokens(store);
  assert.ok(listed.lastUsedAt instanceof Date);
  const { rows } = await store.pool.query('select api_token::text as text from api_token');
  assert.ok(!rows[0].text.includes(secret));

  await deleteApiToken(store, token.id);
  assert.equal(await findApiToken(store, secret), null);
  await assert.rejects(deleteApiToken(store, token.id), { code: 'api-token-not-found' });
});
