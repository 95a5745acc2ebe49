// Everything is killed while an endpoint is asked, as by a power failure; the next start brings the job to its exact end.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { answeringServer } from '../../testing/answering-server.ts';
import { spawnWorkbench } from '../../testing/killable-workbench.ts';
import { fillWorkspace } from '../../testing/test-workbench.ts';
import { untilJob } from '../../testing/until-job.ts';

const imageCount = 240;
/** So many are answered before everything is killed; those after them wait. */
const answeredBefore = 150;
const atOnce = 4;
/** What may have been answered and not been written: what is written at once, and what waits for its turn. */
const mostAskedAgain = 32 + 4 * atOnce;

test('killed in the middle and started again, every picture is proposed for, and few are asked twice', {
  skip: process.platform !== 'linux' && 'knows how to find all processes on Linux alone',
}, async (t) => {
  const workspaceDir = mkdtempSync(join(tmpdir(), 'migaki-killed-'));
  const folder = mkdtempSync(join(tmpdir(), 'migaki-endpoint-'));
  fillWorkspace(workspaceDir);
  let workbench = await spawnWorkbench(workspaceDir, folder);
  t.after(async () => {
    await workbench.killEverything();
    for (const each of [workspaceDir, folder]) rmSync(each, { recursive: true, force: true });
  });
  for (let i = 0; i < imageCount; i++) {
    // Each another picture, or one would be known by the other's bytes.
    const background = { r: i % 256, g: i >> 8, b: 0 };
    const picture = sharp({ create: { width: 32, height: 32, channels: 3, background } });
    writeFileSync(join(folder, `${i}.png`), await picture.png({ compressionLevel: 0 }).toBuffer());
  }
  const { datasetId, job: importing } = await workbench.client.startImport({
    body: { into: { newDataset: 'cells' }, from: { path: folder } },
  });
  await untilJob(workbench.client, importing, ({ state }) => state === 'succeeded');
  const params = { datasetId };
  await workbench.client.addCategory({ params, body: { name: 'cell' } });
  const killed = Promise.withResolvers<void>();
  const server = await answeringServer(async ({ fileName }) => {
    if (server.asked.length > answeredBefore) await killed.promise;
    // A box of its own for each picture.
    const bbox = [1, 2, 1 + (Number.parseInt(fileName, 10) % 16), 9];
    const annotations = [{ category_id: 1, bbox, score: 0.9 }];
    return [200, { annotations, categories: [{ id: 1, name: 'cell' }] }];
  });

  const { job } = await workbench.client.startEndpointPreannotation({
    params,
    body: { url: server.origin, atOnce },
  });
  await untilJob(workbench.client, job, ({ unit, done }) => unit === 'images' && done > 64);
  await workbench.killEverything();
  killed.resolve();
  workbench = await spawnWorkbench(workspaceDir, folder);
  const { result } = await untilJob(workbench.client, job, ({ state }) => state === 'succeeded');
  const { picturesSeen, proposals, problemCount } = result as Record<string, number>;
  assert.deepEqual([picturesSeen, proposals, problemCount], [imageCount, imageCount, 0]);
  const { client } = workbench;
  assert.equal((await client.getDataset({ params })).annotationCount, imageCount);
  assert.equal((await client.listImages({ params, query: { q: 'count=1' } })).total, imageCount);
  const times = Map.groupBy(server.asked, ({ fileName }) => fileName);
  assert.equal(times.size, imageCount);
  assert.ok(server.asked.length <= imageCount + mostAskedAgain, `${server.asked.length} asked`);
});
