import type { Client, DatasetSummary, Routes } from '@migaki/api';
import { CliError } from '../cli-error.ts';

/** The dataset of this name, else of this number; null where there is none. */
export async function findDataset(
  client: Client<Routes>,
  word: string,
): Promise<DatasetSummary | null> {
  const { datasets } = await client.listDatasets({ query: {} });
  return (
    datasets.find(({ name }) => name === word) ??
    datasets.find(({ id }) => String(id) === word) ??
    null
  );
}

/** @throws CliError `input` */
export async function datasetNamed(client: Client<Routes>, word: string): Promise<DatasetSummary> {
  const dataset = await findDataset(client, word);
  if (dataset !== null) return dataset;
  throw new CliError(
    'input',
    `Expected the name or number of a dataset, found “${word}”. See: npx migaki dataset list`,
  );
}

/** The name, or the first of `name 2`, `name 3`, … that no dataset has. */
export async function freeDatasetName(client: Client<Routes>, name: string): Promise<string> {
  const { datasets } = await client.listDatasets({ query: {} });
  const taken = new Set(datasets.map((each) => each.name));
  for (let nth = 1; ; nth++) {
    const free = nth === 1 ? name : `${name} ${nth}`;
    if (!taken.has(free)) return free;
  }
}
