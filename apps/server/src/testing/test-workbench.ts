// A real workbench for the tests of one file: its own workspace, database, workers and port.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, type Job, type Routes, routes } from '@migaki/api';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../workbench.ts';

export interface TestWorkbench extends Workbench {
  /** Holds the login token. */
  client: Client<Routes>;
  workspaceDir: string;
  /** A folder from which may be imported by path. */
  folder: string;
  clientWith(token: string): Client<Routes>;
  /** Waits for the end of a job, however it ends. */
  finished(job: Job): Promise<Job>;
  /** Imports the sample that comes with the product as the dataset `cells`; its id. */
  importCells(): Promise<number>;
}

export async function testWorkbench(
  options: Partial<WorkbenchOptions> = {},
): Promise<TestWorkbench> {
  const root = mkdtempSync(join(tmpdir(), 'migaki-server-'));
  const folder = mkdtempSync(join(tmpdir(), 'migaki-files-'));
  fillWorkspace(root);
  const workbench = await startWorkbench({
    workspaceDir: root,
    allowedFolders: [folder],
    ...options,
  });
  after(async () => {
    await workbench.stop();
    rmSync(root, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });
  const clientWith = (token: string) => createClient(routes, { baseUrl: workbench.address, token });
  const client = clientWith(workbench.loginToken);
  const finished = async ({ id }: Job) => {
    for (;;) {
      const job = await client.getJob({ params: { jobId: id } });
      if (job.state !== 'queued' && job.state !== 'running') return job;
      await sleep(20);
    }
  };
  return {
    ...workbench,
    client,
    workspaceDir: root,
    folder,
    clientWith,
    finished,
    async importCells() {
      const { datasetId, job } = await client.startImport({
        body: { into: { newDataset: 'cells' }, from: { sample: 'cells' } },
      });
      const { state, error } = await finished(job);
      if (state !== 'succeeded') throw new Error(`The sample did not come: ${error?.message}`);
      return datasetId;
    },
  };
}

/**
 * Gives a new workspace an empty database that was made before, where there is one: it takes no second then. Tests of many
 * files name it, see `scripts/check.ts`.
 */
export function fillWorkspace(workspaceDir: string): void {
  const { MIGAKI_TEST_DATABASE } = process.env;
  if (MIGAKI_TEST_DATABASE !== undefined) {
    // Node's own copy would give the database to another owner.
    spawnSync('cp', ['-a', MIGAKI_TEST_DATABASE, workspaceDir]);
  }
}
