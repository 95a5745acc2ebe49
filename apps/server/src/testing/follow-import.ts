// An import through a workbench, and what came of it, to be compared.

import type { Client, Job, Routes } from '@migaki/api';
import { untilSucceeded } from './until-job.ts';

export async function beginImport(
  client: Client<Routes>,
  name: string,
  path: string,
): Promise<{ datasetId: number; job: Job }> {
  return client.startImport({ body: { into: { newDataset: name }, from: { path } } });
}

/** All that a dataset holds. */
export interface Content {
  /** Its COCO file, as text: the order of records and fields counts. */
  coco: string;
  /** Name and SHA-256 of every picture. */
  pictures: string[];
}

export async function contentOf(client: Client<Routes>, datasetId: number): Promise<Content> {
  const { job } = await client.startExport({ body: { datasetId, format: 'coco' } });
  await untilSucceeded(client, job);
  const response = await client.downloadExport({ params: { jobId: job.id } });
  const content: Content = { coco: await response.text(), pictures: [] };
  const params = { datasetId };
  for (let from = 0, total = 1; from < total; ) {
    const page = await client.listImages({ params, query: { sort: 'name', from, limit: 200 } });
    for (const { fileName, sha256 } of page.items) content.pictures.push(`${fileName} ${sha256}`);
    total = page.total;
    from += page.items.length;
  }
  return content;
}
