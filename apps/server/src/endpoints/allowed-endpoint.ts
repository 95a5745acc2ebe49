// Addresses that a caller lets the workbench call: only those that it was told of. Otherwise whoever may annotate could reach
// through it whatever it can reach, such as the metadata service of a cloud.

import { phrase } from '@migaki/coco';
import type { Caller } from '../http/access.ts';
import { HttpError } from '../http/http-error.ts';

/** This machine, any port. */
export const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The address of an endpoint that a caller named, as it is called.
 *
 * @param allowed `triton`, `triton:8000` or `https://models.example.org`; whoever works on this machine as the workspace's owner
 *   may name every address, because the owner can call it anyway
 * @throws HttpError `bad-request` for what is no address over HTTP, or is not among them
 */
export function allowedEndpoint(
  text: string,
  { isLocal = false }: Caller,
  allowed: readonly string[],
): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') {
    throw new HttpError('bad-request', {
      where: 'url',
      expected: phrase`an address that begins with http:// or https://, without a name and password`,
      found: JSON.stringify(text.slice(0, 200)),
    });
  }
  if (isLocal || allowed.some((entry) => covers(entry, url))) return url;
  throw new HttpError('bad-request', {
    where: url.origin,
    expected:
      allowed.length === 0
        ? phrase`an address that the workbench may call, of which it was told none`
        : phrase`an address on ${allowed.join(', ')}`,
    found: phrase`another one`,
    advice: phrase`Name it with --allow-endpoint when the workbench starts, or use the command on the machine of the workbench.`,
  });
}

function covers(entry: string, { origin, host, hostname }: URL): boolean {
  if (/^https?:\/\//i.test(entry)) return URL.canParse(entry) && new URL(entry).origin === origin;
  const wanted = entry.toLowerCase();
  return wanted === hostname || wanted === host;
}
