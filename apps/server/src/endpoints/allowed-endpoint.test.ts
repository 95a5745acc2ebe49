import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedEndpoint, loopbackHosts } from './allowed-endpoint.ts';

const annotator = { user: 'ada', permissions: ['annotate'] as const };
const hrefOf = (text: string, allowed: readonly string[] = loopbackHosts) =>
  allowedEndpoint(text, annotator, allowed).href;

const allowed: [text: string, entries?: string[]][] = [
  ['http://127.0.0.1:8000/predict'],
  ['http://localhost/predict'],
  ['http://[::1]:9/'],
  ['http://triton:8000/v2/models/cells', ['triton']],
  ['http://Triton:8000/v2/models/cells', ['triton:8000']],
  ['https://models.example.org/x', ['https://models.example.org']],
];
for (const [text, entries] of allowed) {
  test(`${text} may be called`, () => assert.equal(hrefOf(text, entries), new URL(text).href));
}

const refused: [text: string, entries: string[] | undefined, error: RegExp][] = [
  ['http://169.254.169.254/latest/meta-data', undefined, /on 127\.0\.0\.1.*--allow-endpoint/s],
  ['http://localhost.example.org/', undefined, /another one/],
  ['http://127.0.0.1@example.org/', undefined, /without a name and password/],
  ['http://0.0.0.0/', undefined, /another one/],
  ['file:///etc/passwd', undefined, /http:\/\//],
  ['not an address', undefined, /http:\/\//],
  ['http://triton:8001/', ['triton:8000'], /another one/],
  ['http://models.example.org/', ['https://models.example.org'], /another one/],
  ['https://models.example.org:8443/', ['https://models.example.org'], /another one/],
  ['http://localhost:8000/', [], /told none/],
];
for (const [text, entries, error] of refused) {
  test(`${text} may not be called where ${entries ?? 'this machine'} may`, () => {
    assert.throws(() => hrefOf(text, entries), error);
  });
}

test('another spelling of this machine is this machine', () => {
  assert.equal(hrefOf('http://0x7f000001:80/'), 'http://127.0.0.1/');
});

test('the owner on this machine may name any address', () => {
  const owner = { ...annotator, isLocal: true };
  assert.equal(allowedEndpoint('http://10.0.0.7/x', owner, []).hostname, '10.0.0.7');
});
