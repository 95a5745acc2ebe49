import type { JobContext } from '@migaki/store';
import {
  type MeasureOptions,
  type MeasureReport,
  type MeasureServices,
  measure,
} from './measure.ts';

/** The job that measures a model. */
export const runEvaluate = (
  services: MeasureServices,
  job: JobContext<MeasureOptions>,
): Promise<MeasureReport> => measure(services, job, job.params, job.id);
