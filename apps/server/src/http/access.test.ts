import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { test } from 'node:test';
import { type Permission, permissions, type Route, type RouteName, routes } from '@migaki/api';
import { testWorkbench } from '../testing/test-workbench.ts';

const workbench = await testWorkbench({ workerCount: 0 });
const { address, loginToken, client } = workbench;
const { port } = new URL(address);

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A call with just these headers: `fetch` would not let a test choose its Host. */
function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const codeOf = ({ body }: Answer): string => JSON.parse(body).error.code;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const json = { 'content-type': 'application/json' };
const pathOf = ({ path }: Route) =>
  path
    .replace(/:(jobId|uploadId|tokenId)/g, '00000000-0000-4000-8000-000000000000')
    .replace(':sha256', '0'.repeat(64))
    .replace(/:\w+/g, '999999');
const allRoutes = Object.entries(routes) as [RouteName, Route][];

test('every route that is not public refuses a caller without a token', async () => {
  for (const [name, route] of allRoutes) {
    const answer = await call(route.method, pathOf(route), json, route.body ? '{}' : undefined);
    if (route.permission === 'public') assert.notEqual(answer.status, 401, name);
    else assert.equal(codeOf(answer), 'not-logged-in', name);
  }
  assert.equal((await call('GET', '/api/datasets', bearer('wrong'))).status, 401);
  const upload = '/api/uploads/00000000-0000-4000-8000-000000000000/files';
  assert.equal((await call('POST', upload, { 'tus-resumable': '1.0.0' })).status, 401);
});

test('every route refuses a token that lacks its permission, and no other', async () => {
  const secretOf = new Map<Permission, string>();
  for (const permission of permissions) {
    const body = { name: permission, permissions: [permission] };
    secretOf.set(permission, (await client.createToken({ body })).secret);
  }
  for (const [name, route] of allRoutes) {
    if (route.permission === 'public' || name === 'watchEvents') continue;
    for (const permission of permissions) {
      const headers = { ...json, ...bearer(secretOf.get(permission)!) };
      const body = route.body ? '{}' : undefined;
      const answer = await call(route.method, pathOf(route), headers, body);
      const isRefused = answer.status === 403 && codeOf(answer) === 'not-allowed';
      assert.equal(isRefused, permission !== route.permission, `${name} with ${permission}`);
    }
  }
});

test('a token that was withdrawn is worth nothing', async () => {
  const { id, secret } = await client.createToken({ body: { name: 'x', permissions: ['read'] } });
  assert.equal((await call('GET', '/api/datasets', bearer(secret))).status, 200);
  await client.deleteToken({ params: { tokenId: id } });
  assert.equal((await call('GET', '/api/datasets', bearer(secret))).status, 401);
});

test('a browser exchanges the login token for a cookie that scripts and other sites do not get', async () => {
  const wrong = await call('POST', '/api/session', json, JSON.stringify({ token: 'wrong' }));
  assert.equal(codeOf(wrong), 'not-logged-in');
  const answer = await call('POST', '/api/session', json, JSON.stringify({ token: loginToken }));
  const [cookie] = answer.headers['set-cookie'] as string[];
  assert.match(cookie, /; HttpOnly/);
  assert.match(cookie, /; SameSite=Strict/);
  const [pair] = cookie.split(';');
  assert.equal((await call('GET', '/api/session', { cookie: pair })).status, 200);
  const forged = pair.replace(/=\d+/, '=99999999999');
  assert.equal((await call('GET', '/api/session', { cookie: forged })).status, 401);

  const body = JSON.stringify({ name: 'from elsewhere' });
  const elsewhere: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `http://localhost.evil.example:${port}` },
  ];
  for (const headers of elsewhere) {
    const refused = await call(
      'POST',
      '/api/datasets',
      { ...json, cookie: pair, ...headers },
      body,
    );
    assert.equal(codeOf(refused), 'cross-site', JSON.stringify(headers));
  }
  const own = { ...json, cookie: pair, 'sec-fetch-site': 'same-origin' };
  assert.equal((await call('POST', '/api/datasets', own, body)).status, 200);
});

