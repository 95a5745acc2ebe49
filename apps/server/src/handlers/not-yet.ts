import { phrase } from '@migaki/coco';
import type { Handlers } from '../http/handlers.ts';
import { HttpError } from '../http/http-error.ts';

const notYet = async () => {
  throw new HttpError('unavailable', { expected: phrase`an answer`, found: 'none yet' });
};

/** Until the parts behind these routes are there. */
export const runAndModelHandlers = {
  startRun: notYet,
  listRuns: notYet,
  getRun: notYet,
  changeRun: notYet,
  deleteRun: notYet,
  cancelRun: notYet,
  resumeRun: notYet,
  getCurves: notYet,
  compareRuns: notYet,
  listSamples: notYet,
  createRun: notYet,
  logMetrics: notYet,
  finishRun: notYet,
  putRunFile: notYet,
  getRunFile: notYet,
  listModels: notYet,
  getModel: notYet,
  findModelVersion: notYet,
  changeModel: notYet,
  deleteModel: notYet,
  importModel: notYet,
  getModelVersion: notYet,
  changeModelVersion: notYet,
  deleteModelVersion: notYet,
  downloadModel: notYet,
  setModelAlias: notYet,
  removeModelAlias: notYet,
  getModelLineage: notYet,
  getDatasetLineage: notYet,
} satisfies Partial<Handlers>;
