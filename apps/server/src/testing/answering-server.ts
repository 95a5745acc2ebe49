// A model behind HTTP for tests: a real server that answers as a test says.

import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after } from 'node:test';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Of the picture, where it was sent as a file. */
  fileName: string;
  body: Buffer;
}

/** A status and what is sent with it: bytes and texts as they are, everything else as JSON. */
export type Answer = [status: number, body: unknown, headers?: Record<string, string>];

export interface AnsweringServer {
  /** `http://127.0.0.1:40123` */
  origin: string;
  asked: Asked[];
}

export async function answeringServer(
  answer: (asked: Asked) => Answer | Promise<Answer>,
): Promise<AnsweringServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const [, name = ''] = /UTF-8''(.*)$/.exec(headers['content-disposition'] ?? '') ?? [];
    const fileName = decodeURIComponent(name);
    const one = { method, path: url, headers, fileName, body: await buffer(request) };
    asked.push(one);
    const [status, body, more] = await answer(one);
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    response.writeHead(status, more).end(isRaw ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
