// What a model said of some pictures at each validation of its run.

import { encodeJson } from '../database/json-codec.ts';
import { databaseOf, type Store } from '../database/store.ts';
import type { SampleAnswer } from './run-record.ts';

export interface RunSample {
  imageId: number;
  fileName: string;
  predicted: SampleAnswer;
}

/** Keeps the samples of one validation, in the place of those that there are of this step. */
export async function addRunSamples(
  store: Store,
  runId: number,
  { step, epoch }: { step: number; epoch: number },
  samples: readonly RunSample[],
): Promise<void> {
  if (samples.length === 0) return;
  await databaseOf(store)
    .transaction()
    .execute(async (transaction) => {
      await transaction
        .deleteFrom('run_sample')
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .execute();
      await transaction
        .insertInto('run_sample')
        .values(
          samples.map(({ imageId, fileName, predicted }, position) => ({
            run_id: runId,
            step,
            epoch,
            position,
            image_id: imageId,
            file_name: fileName,
            predicted: encodeJson(predicted),
          })),
        )
        .execute();
    });
}

/** The validations that have samples, the first one first. */
export async function sampledSteps(
  store: Store,
  runId: number,
): Promise<{ step: number; epoch: number | null }[]> {
  return databaseOf(store)
    .selectFrom('run_sample')
    .select(['step', 'epoch'])
    .where('run_id', '=', runId)
    .where('position', '=', 0)
    .orderBy('step')
    .execute();
}

export async function runSamples(store: Store, runId: number, step: number): Promise<RunSample[]> {
  const rows = await databaseOf(store)
    .selectFrom('run_sample')
    .select(['image_id', 'file_name', 'predicted'])
    .where('run_id', '=', runId)
    .where('step', '=', step)
    .orderBy('position')
    .execute();
  return rows.map(({ image_id, file_name, predicted }) => ({
    imageId: image_id,
    fileName: file_name,
    predicted,
  }));
}