test('a name that was pointed at this machine is refused, whatever the call', async () => {
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example']) {
    const headers = { ...bearer(loginToken), host };
    const answer = await call('GET', '/api/datasets', headers);
    assert.equal(codeOf(answer), 'cross-site', host);
  }
  const local = { ...bearer(loginToken), host: `localhost:${port}` };
  assert.equal((await call('GET', '/api/datasets', local)).status, 200);
});

test('every answer says that nothing of it is to be sniffed, framed or kept', async () => {
  const { headers } = await call('GET', '/api/health');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['access-control-allow-origin'], undefined);
});

test('a body that is too deep, no JSON or of another form is refused in one sentence', async () => {
  const headers = { ...json, ...bearer(loginToken) };
  const bodies: [string, RegExp][] = [
    [`{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /levels/],
    ['{"name":', /JSON/],
    ['{"name":7}', /expected a value of type string, found 7/],
    ['{"name":""}', /body\.name: expected 1 or more characters, found ""/],
  ];
  for (const [body, message] of bodies) {
    const answer = await call('POST', '/api/datasets', headers, body);
    assert.equal(answer.status, 400, body.slice(0, 40));
    assert.match(JSON.parse(answer.body).error.message, message);
  }
  const action = { type: 'setStatus', status: 'done' };
  const key = '00000000-0000-4000-8000-000000000000';
  for (const [bulk, expected] of [
    [{ key, action }, 'a value of type object'],
    [
      { key, action, selection: {} },
      'q: a value of type string, or imageIds: a value of type array',
    ],
    [{ key, action: { type: 'fly' }, selection: { q: '' } }, 'a known type'],
  ] as const) {
    const answer = await call('POST', '/api/datasets/1/bulk', headers, JSON.stringify(bulk));
    assert.equal(answer.status, 400);
    const { message } = JSON.parse(answer.body).error;
    assert.ok(message.includes(`expected ${expected}`), message);
  }
  const unknown = await call('GET', '/api/nothing', headers);
  assert.equal(codeOf(unknown), 'no-such-route');
});

test('what a call says and nobody reads is refused with its name and those that there are', async () => {
  const headers = { ...json, ...bearer(loginToken) };
  const selection = { imageIds: [1], fitler: 'x' };
  const calls: [method: string, path: string, body: object | undefined, message: string][] = [
    [
      'GET',
      '/api/datasets?trahs=only',
      undefined,
      'query: expected one of the parameters trash, found trahs',
    ],
    ['GET', '/api/datasets/1?q=x', undefined, 'query: expected no parameters, found q'],
    [
      'POST',
      '/api/datasets',
      { name: 'refused', descripton: '' },
      'body: expected one of the fields name, description, found descripton',
    ],
    ['POST', '/api/uploads', { name: 'x' }, 'body: expected no fields, found name'],
    ['GET', '/api/jobs/x', undefined, 'path.jobId: expected a value of the format uuid, found "x"'],
    // What PostgreSQL keeps in no text.
    [
      'GET',
      '/api/datasets/1/images?q=name:%00',
      undefined,
      'query.q: expected text without the character U+0000, found "name:\\u0000"',
    ],
    [
      'POST',
      '/api/datasets',
      { name: 'refused', description: 'a\u0000b' },
      'body.description: expected text without the character U+0000',
    ],
    // Within one of several forms, only those of that form.
    [
      'POST',
      '/api/datasets/1/bulk',
      { key: randomUUID(), action: { type: 'setStatus', status: 'done' }, selection },
      'body.selection: expected one of the fields imageIds',
    ],
  ];
  for (const [method, path, body, message] of calls) {
    const answer = await call(method, path, headers, body && JSON.stringify(body));
    assert.equal(answer.status, 400, `${path} ${answer.body}`);
    const { code, message: said } = JSON.parse(answer.body).error;
    assert.equal(code, 'bad-request');
    assert.ok(said.startsWith(message), said);
  }
  const { body } = await call('GET', '/api/datasets', headers);
  assert.doesNotMatch(body, /refused/);
});
