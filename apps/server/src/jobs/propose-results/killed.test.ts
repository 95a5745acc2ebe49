// Everything is killed while results are written, as by a power failure; the next start brings the job to its exact end.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@migaki/api';
import { type KillableWorkbench, spawnWorkbench } from '../../testing/killable-workbench.ts';
import { fillWorkspace } from '../../testing/test-workbench.ts';

const imageCount = 3_000;
const resultsPerImage = 2;
const ids = Array.from({ length: imageCount }, (_, i) => i + 1);

test('killed in the middle and started again, a file of results is taken exactly once', {
  skip: process.platform !== 'linux' && 'knows how to find all processes on Linux alone',
}, async (t) => {
  const workspaceDir = mkdtempSync(join(tmpdir(), 'migaki-killed-'));
  const folder = mkdtempSync(join(tmpdir(), 'migaki-results-'));
  fillWorkspace(workspaceDir);
  let workbench = await spawnWorkbench(workspaceDir, folder);
  t.after(async () => {
    await workbench.killEverything();
    for (const each of [workspaceDir, folder]) rmSync(each, { recursive: true, force: true });
  });
  const images = ids.map((id) => ({ id, file_name: `${id}.jpg`, width: 64, height: 64 }));
  const categories = [{ id: 1, name: 'cell' }];
  writeFileSync(
    join(folder, 'labels.json'),
    JSON.stringify({ images, annotations: [], categories }),
  );
  // The results of a picture stand apart, as in files that are sorted by class or score.
  const results = Array.from({ length: resultsPerImage }, (_, nth) =>
    ids.map((id) => ({ image_id: id, category_id: 1, bbox: [nth * 30, 5, 20, 20], score: 0.9 })),
  ).flat();
  writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
  const { datasetId, job: importing } = await workbench.client.startImport({
    body: { into: { newDataset: 'cells' }, from: { path: join(folder, 'labels.json') } },
  });
  await until(workbench, importing, ({ state }) => state === 'succeeded');

  const { job } = await workbench.client.startResultsPreannotation({
    params: { datasetId },
    body: { from: { path: join(folder, 'results.json') }, source: 'yolo' },
  });
  await until(workbench, job, ({ state, unit, done }) => {
    return state === 'succeeded' || (unit === 'images' && done > 0);
  });
  await workbench.killEverything();
  workbench = await spawnWorkbench(workspaceDir, folder);
  const { result } = await until(workbench, job, ({ state }) => state === 'succeeded');
  const expected = imageCount * resultsPerImage;
  assert.deepEqual(
    [(result as Record<string, number>).proposals, (result as Record<string, number>).problemCount],
    [expected, 0],
  );
  const { client } = workbench;
  const params = { datasetId };
  assert.equal((await client.getDataset({ params })).annotationCount, expected);
  const query = { q: `count=${resultsPerImage}` };
  assert.equal((await client.listImages({ params, query })).total, imageCount);
});

async function until(
  { client }: KillableWorkbench,
  { id }: Job,
  isReached: (job: Job) => boolean,
): Promise<Job> {
  for (;;) {
    const job = await client.getJob({ params: { jobId: id } });
    assert.ok(job.state !== 'failed', job.error?.message);
    if (isReached(job)) return job;
    await sleep(10);
  }
}
