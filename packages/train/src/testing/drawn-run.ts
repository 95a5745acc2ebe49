// Runs on a few drawn pictures, for tests: small enough to take seconds, large enough to learn something.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type DrawnSet, writeDrawnSet } from '../drawn/drawn-set.ts';
import { drawnFaces } from '../drawn/faces.ts';
import { drawnHulls } from '../drawn/hulls.ts';
import { drawnLeaves } from '../drawn/leaves.ts';
import { drawnSigns } from '../drawn/signs.ts';
import { drawnWalkers } from '../drawn/walkers.ts';
import type { TrainEvent } from '../loop/events.ts';
import type { TrainSettings } from '../loop/settings.ts';
import { type LocatedDataset, writeRunFolder } from '../run/run-folder.ts';
import { type RunResult, runTraining } from '../run/run-training.ts';
import type { TaskName } from '../tasks/task-plan.ts';

/** A set for each task, of so many pictures. */
export const drawnSetFor: { readonly [Name in TaskName]: (count: number) => DrawnSet } = {
  classify: (count) => drawnSigns(count),
  regress: (count) => drawnHulls(count),
  embed: (count) => drawnFaces(count, Math.max(2, count >> 2)),
  detect: (count) => drawnLeaves(count),
  segment: (count) => drawnLeaves(count),
  pose: (count) => drawnWalkers(count),
};

/** A folder that is gone when the test is over. */
export async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migaki-train-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The folder of a run that asks for a training on drawn pictures. */
export async function drawnRunFolder(
  t: TestContext,
  settings: TrainSettings,
  { count = 16, change = (dataset: LocatedDataset) => dataset } = {},
): Promise<string> {
  const folder = await folderFor(t);
  const dataset = await writeDrawnSet(drawnSetFor[settings.task](count), join(folder, 'pictures'));
  const request = { settings, runKey: 'test', origin: { dataset: settings.task } };
  await writeRunFolder(folder, request, change(dataset), null);
  return folder;
}

/** Settings with which a run takes seconds. */
export const quick = { epochs: 12, batch: 4, inputSide: 96, threads: 1, loaders: 1, seed: 3 };

/** A run in this process, with all that it told. */
export async function runHere(
  folder: string,
  signal = new AbortController().signal,
): Promise<{ result: RunResult; events: TrainEvent[] }> {
  const events: TrainEvent[] = [];
  const result = await runTraining(folder, (event) => events.push(event), signal);
  return { result, events };
}
