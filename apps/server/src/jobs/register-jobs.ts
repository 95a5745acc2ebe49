// Every kind of job, and what does it.

import type { Jobs } from '@migaki/store';
import sharp from 'sharp';
import { trainFaultOf } from '../runs/train-fault.ts';
import { type BackupParams, runBackup } from './backup/backup-job.ts';
import { type RestoreParams, runRestore } from './backup/restore-job.ts';
import type { EmbedParams } from './embed/embed-job.ts';
import type { MeasureOptions } from './evaluate/measure.ts';
import { type ExportParams, runExport } from './export/export-job.ts';
import type { FindMistakesParams } from './find-mistakes/find-mistakes-job.ts';
import { type ImportParams, type ImportServices, runImport } from './import/import-job.ts';
import type { NextToLabelParams } from './next-to-label/next-to-label-job.ts';
import type { PreannotateParams } from './preannotate/preannotate-job.ts';
import {
  type ProposeEndpointParams,
  runProposeEndpoint,
} from './propose-endpoint/propose-endpoint-job.ts';
import {
  type ProposeResultsParams,
  runProposeResults,
} from './propose-results/propose-results-job.ts';
import type { RetrainParams } from './retrain/retrain-job.ts';
import type { TrainParams } from './train/train-job.ts';
import { runTransfer, type TransferParams } from './transfer/transfer-job.ts';

/** @param trains whether this process is the one whose models compute: two at once would only be in each other's way */
export function registerJobs(jobs: Jobs, services: ImportServices, trains: boolean): void {
  // Pictures are worked on side by side, so each needs one thread; and none is met again soon.
  sharp.concurrency(1);
  sharp.cache(false);
  jobs.registerHandler<ImportParams>('import', (job) => runImport(services, job), {
    takesBack: true,
  });
  jobs.registerHandler<TransferParams>('transfer', (job) => runTransfer(services, job), {
    takesBack: true,
  });
  jobs.registerHandler<ExportParams>('export', (job) => runExport(services, job), {
    concurrency: 2,
  });
  jobs.registerHandler<ProposeResultsParams>('propose-results', (job) =>
    runProposeResults(services, job),
  );
  jobs.registerHandler<ProposeEndpointParams>('propose-endpoint', (job) =>
    runProposeEndpoint(services, job),
  );
  const once = { triesAgain: false };
  jobs.registerHandler<BackupParams>('backup', (job) => runBackup(services, job), once);
  jobs.registerHandler<RestoreParams>('restore', (job) => runRestore(services, job), once);
  if (!trains) return;
  jobs.registerHandler<TrainParams>(
    'train',
    async (job) => {
      // Loaded with the first training: it brings the runtime with it.
      const { runTrain } = await import('./train/train-job.ts');
      return runTrain(services, job);
    },
    { faultOf: trainFaultOf },
  );
  jobs.registerHandler<PreannotateParams>(
    'preannotate',
    async (job) => {
      const { runPreannotate } = await import('./preannotate/preannotate-job.ts');
      return runPreannotate(services, job);
    },
    { faultOf: trainFaultOf },
  );
  jobs.registerHandler<FindMistakesParams>(
    'find-mistakes',
    async (job) => {
      const { runFindMistakes } = await import('./find-mistakes/find-mistakes-job.ts');
      return runFindMistakes(services, job);
    },
    { faultOf: trainFaultOf },
  );
  jobs.registerHandler<EmbedParams>(
    'embed',
    async (job) => {
      const { runEmbed } = await import('./embed/embed-job.ts');
      return runEmbed(services, job);
    },
    { faultOf: trainFaultOf },
  );
  jobs.registerHandler<NextToLabelParams>(
    'next-to-label',
    async (job) => {
      const { runNextToLabel } = await import('./next-to-label/next-to-label-job.ts');
      return runNextToLabel(services, job);
    },
    { faultOf: trainFaultOf },
  );
  jobs.registerHandler<RetrainParams>(
    'retrain',
    async (job) => {
      const { runRetrain } = await import('./retrain/retrain-job.ts');
      return runRetrain({ ...services, jobs }, job);
    },
    { faultOf: trainFaultOf },
  );
  jobs.registerHandler<MeasureOptions>(
    'evaluate',
    async (job) => {
      const { runEvaluate } = await import('./evaluate/evaluate-job.ts');
      return runEvaluate(services, job);
    },
    { faultOf: trainFaultOf },
  );
}
