// Calls against a real server that answers from a table, is slow, breaks off, or is not there.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { inEnglish } from '@migaki/coco';
import { openEndpoint, RequestRefused } from './endpoint.ts';

async function serverOf(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** One answer after the other: a status, or a status with headers and a body. */
type Answer = number | [status: number, headers: Record<string, string>, body?: string];

function answering(answers: readonly Answer[]): { listener: RequestListener; count(): number } {
  let count = 0;
  return {
    count: () => count,
    listener: (_, response) => {
      const answer = answers[Math.min(count++, answers.length - 1)];
      const [status, headers, body = '[]'] = typeof answer === 'number' ? [answer, {}] : answer;
      response.writeHead(status, headers).end(body);
    },
  };
}

const opened = (onTrouble?: (why: string) => void, timeoutMillis = 60_000) =>
  openEndpoint({
    timeoutMillis,
    signal: new AbortController().signal,
    pausesMillis: [1, 1, 1, 1],
    onTrouble: (why) => onTrouble?.(inEnglish(why)),
  });

test('what may pass is tried again, and told', async (t) => {
  const { listener, count } = answering([503, [500, {}, '{"error": "cold"}'], 429, 200]);
  const told: string[] = [];
  const { body } = await opened((why) => told.push(why)).call({ url: await serverOf(t, listener) });
  assert.equal(String(body), '[]');
  assert.equal(count(), 4);
  assert.deepEqual(told, ['HTTP 503', 'HTTP 500 (cold)', 'HTTP 429']);
});

test('what is of one request alone is refused: at once, or after some tries', async (t) => {
  const bad = answering([[422, {}, '{"detail": "not a picture"}']]);
  const refusal = (words: RegExp) => (error: unknown) =>
    error instanceof RequestRefused && words.test(inEnglish(error.words));
  await assert.rejects(
    opened().call({ url: await serverOf(t, bad.listener) }),
    refusal(/HTTP 422 \(not a picture\)/),
  );
  assert.equal(bad.count(), 1);
  const failing = answering([500]);
  await assert.rejects(
    opened().call({ url: await serverOf(t, failing.listener) }),
    refusal(/HTTP 500.*3 times/),
  );
  const overloaded = answering([503]);
  await assert.rejects(
    opened().call({ url: await serverOf(t, overloaded.listener) }),
    refusal(/HTTP 503.*5 times/),
  );
});

const ended: [what: string, answer: Answer, error: RegExp][] = [
  ['a path that is not there', 404, /HTTP 404.*path is right/],
  [
    'a path that is not there, on a workbench',
    [404, {}, '{"error": {"code": "no-such-route", "message": "expected an address"}}'],
    /found HTTP 404 \(expected an address\)\./,
  ],
  [
    'a reason in a list',
    [404, {}, '{"detail": [{"loc": ["body"], "msg": "no such model"}]}'],
    /found HTTP 404 \(no such model\)\./,
  ],
  ['JSON that gives no reason', [404, {}, '{"code": 5, "trace": ["a"]}'], /found HTTP 404\./],
  ['a door that is closed', [401, {}, '<html>Log in</html>'], /HTTP 401\. It wants to know/],
  [
    'a redirect',
    [302, { location: 'http://169.254.169.254/' }],
    /redirect to http:\/\/169.*not followed/,
  ],
];
for (const [what, answer, error] of ended) {
  test(`${what} ends it at the first try`, async (t) => {
    const { listener, count } = answering([answer]);
    await assert.rejects(opened().call({ url: await serverOf(t, listener) }), error);
    assert.equal(count(), 1);
  });
}

test('nobody who listens, a connection that breaks off, and silence are told for what they are', async (t) => {
  const { promise: closed, resolve } = Promise.withResolvers<string>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(`http://127.0.0.1:${port}/`));
  });
  const url = await closed;
  await assert.rejects(opened().call({ url }), /nobody who listens there, 3 times.*runs/s);
  const breaking = await serverOf(t, (request) => request.socket.destroy());
  await assert.rejects(opened().call({ url: breaking }), /broke off, 3 times/);
  const silent = await serverOf(t, () => {});
  await assert.rejects(
    opened(undefined, 20).call({ url: silent }),
    /no answer within 0\.02 seconds, 3 times/,
  );
});

test('an answer larger than an honest one is not read to its end', async (t) => {
  const chunk = Buffer.alloc(1 << 20, ' ');
  const url = await serverOf(t, (_, response) => {
    response.writeHead(200);
    const send = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', send);
    send();
  });
  await assert.rejects(opened().call({ url }), /at most 67,?108,?864 bytes, found more/);
});

test('a request ends with the signal', async (t) => {
  const ending = new AbortController();
  const url = await serverOf(t, () => ending.abort(new Error('cancelled')));
  const endpoint = openEndpoint({ timeoutMillis: 60_000, signal: ending.signal });
  await assert.rejects(endpoint.call({ url }), /cancelled/);
});
