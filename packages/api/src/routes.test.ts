import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { ApiError } from './api-error.ts';
import { type Client, createClient } from './client.ts';
import { openApiDocument } from './openapi.ts';
import { type Routes, routeGroups, routes } from './routes.ts';

test('no two routes answer the same call', () => {
  const calls = Object.values(routes).map(
    ({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`,
  );
  assert.deepEqual(calls.toSorted(), [...new Set(calls)].toSorted());
});

test('a route has a schema for just the parameters of its path', () => {
  for (const [name, route] of Object.entries(routes)) {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
    const inSchema = 'params' in route ? Object.keys(route.params.shape) : [];
    assert.deepEqual(inSchema.toSorted(), inPath.toSorted(), name);
  }
});

test('what changes something is no GET, and a GET has no body', () => {
  for (const [name, route] of Object.entries(routes)) {
    if (route.method === 'GET') assert.ok(!('body' in route), name);
  }
});

test('the OpenAPI document names every route with its permission and no dangling reference', () => {
  const document = openApiDocument(routeGroups, { title: 'Migaki', version: '1' });
  const text = JSON.stringify(document);
  for (const name of Object.keys(routes)) assert.ok(text.includes(`"operationId":"${name}"`), name);
  const { paths, components } = document as {
    components: { schemas: Record<string, unknown> };
    paths: Record<string, Record<string, { parameters: { name: string; required: boolean }[] }>>;
  };
  const targets = new Set([...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, target]) => target));
  const there = Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`);
  assert.deepEqual([...targets].sort(), there.sort());
  const listed = paths['/api/datasets/{datasetId}/objects'].get.parameters;
  assert.deepEqual(
    listed.map(({ name, required }) => `${name}${required ? '' : '?'}`),
    ['datasetId', 'q?', 'sort?', 'from?', 'limit?'],
  );
});

async function serve(t: TestContext, listener: RequestListener): Promise<Client<Routes>> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return createClient(routes, { baseUrl: `http://127.0.0.1:${port}`, token: 'secret' });
}

test('the client fills the path, the query and the body, and sends its token', async (t) => {
  const seen: string[] = [];
  const client = await serve(t, (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const answer = { revision: 1, total: 0, items: [] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const page = await client.listImages({
    params: { datasetId: 7 },
    query: { q: 'category:赤 "a b"', limit: 5 },
  });
  assert.equal(page.total, 0);
  const q = new URLSearchParams({ q: 'category:赤 "a b"' });
  assert.deepEqual(seen, [`GET /api/datasets/7/images?${q}&limit=5 Bearer secret`]);
});

test('the client throws the server’s own words', async (t) => {
  const error = {
    code: 'dataset-not-found',
    message: 'expected a dataset, found none',
    advice: 'Look at the list.',
  };
  const client = await serve(t, (_, response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
  await assert.rejects(client.getDataset({ params: { datasetId: 1 } }), (thrown) => {
    assert.ok(thrown instanceof ApiError);
    assert.deepEqual(thrown.details, error);
    return thrown.status === 404;
  });
});

test('the client says so when what answers is no workbench, or nothing does', async (t) => {
  const client = await serve(t, (_, response) =>
    response.writeHead(502).end('<h1>Bad gateway</h1>'),
  );
  await assert.rejects(
    client.listDatasets({ query: {} }),
    /expected an answer of the workbench, found HTTP 502/,
  );
  const nobody = createClient(routes, { baseUrl: 'http://127.0.0.1:1' });
  await assert.rejects(nobody.listDatasets({ query: {} }), /Is the workbench running\?/);
});

test('an answer of another form than agreed is refused', async (t) => {
  const client = await serve(t, (_, response) => response.end('{"datasets":[{"id":"x"}]}'));
  await assert.rejects(client.listDatasets({ query: {} }), /invalid/i);
});
