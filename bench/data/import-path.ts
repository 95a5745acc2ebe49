import type { Client, Routes } from '../../packages/api/src/index.ts';

/** Pages are told by events; to ask more often costs the two cores what no import does. */
const pollMillis = 100;

/** Imports a path as a person does, and waits for the end. @returns the dataset */
export async function importPath(
  client: Client<Routes>,
  into: { datasetId: number } | { newDataset: string },
  path: string,
): Promise<number> {
  const { datasetId, job } = await client.startImport({ body: { into, from: { path } } });
  for (;;) {
    const { state, error } = await client.getJob({ params: { jobId: job.id } });
    if (state === 'succeeded') return datasetId;
    if (state === 'failed' || state === 'cancelled') throw new Error(error?.message ?? state);
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
  }
}
