// Every kind of job, and what does it.

import type { Jobs } from '@migaki/store';
import sharp from 'sharp';
import { type ExportParams, runExport } from './export/export-job.ts';
import { type ImportParams, type ImportServices, runImport } from './import/import-job.ts';

export function registerJobs(jobs: Jobs, services: ImportServices): void {
  // Pictures are worked on side by side, so each needs one thread; and none is met again soon.
  sharp.concurrency(1);
  sharp.cache(false);
  jobs.registerHandler<ImportParams>('import', (job) => runImport(services, job));
  jobs.registerHandler<ExportParams>('export', (job) => runExport(services, job), {
    concurrency: 2,
  });
}
