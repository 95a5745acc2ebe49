// Everything is killed while results are written, as by a power failure; the next start brings the job to its exact end.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnWorkbench } from '../../testing/killable-workbench.ts';
import { fillWorkspace } from '../../testing/test-workbench.ts';
import { untilJob } from '../../testing/until-job.ts';

const imageCount = 3_000;
const resultsPerImage = 2;
const ids = Array.from({ length: imageCount }, (_, i) => i + 1);

test('killed in the middle and started again, a file of results is taken exactly once, with the same controls', {
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
  await untilJob(workbench.client, importing, ({ state }) => state === 'succeeded');

  const started = {
    params: { datasetId },
    body: {
      from: { path: join(folder, 'results.json') },
      source: 'yolo',
      controls: 0.1,
      mistakes: 0.1,
    },
  };
  const { job } = await workbench.client.startResultsPreannotation(started);
  await untilJob(workbench.client, job, ({ state, unit, done }) => {
    return state === 'succeeded' || (unit === 'images' && done > 0);
  });
  await workbench.killEverything();
  workbench = await spawnWorkbench(workspaceDir, folder);
  const { result } = await untilJob(workbench.client, job, ({ state }) => state === 'succeeded');
  const { client } = workbench;
  const params = { datasetId };
  const report = result as Record<string, number>;
  const { annotationCount, revision } = await client.getDataset({ params });
  assert.deepEqual([report.proposals, report.problemCount], [annotationCount, 0]);
  const total = async (q: string) => (await client.listImages({ params, query: { q } })).total;
  const [controls, mistakes] = [report.picturesWithoutProposals, report.mistakesSlippedIn];
  assert.ok(controls > 200 && controls < 400 && mistakes > 200 && mistakes < 400);
  assert.deepEqual([await total('control:open'), await total('count=0')], [controls, controls]);
  const others = imageCount - controls - (await total(`count=${resultsPerImage}`));
  assert.ok(others > 0 && others < mistakes, 'but for what was left out or invented');
  const found = await client.getSavings({ params });
  assert.deepEqual([found.controls.count, found.mistakes.count], [controls, mistakes]);
  // Nothing but an exact end leaves nothing to do.
  const again = await client.startResultsPreannotation(started);
  const once = await untilJob(workbench.client, again.job, ({ state }) => state === 'succeeded');
  assert.deepEqual(once.result, { ...report, proposalsWithdrawn: 0 });
  assert.equal((await client.getDataset({ params })).revision, revision);
});
