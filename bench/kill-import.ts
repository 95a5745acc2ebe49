// Ten imports, each killed once with everything that belongs to the workbench at a random point of it: what the next
// start makes of each must be, to the last character, what an undisturbed import made.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beginImport, contentOf } from '../apps/server/src/testing/follow-import.ts';
import { spawnWorkbench } from '../apps/server/src/testing/killable-workbench.ts';
import { untilSucceeded } from '../apps/server/src/testing/until-job.ts';
import { inEnglish } from '../packages/coco/src/index.ts';
import { jpegFolder } from './data/jpeg-folder.ts';
import { randomOf } from './data/random.ts';
import { syntheticInstancesFile } from './data/write-synthetic-coco.ts';
import type { Bench, BenchContext, Figure } from './harness/bench.ts';
import { median, secondsOf } from './harness/measure.ts';

const usualImages = 5_000;
const pictureCount = 1_000;
const kills = 10;

export const killImport: Bench = {
  name: 'kill-import',
  title: 'kill -9 of server, workers and database at ten random points of an import',
  long: true,
  run: killFigures,
};

async function* killFigures({ options, note }: BenchContext): AsyncIterable<Figure> {
  const { seed, images = usualImages } = options;
  const folder = mkdtempSync(join(tmpdir(), 'migaki-kill-'));
  const source = join(folder, 'source');
  cpSync(await jpegFolder(pictureCount, seed), join(source, 'pictures'), { recursive: true });
  cpSync(await syntheticInstancesFile({ images, seed }), join(source, 'labels.json'));
  const workspaceDir = join(folder, 'workspace');
  let workbench = await spawnWorkbench(workspaceDir, source);
  try {
    const whole = await beginImport(workbench.client, 'undisturbed', source);
    const wholeSeconds = await secondsOf(() => untilSucceeded(workbench.client, whole.job));
    const wanted = await contentOf(workbench.client, whole.datasetId);
    note(`an undisturbed import takes ${wholeSeconds.toFixed(1)} s`);
    const random = randomOf(seed, kills);
    const startSeconds: number[] = [];
    let exact = 0;
    for (let attempt = 1; startSeconds.length < kills; attempt++) {
      const { datasetId, job } = await beginImport(workbench.client, `killed ${attempt}`, source);
      const after = random.uniform() * wholeSeconds;
      await new Promise((resolve) => setTimeout(resolve, after * 1000));
      const params = { jobId: job.id };
      const { state, message, done, unit } = await workbench.client.getJob({ params });
      if (state === 'succeeded') continue; // quicker than the first, so not killed in it
      note(`killed after ${after.toFixed(1)} s: ${inEnglish(message)} (${done} ${unit})`);
      await workbench.killEverything();
      startSeconds.push(
        await secondsOf(async () => {
          workbench = await spawnWorkbench(workspaceDir, source);
        }),
      );
      await untilSucceeded(workbench.client, job);
      if (!isDeepStrictEqual(await contentOf(workbench.client, datasetId), wanted)) {
        throw new Error(`The import killed after ${after} s is not what it should be.`);
      }
      exact++;
    }
    yield {
      figure: 'killed imports that end complete and exact',
      value: exact,
      unit: `of ${kills}`,
      better: 'higher',
      target: { valueAtLeast: kills },
    };
    yield {
      figure: 'start after a kill of everything',
      value: median(startSeconds),
      unit: 's',
      better: 'lower',
    };
  } finally {
    await workbench.killEverything();
    rmSync(folder, { recursive: true, force: true });
  }
}
