import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, routes } from '@migaki/api';
import { StoreError } from '@migaki/store';
import sharp from 'sharp';
import { beginImport, contentOf } from './testing/follow-import.ts';
import { spawnWorkbench } from './testing/killable-workbench.ts';
import { untilSucceeded } from './testing/until-job.ts';
import { startWorkbench } from './workbench.ts';

const root = mkdtempSync(join(tmpdir(), 'migaki-workbench-'));
after(() => rmSync(root, { recursive: true, force: true }));
const pictures = join(root, 'pictures');
const workspaceDir = join(root, 'workspace');
const pictureCount = 150;

const dataset = {
  images: Array.from({ length: pictureCount }, (_, index) => ({
    id: index + 1,
    file_name: `${index}.jpg`,
    width: 640,
    height: 480,
  })),
  annotations: Array.from({ length: pictureCount * 20 }, (_, index) => ({
    id: index + 1,
    image_id: (index % pictureCount) + 1,
    category_id: 1,
    bbox: [index % 600, 2.5, 3, 4],
    area: 12,
    iscrowd: 0,
  })),
  categories: [{ id: 1, name: 'cell' }],
};

/** mulberry32: a test that fails can be run again with the same kills. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('when everything is killed at any point of an import, the next start brings it to its exact end', {
  skip: process.platform !== 'linux' && 'knows how to find all processes on Linux alone',
}, async (t) => {
  const seed = Number(process.env.MIGAKI_SEED ?? Math.floor(Math.random() * 2 ** 31));
  t.diagnostic(`MIGAKI_SEED=${seed} makes the same kills again`);
  const random = randomOf(seed);
  mkdirSync(join(pictures, 'images'), { recursive: true });
  for (const { file_name, id } of dataset.images) {
    const background = { r: id % 256, g: (id * 7) % 256, b: 99 };
    const picture = sharp({ create: { width: 640, height: 480, channels: 3, background } });
    await picture.jpeg().toFile(join(pictures, 'images', file_name));
  }
  writeFileSync(join(pictures, 'labels.json'), JSON.stringify(dataset));

  let workbench = await spawnWorkbench(workspaceDir, pictures);
  t.after(() => workbench.killEverything());
  const { loginToken } = workbench;
  const started = performance.now();
  const whole = await beginImport(workbench.client, 'undisturbed', pictures);
  await untilSucceeded(workbench.client, whole.job);
  const millis = performance.now() - started;
  const content = await contentOf(workbench.client, whole.datasetId);
  assert.deepEqual(JSON.parse(content.coco), dataset);
  assert.ok(content.pictures.every((picture) => /^\d+\.jpg [0-9a-f]{64}$/.test(picture)));

  const killed = await beginImport(workbench.client, 'killed', pictures);
  for (let kills = 0; kills < 4; kills++) {
    await sleep(random() * millis * 0.6);
    // Of the server alone, the others go by themselves; what is left of them is the next start's to end.
    await (kills % 2 === 0 ? workbench.killEverything() : workbench.kill());
    workbench = await spawnWorkbench(workspaceDir, pictures);
    assert.equal(workbench.loginToken, loginToken, 'pages stay logged in');
  }
  await untilSucceeded(workbench.client, killed.job);
  assert.deepEqual(await contentOf(workbench.client, killed.datasetId), content);
  await workbench.killEverything();

  const last = await startWorkbench({ workspaceDir, allowedFolders: [pictures] });
  const client = createClient(routes, { baseUrl: last.address, token: last.loginToken });
  assert.deepEqual(await contentOf(client, killed.datasetId), content);
  await last.stop();
  await last.stop();
});

test('secrets are for the owner alone, and the workspace is for one workbench at a time', async () => {
  const workbench = await startWorkbench({ workspaceDir, workerCount: 0 });
  const secrets = join(workspaceDir, 'secrets.json');
  assert.equal(statSync(secrets).mode & 0o777, 0o600);
  assert.ok(readFileSync(secrets, 'utf8').includes(workbench.loginToken));
  await assert.rejects(
    startWorkbench({ workspaceDir, workerCount: 0 }),
    (error: unknown) => error instanceof StoreError && error.code === 'workspace-in-use',
  );
  const { port } = new URL(workbench.address);
  const other = join(root, 'other');
  await assert.rejects(
    startWorkbench({ workspaceDir: other, workerCount: 0, port: Number(port) }),
    { code: 'EADDRINUSE' },
  );
  assert.ok(!existsSync(join(other, 'workbench.json')), 'what was begun is stopped');
  await workbench.stop();
});
