// The example of docs/endpoints.md does what the page says.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import sharp from 'sharp';
import { root } from './sources.ts';

test('the example of an endpoint answers with COCO results, and with a reason where it cannot', async (t) => {
  const script = join(root, 'docs/examples/endpoint.mjs');
  const child = spawn(process.execPath, [script, '0', 'cell'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill());
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const paper = { width: 64, height: 48, channels: 3, background: 'white' } as const;
  const cell = { width: 12, height: 8, channels: 3, background: 'red' } as const;
  const picture = await sharp({ create: paper })
    .composite([{ input: await sharp({ create: cell }).png().toBuffer(), left: 20, top: 10 }])
    .png()
    .toBuffer();
  const post = (body: Uint8Array<ArrayBuffer>) => fetch(url, { method: 'POST', body });
  assert.deepEqual(await (await post(new Uint8Array(picture))).json(), {
    categories: [{ id: 1, name: 'cell' }],
    annotations: [{ category_id: 1, bbox: [20, 10, 12, 8], score: 0.9 }],
  });
  const refused = await post(new Uint8Array([1, 2, 3]));
  assert.equal(refused.status, 422);
  assert.match(((await refused.json()) as { error: string }).error, /unsupported|image/i);
});
