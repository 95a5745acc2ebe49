import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { TrainEvent } from '../loop/events.ts';
import type { TrainSettings } from '../loop/settings.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { openPredictorFile } from '../predict/predictor.ts';
import type { TaskName } from '../tasks/task-plan.ts';
import { drawnRunFolder, quick, runHere } from '../testing/drawn-run.ts';
import { runFiles } from './run-folder.ts';

const losses = (events: TrainEvent[]) =>
  events.flatMap((event) => (event.type === 'step' ? [event.loss] : []));

const answerKinds: Record<TaskName, string> = {
  classify: 'classes',
  regress: 'value',
  embed: 'embedding',
  detect: 'objects',
  segment: 'objects',
  pose: 'objects',
};
const settingsOf: Partial<Record<TaskName, Partial<TrainSettings>>> = {
  regress: { valueField: 'metadata.fullness', epochs: 40 },
};

for (const task of Object.keys(answerKinds) as TaskName[]) {
  test(`a run of ${task} learns, and its model answers in kind`, async (t) => {
    const folder = await drawnRunFolder(t, { task, ...quick, ...settingsOf[task] });
    const { result, events } = await runHere(folder);
    const all = losses(events);
    const mean = (list: number[]) => list.reduce((sum, loss) => sum + loss, 0) / list.length;
    const [first, last] = [mean(all.slice(0, all.length >> 1)), mean(all.slice(all.length >> 1))];
    assert.ok(last < first, `losses ${all.map((loss) => loss.toFixed(3))}`);
    assert.ok(result.scores !== null && Object.values(result.scores.values).every(Number.isFinite));
    const validated = events.filter((event) => event.type === 'validated');
    assert.ok(validated.at(-1)!.samples.length > 0);

    const predictor = await openPredictorFile(result.modelPath, { threads: 1 });
    t.after(() => predictor.close());
    assert.equal(predictor.card.task.task, task);
    const [picture] = JSON.parse(await readFile(runFiles(folder).training, 'utf8')).images;
    const answer = await predictor.predict(await readPicture(picture.path));
    assert.equal(answer.kind, answerKinds[task]);
  });
}
